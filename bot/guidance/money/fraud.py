"""Is this a fraud? Rules over a text she pastes: which warning signs are in it. No sign found is no promise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.language import fold

WORD = re.compile(r"[^\W_]+")
Verdict = Literal["stop", "doubt", "unclear"]
"""`stop`: one strong sign or two; `doubt`: one; `unclear`: none found, which is no promise."""


@dataclass(frozen=True)
class Sign:
    """A warning sign. It is there when of each group at least one beginning of a word (or of words) stands in the text;
    they are compared folded. `strong`: nobody honest asks for this."""

    name: str
    groups: tuple[tuple[str, ...], ...]
    strong: bool = False


@dataclass(frozen=True)
class Reading:
    """The signs found, in the order of the rules, and what follows."""

    signs: tuple[str, ...]
    verdict: Verdict


def read(text: str, signs: Iterable[Sign]) -> Reading:
    """Which signs stand in a text. Nothing of it is kept."""
    said = _plain(text)
    found = [sign for sign in signs if sign.groups and all(_any(said, group) for group in sign.groups)]
    return Reading(tuple(sign.name for sign in found), verdict(found))


def verdict(found: Sequence[Sign]) -> Verdict:
    """What follows from the signs that were found."""
    if any(sign.strong for sign in found) or len(found) > 1:
        return "stop"
    return "doubt" if found else "unclear"


def _any(said: str, group: tuple[str, ...]) -> bool:
    return any(f" {_plain(words).strip()}" in said for words in group)


def _plain(text: str) -> str:
    """Folded words with one space around each, so that a beginning of a word is found by a space before it."""
    return f" {' '.join(WORD.findall(fold(text)))} "
