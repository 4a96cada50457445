"""Approved words with which a person is written to first: filled in, kept, and read again when they leave.

The words that were filled in are kept only inside the sealed text; beside it stands where they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from channels.base import Filled, Opening

KEY = "opening"
BLANK = re.compile(r"\{\{(\d+)\}\}")
Order = dict[str, Any]


def blanks(opening: Opening) -> int:
    return max((int(n) for n in BLANK.findall(opening.text)), default=0)


def fill(opening: Opening, words: Sequence[str]) -> tuple[str, Order]:
    """The text she will read, and what the message's `media` keeps of it.

    A blank is one line without wide gaps, as WhatsApp asks. Raises `ValueError` when one is left empty.
    """
    lines = [" ".join(word.split()) for word in words]
    if len(lines) != blanks(opening) or not all(lines):
        raise ValueError("every blank needs its words")
    text, end = "", 0
    spans: dict[int, list[int]] = {}
    for found in BLANK.finditer(opening.text):
        text += opening.text[end : found.start()]
        word = lines[int(found[1]) - 1]
        spans.setdefault(int(found[1]), [len(text), len(text) + len(word)])
        text, end = text + word, found.end()
    text += opening.text[end:]
    return text, {KEY: opening.id, "at": [spans[n] for n in sorted(spans)]}


def filled(order: Mapping[str, Any] | None, text: str) -> Filled | None:
    """The opening a message goes out with, or None."""
    if not order or KEY not in order:
        return None
    return Filled(order[KEY], tuple(text[start:end] for start, end in order["at"]))
