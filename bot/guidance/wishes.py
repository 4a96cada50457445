"""Answer or request? While a question is open, a text may answer it or ask for something else. Pure functions.

Losing an answer hurts more than a request said twice: where both are possible, it is the answer. What she speaks of
decides little, because any topic can be what she answers; how she says it decides: whether she asks, whether she
speaks to us, whether she speaks of this conversation. The numbers were set with tests/nlu/in_question.jsonl and
in_question_dev.jsonl (tests/nlu/test_in_question.py keeps them honest).
"""

from __future__ import annotations

import re
from typing import Any

from bot.content.models import Question, QuestionKind
from bot.language import words

NEVER = frozenset({"", "answer", "affirm", "deny"})
UNSURE = "nlu_fallback"
STATED = frozenset(
    {"choose_pathway", "want_employment", "want_entrepreneurship", "want_education", "start_life_project"}
)
"""What a person says of herself while she answers; it is a request only where she plainly asks."""
SOCIAL = frozenset(
    {"greet", "thank", "chitchat", "out_of_scope", "feedback_positive", "feedback_negative", "bot_challenge"}
)
OF_THE_CONVERSATION = frozenset(
    "ask_why help menu skip_question go_back pause repeat resume dont_know dont_understand opt_out opt_in ask_privacy"
    " ask_my_data delete_my_data ask_cost ask_duration change_language restart goodbye"
    " report_violence report_self_harm report_emergency".split()
)
"""Wishes about the conversation itself, and cries for help. All others are topics, which may be what she answers."""
NEWS = frozenset({"report_obstacle", "report_progress"})
"""What she reports is never put as a question. It is served where it cannot be the answer."""

