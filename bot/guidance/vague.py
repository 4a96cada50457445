"""Whether a step in her own words can be done on a day, or is still a wish. A pure function of a text."""

from __future__ import annotations

import re
from typing import Any

from bot.content.models import Question
from bot.guidance.answers import is_own
from bot.language import fold

WISHES = re.compile(
    r"^(?:(?:voy a|quiero|me gustaria|pienso|tratar de|intentar|empezar a|ponerme a|tengo que) )*"
    r"(?:ech\w+ ganas|echarle|intent\w+|trat\w+|ver\b|veo\b|pens\w+|salir adelante|mejor\w+|super\w+|avanz\w+|seguir|"
    r"esforz\w+|algo|cosas?|lo que sea|lo que se pueda|buscar(?:le)?(?: un| una)?(?: trabajo| chamba| jale)?$"
    r"|estudiar$|trabajar$|ahorrar$|vender$|aprender$|emprender$|inform\w+$|organiz\w+$|preparar\w*$)"
)
"""What sounds like a beginning and names nothing that can be seen done."""
CONCRETE = re.compile(r"\d|\b(?:a|con) (?:mi|la|el|una?|don|doña)\b|\ben (?:mi|la|el|una?)\b|\bal? \w{4,}\b|\bdel?\b")
"""A number, a person or a place."""
FEW = 2


def is_vague(question: Question, value: Any) -> bool:
    """Own words only: a step of ours is concrete."""
    if not isinstance(value, str) or not is_own(question, value):
        return False
    said = " ".join(re.findall(r"[\wñ]+", fold(value)))
    if len(said.split()) < FEW:
        return True
    wish = WISHES.search(said)
    return bool(wish) and not CONCRETE.search(said[wish.end() :] if wish else said)
