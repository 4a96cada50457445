"""The grammatical gender a learner is spoken to in: `[[feminine|masculine|without gender]]` in any text of content."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any

from pydantic import BaseModel


class Gender(StrEnum):
    """How she wants to be spoken to; without gender until she says."""

    FEMININE = "f"
    MASCULINE = "m"
    NONE = "n"


FORMS = re.compile(r"\[\[([^\[\]|]*)\|([^\[\]|]*)\|([^\[\]|]*)\]\]")
PLACE = {Gender.FEMININE: 1, Gender.MASCULINE: 2, Gender.NONE: 3}


def spoken_to(text: str, gender: str | None) -> str:
    """A text in one gender; None and what is unknown are without gender."""
    wanted = PLACE[Gender(gender)] if gender in set(Gender) else PLACE[Gender.NONE]
    return FORMS.sub(lambda found: found[wanted], text)


def is_whole(text: str) -> bool:
    """Whether every `[[…]]` in a text has its three forms."""
    rest = FORMS.sub("", text)
    return "[[" not in rest and "]]" not in rest


def longest(text: str) -> int:
    """Characters of a text in the gender in which it is longest."""
    return max(len(spoken_to(text, gender)) for gender in Gender)


def spoken(value: Any, gender: str) -> Any:
    """A value of content with every text in it in one gender; the very same value when nothing in it differs."""
    if isinstance(value, str):
        return spoken_to(value, gender) if "[[" in value else value
    if isinstance(value, BaseModel):
        changed = {name: new for name, old in value if (new := spoken(old, gender)) is not old}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        mapped = {key: spoken(old, gender) for key, old in value.items()}
        return mapped if any(mapped[key] is not old for key, old in value.items()) else value
    if isinstance(value, tuple | list):
        items = [spoken(old, gender) for old in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else type(value)(items)
    return value