CLAUSE = (
    r"(?:^|[^\w\s] ?|\b(?:y|o|ay|pero|pues|oye|oiga|bueno|mejor|entonces|no|es que|a ver|ahi|aqui|usted|ustedes|tu|eso"
    r"|esto|entiendo|entendi|depende|guey|vdd|verdad|perdon|disculpa|disculpe) )"
)
"""Where a clause begins, for an interrogative inside one asks nobody: "voy a preguntar dónde pagan mejor"."""
QUESTION = re.compile(
    r"(?:\w+\W+){4}.*[?¿]"
    rf"|{CLAUSE}(?:cual|cuales|cuantos?|cuantas?|(?:a )?donde(?! \w+[aei]r\b)|adonde|a quien|de quien"
    r"|quien (?:es|eres|va|l[oa]|lee|guarda)|(?:de|en|con|a) que"
    r"|que (?:es|son|mas|onda|rollo|significa|hago|puedo|pasa|sigue|tiene|tienen|hay|cosa|tipo)"
    r"|que \w+s (?:hay|tienen|tienes|dan|ofrecen)"
    r"|como (?:que|asi|se|le|lo|hago|puedo|funciona|dijo|dices|cual|cuanto|cuando|saco|consigo|pido|llego)"
    r"|se puede|puedo|habra|tendran|tienen|tienes|dan|saben|sabes|conocen|sabe (?:si|de|donde|que)"
    r"|hay (?:algun\w*|algo|alguien|que|forma|modo|manera|chance|cursos?|becas?))\b"
    r"|(?<!saber )(?<!preguntar )(?<!\bno se )(?<!\bver )"
    r"\b(?:donde|como) (?:puedo|voy|le hago|hay|saco|consigo|pido|llego)\b"
    r"|\bno (?:habra|tendran?|hay algun\w*)\b"
    r"|(?<!\bla )\bverdad$|\b(?:o como|o que|o de que|se puede|o no|para que|como le hago|que hago|donde voy)$"
)
"""How a question sounds, with or without its mark, which chats leave out."""
OTHERS_VERBS = "quier|ocup|necesit|pregunt|pid|sirv|guard|interes|import|da\\b"
TO_US = re.compile(
    r"\b(?:oiga|oye|oigan|oyes|disculpe|disculpa|ustedes|usted|uds?|tu|ti|te|contigo)\b"
    r"|\b(?!llame|queme|teme|reclame|derrame|caramel|gemel)\w+[aei]n?me(?:l[oa]s?)?\b"
    r"|\bme (?:l[oa]s? )?(?!\w*mas\b)\w+[aei]s\b"
    r"|\b(?<!no )me (?:lo )?(?:podria|podrian|puede|pueden)\b|\bque me (?:marquen?|llamen?|hable|atienda|explique)\b"
    rf"|{CLAUSE}me (?:ayuda|consigue|da|dice|explica|recomienda|manda|pasa|presta) (?:a|con|un|una|el|la)\b"
    r"|\b(?:puedes|podrias|sabes|conoces|tienes|quieres|recomiendas|ayudas|das|dices|vas|eres|preguntas|guardas|crees"
    r"|cobras|ocupas|necesitas|entiendes|explicas|mandas|pasas|haces|andas|piensas)\b"
    rf"|\b(?:para|por|de|a) ?que (?:mas )?(?:l[oae]s? |se )*(?:{OTHERS_VERBS})\w*"
    r"|\b(?:brinqu|salt|sig|pas|dej|borr|quit|repit|regres|cambi|escrib|camb)(?:a|e|en|emos)(?:se|te|l[aeo]s?|tel[ao])\b"
)
"""How we are spoken to: called, told to do something for her, or asked by a verb in the second person."""
OF_IT = re.compile(
    r"\b(?:(?:esa|esta|otra|tantas|puras|las|la|siguiente|mas|que|cuantas) preguntas?|menu|cuestionario|encuesta"
    r"|(?:cambi\w+ (?:de|mi|el)|(?:elegir|escoger|ver|quiero) otro) camino"
    r"|skip|next|robot|bot|rumbo|mis datos|mi plan|de baja|ya no quiero|tantito|esa (?:no|pasala|dejemosla)|ayuda$"
    r"|(?:te|le|les) (?:sigo|seguimos|contesto|respondo|digo|entiendo|entendi|capto)|seguimos|contestar|contesto"
    r"|no (?:entiendo|entendi(?! (?:la|el|los|las|a|mi) (?!pregunta))|capto|escribas?|escriban)"
    r"|no (?:te|le|les|l[oa]s?) (?:l[oa] )?(?:doy|digo|dire|voy a (?:dar|decir))|prefiero no (?:dar|dec|contest)\w*"
    r"|(?:hablar|platicar)(?:l[oa])? con (?:una persona|alguien)"
    r"|(?:ocupo|quiero|quisiera|necesito|prefiero) (?:\w+ ){0,3}(?:persona|asesora?|humano|señorita|alguien real))\b"
)
"""How one speaks of the conversation itself."""
NEEDS = re.compile(r"\b(?:necesito|ocupo|me urge|como consigo)\b")
"""A need of her own, a request where it cannot be an answer."""
WANTS = re.compile(r"\b(?:quiero|quisiera|busco|me gustaria|debo|no tengo (?:con )?(?:quien|donde|para))\b")
"""The same where nothing is offered to choose from; there, "quiero poner uñas" chooses in her own words."""
GUESSES = re.compile(r"\b(?:tal vez|quizas?|a lo mejor|chance|igual y|creo que|yo creo|yo digo|supongo|puede que)\b")
GREETINGS = frozenset("hola buenos buenas buen bueno dia dias tarde tardes noche noches que tal hey muy".split())
THANKS = re.compile(
    r"^(?:\W|\b(?:ay|ok|okay|ah|bueno|pues|sale|va|muy|muchas|muchisimas|mil|no|de veras)\b)*gracias(?! a)"
)
GREETS = re.compile(r"^(?:hola|buen[oa]?s? (?:dia|tarde|noche)s?|que tal|hey)\b")
HAPPENED = re.compile(r"\b(?:que paso|dejaste|por que|impide|frena|detiene|atravesado)\b")
LOST = re.compile(r"\b(?:no se|ni yo se|ni idea|quien sabe|sepa|no entiendo|no me acuerdo|no quiero)\b")
"""Where she is asked what happened, "me perdí" and "se me olvidó" tell it; only the present tense is about now."""
NO_NAME = re.compile(
    r"(?:hola |pues |yo |solo )*(?:quiero|quisiera|busco|necesito|ocupo) (?!.*\b(?:dig|dic|dec|llam)\w*)"
)
"""Nobody is called "quiero trabajar"; "quiero que me digas Lupe" says a name."""
NAMING = re.compile(r"\b(?:dime|digame|diganme|puedes? decirme|como (?:tu |usted )?quieras?)\b")
OF_HERSELF = frozenset({"dont_know", "dont_understand", "goodbye"})
OPEN = (QuestionKind.TEXT, QuestionKind.CHOICE, QuestionKind.MULTI)
"""Words may look like an answer here by chance: "no sé" has the "no" of an option. A number or a day does not."""
BY_NAME = frozenset({"skip_question", "menu", "restart"})
FEW = 2
CUE = re.compile(
    r"\b(?:preguntas?|esa|esta|esto|eso|otra|siguiente|que sigue|contestar|responder|decir|menu|inicio|principio"
    r"|de cero|cuestionario|platica|opciones (?:que|tienes|del))\b"
)
"""In more than two words, skipping must speak of the conversation: "saltar la cuerda" is what she likes to do."""
STEM = 4
TO_RUMBO = OF_THE_CONVERSATION | {"greet", "thank"}
BRIEF = 6
"""Words, up to which one may speak of the conversation where anything she pastes is the answer."""
LIKELY, QUITE, SURE, BEYOND_DOUBT, NO_CHANCE = 0.5, 0.8, 0.9, 0.95, 2.0


