"""A piece of a message that means something, and what is around it."""

from __future__ import annotations

import re
import unicodedata

from bot.language import words

Span = tuple[int, int, str, str]  # from, to (offsets in what was typed), kind, value

_CLAUSE = re.compile(r"[.;!?\n](?!\d)")


def plain(text: str) -> str:
    """Lower case, no accents (but ñ), letter for letter: offsets in it are offsets in `text`."""
    return "".join(map(_bare, text))


def _bare(letter: str) -> str:
    small = letter.lower()
    if small == "ñ":
        return small
    bare = unicodedata.normalize("NFKD", small)[:1]
    return bare if len(bare) == 1 else letter


def words_before(text: str, start: int) -> str:
    """The words of the same clause before a place, as one string with a space at each end."""
    return f" {' '.join(words(_CLAUSE.split(text[:start])[-1]))} "


def words_after(text: str, end: int) -> str:
    return f" {' '.join(words(_CLAUSE.split(text[end:])[0]))} "
