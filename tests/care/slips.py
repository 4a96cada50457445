"""Slips of the thumb: the same message as a hurried person types it. The same text gets the same slip every time."""

from __future__ import annotations

import random
import re
from collections.abc import Callable


def without_accents(text: str) -> str:
    return text.translate(str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN"))


def changed(text: str, edit: Callable[[str, int], str]) -> str:
    """One edit in the middle of a word of four letters or more, the same one every time."""
    words = list(re.finditer(r"\w{4,}", text))
    if not words:
        return text
    rng = random.Random(text)
    word = rng.choice(words)
    return text[: word.start()] + edit(word.group(), rng.randrange(1, len(word.group()) - 1)) + text[word.end() :]


def doubled(text: str) -> str:
    return changed(text, lambda word, at: word[:at] + word[at] + word[at:])


def swapped(text: str) -> str:
    return changed(text, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def joined(text: str) -> str:
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    at = random.Random(text).choice(spaces) if spaces else len(text)
    return text[:at] + text[at + 1 :]


CHANGES: dict[str, Callable[[str], str]] = {
    "without accents": without_accents,
    "a letter doubled": doubled,
    "two letters swapped": swapped,
    "two words joined": joined,
    "in capitals": str.upper,
}
