"""Fits what Rumbo says into a channel: three bubbles a turn at most, each within its limit, cut at sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.content.library import Bubble

MOST = 3
SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")


def fit(bubbles: list[Bubble], limit: int) -> list[Bubble]:
    """Join what is too many, split what is too long. Choices stay under the last part of their bubble."""
    return [part for bubble in _few(bubbles) for part in _split(bubble, limit)]


def _few(bubbles: list[Bubble]) -> list[Bubble]:
    """The shortest neighbours are joined until three are left; only the last keeps its choices, as it is answered."""
    said = [b for b in bubbles if b.text]
    while len(said) > MOST:
        # A picture keeps the words it came with: what comes before it may join them, what comes after not.
        free = [n for n in range(len(said) - 1) if not said[n].media]
        if not free:
            break
        at = min(free, key=lambda n: len(said[n].text) + len(said[n + 1].text))
        first, second = said[at : at + 2]
        said[at : at + 2] = [replace(second, text=f"{first.text}\n\n{second.text}")]
    return [*(replace(b, buttons=(), hears=()) for b in said[:-1]), *said[-1:]]


def _split(bubble: Bubble, limit: int) -> list[Bubble]:
    parts = cut(bubble.text, limit)
    return [
        *(Bubble(p, (), bubble.content_id) for p in parts[:-1]),
        replace(bubble, text=parts[-1]),
    ]


def cut(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` characters, cut at the end of a sentence, else at a space, else anywhere."""
    parts = []
    while len(text) > limit:
        ends = [m.start() for m in SENTENCE.finditer(text, 0, limit + 1)]
        at = ends[-1] if ends and ends[-1] > 0 else text.rfind(" ", 0, limit + 1)
        at = at if at > 0 else limit
        parts.append(text[:at].strip())
        text = text[at:].strip()
    return [*parts, text]