def is_request(question: Question, text: str, intent: str, confidence: float, value: Any) -> bool:
    """Whether a typed text asks for something instead of answering. `value` is what it would mean as an answer."""
    if intent in NEVER | set(question.expects) or text.startswith("/"):
        return False
    if question.verbatim and (intent not in TO_RUMBO or len(words(text)) > BRIEF):
        return False
    heard = hear(text)
    if intent == "greet" and set(words(text)) <= GREETINGS:
        return True  # nothing but hello: she is back
    signs = signs_in(question, heard) or int(intent in OF_THE_CONVERSATION | SOCIAL and "?" in heard)
    if ANOTHER_WAY.search(heard) or (asks_for_a_name(question) and NO_NAME.match(heard)):
        value = None
    if answers_anyway(question, heard, intent, signs, value):
        return False
    if intent == UNSURE or intent in STATED:
        return signs >= (1 if value is None else 2)
    return confidence >= enough(question, heard, intent, signs, value)


ANOTHER_WAY = re.compile(r"\b(?:cambi\w+ (?:de|mi|el)|(?:elegir|escoger|ver|quiero) otro) camino")
"""Of "otro camino" the first word may be an option's name; it is a change of mind all the same."""


def hear(text: str) -> str:
    """The words as they are meant, and the signs between them, one space apart."""
    parts = re.split(r"([?¿,.;:!¡\n])", text)
    return " ".join(part for n, said in enumerate(parts) if (part := " ".join(words(said)) if n % 2 == 0 else said))


def asked(question: Question) -> str:
    """The question itself, heard in the same way."""
    return hear(" ".join(question.text))


def asks_for_a_name(question: Question) -> bool:
    return bool(re.search(r"\b(?:llam|dig|dic|nombre)", asked(question)))


def signs_in(question: Question, heard: str) -> int:
    """How many signs of a request there are: it asks, it speaks to us, it speaks of the conversation."""
    if asks_for_a_name(question):
        heard = NAMING.sub("", heard)  # "dime Paz" is a name
        if NO_NAME.match(heard):
            return 1
    if len(heard.split()) < FEW:
        return int(bool(OF_IT.search(heard)))  # "tú" is who helps her
    return sum(bool(sign.search(heard)) for sign in (QUESTION, TO_US, OF_IT))


def answers_anyway(question: Question, heard: str, intent: str, signs: int, value: Any) -> bool:
    """What sounds like a wish about the conversation and still is an answer."""
    if question.kind is QuestionKind.DATE and intent in ("pause", "resume"):
        return not signs  # "al rato", "luego de semana santa" say when
    if value is None:
        return False
    if intent in OF_HERSELF and HAPPENED.search(asked(question)):
        return not signs and not LOST.search(heard)
    if intent == "dont_know":
        return question.kind not in OPEN or bool(GUESSES.search(heard))
    return intent in BY_NAME and len(heard.split()) > FEW and not CUE.search(heard)


def enough(question: Question, heard: str, intent: str, signs: int, value: Any) -> float:
    """How sure the intent must be, given how it is said and whether it could be an answer."""
    if intent in OF_THE_CONVERSATION:
        return _enough_of_the_conversation(question, intent, signs, value)
    if intent in SOCIAL:
        return _enough_of_manners(heard, intent, signs, value)
    if signs:
        return LIKELY if value is None else QUITE
    return _enough_unasked(question, heard, intent) if value is None else NO_CHANCE


def _enough_of_the_conversation(question: Question, intent: str, signs: int, value: Any) -> float:
    """These need no sign where there is no answer: "me voy". Those that ask are seldom right without one."""
    if signs:
        return LIKELY
    if value is None:
        return BEYOND_DOUBT if intent.startswith("ask_") else LIKELY
    by_chance = question.kind is QuestionKind.TEXT or (question.kind in OPEN and intent != "change_language")
    return BEYOND_DOUBT if by_chance else NO_CHANCE  # who chooses "inglés" names a language


def _enough_unasked(question: Question, heard: str, intent: str) -> float:
    """A topic she states without asking, where it is no answer: news, a person to talk to, or a need."""
    if intent == "talk_to_human":
        return LIKELY
    if intent in NEWS:
        return SURE
    chooses = question.kind in (QuestionKind.CHOICE, QuestionKind.MULTI)
    if NEEDS.search(heard) or (not chooses and WANTS.search(heard)):
        return QUITE
    return BEYOND_DOUBT if chooses and intent.startswith("need_") and is_elsewhere(question, heard) else NO_CHANCE


def is_elsewhere(question: Question, heard: str) -> bool:
    """Whether nothing of a choice is spoken of: a nursery, where she is asked how old she is."""
    offered = f"{asked(question)} {' '.join(hear(o.title) for o in question.options)}"
    return stems(heard).isdisjoint(stems(offered))


def stems(heard: str) -> set[str]:
    """The beginnings of the words that carry meaning."""
    return {word[:STEM] for word in heard.split() if len(word) >= STEM}


def _enough_of_manners(heard: str, intent: str, signs: int, value: Any) -> float:
    """Thanks and greetings stand at the beginning: "todos, gracias a Dios" is an answer."""
    if intent in ("thank", "greet"):
        opens = (THANKS if intent == "thank" else GREETS).search(heard)
        return QUITE if opens else NO_CHANCE
    if signs:
        return LIKELY if value is None else QUITE
    return BEYOND_DOUBT if value is None else NO_CHANCE
