"""Answer or request? While a question is open, a text may answer it or ask for something else. Pure functions.

Losing an answer hurts more than a request said twice: where both are possible, it is the answer.
The numbers were set with tests/nlu/in_question.jsonl (tests/nlu/test_in_question.py keeps them honest).
"""

from __future__ import annotations

import re
from typing import Any

from bot.content.models import Question, QuestionKind
from bot.language import fold, words

NEVER = frozenset({"", "nlu_fallback", "answer", "affirm", "deny"})
STATED = frozenset(
    {"choose_pathway", "want_employment", "want_entrepreneurship", "want_education", "start_life_project"}
)
"""What a person says of herself while she answers; it starts a block only where nothing is being asked."""
SOCIAL = frozenset(
    {"greet", "thank", "chitchat", "out_of_scope", "feedback_positive", "feedback_negative", "bot_challenge"}
)
OF_THE_CONVERSATION = frozenset(
    "ask_why help menu skip_question go_back pause repeat resume dont_know dont_understand opt_out opt_in ask_privacy"
    " ask_my_data delete_my_data ask_cost ask_duration change_language restart goodbye"
    " report_violence report_self_harm report_emergency".split()
)
"""Wishes about the conversation itself. All others are topics, which may just as well be what she answers."""
ASKING = re.compile(
    r"[?¿]|\b(?:necesito|ocupo|me urge|me puedes?|me pueden|podrias?|ayuda|ayudame|ayudenme|dame|dime|digame"
    r"|quiero saber|quiero hablar|quisiera|busco|conoces|sabes|tienen|habra|donde|a donde|como le hago"
    r"|que hago|cuanto cuesta|con una persona|me marque|me llame|pasame|comunicame|como consigo|no tengo quien)\b"
)
"""How a request sounds, whatever it is about."""
GREETINGS = frozenset("hola buenos buenas buen bueno dia dias tarde tardes noche noches que tal hey muy".split())
BY_NAME = frozenset({"skip_question", "menu", "restart"})
FEW = 2
CUE = re.compile(
    r"\b(?:preguntas?|esa|esta|esto|eso|otra|siguiente|que sigue|contestar|responder|decir|menu|inicio|principio"
    r"|de cero|cuestionario|platica|opciones (?:que|tienes|del))\b"
)
"""In more than two words, skipping must speak of the conversation: "saltar la cuerda" is what she likes to do."""
LIKELY, QUITE, BEYOND_DOUBT = 0.5, 0.8, 0.95


def is_request(question: Question, text: str, intent: str, confidence: float, value: Any) -> bool:
    """Whether a typed text asks for something instead of answering. `value` is what it would mean as an answer."""
    if intent in NEVER | STATED | set(question.expects) or text.startswith("/"):
        return False
    said = words(text)
    if intent == "greet" and said and set(said) <= GREETINGS:
        return True  # nothing but hello: she is back
    if value is not None and intent in BY_NAME and len(said) > FEW and not CUE.search(fold(text)):
        return False
    asks = bool(ASKING.search(fold(text)))
    if value is None:
        return confidence >= (LIKELY if asks or intent in OF_THE_CONVERSATION | SOCIAL else QUITE)
    if question.kind is not QuestionKind.TEXT or intent not in OF_THE_CONVERSATION:
        return asks and confidence >= QUITE
    return confidence >= BEYOND_DOUBT
