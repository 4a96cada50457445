"""What a page is, and how a button leads to one."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.content.library import Bubble
from bot.guidance.facts import Person

Page = Callable[[Person, str, int], list[Bubble]]
"""The learner, what was tapped (an id, or nothing), and our number of the message; bubbles out."""


def go(page: str, value: str = "") -> str:
    """The payload of a button that leads to a page."""
    return "/see" + json.dumps({"page": page} | ({"v": value} if value else {}))


MOST = 10
"""Choices under one bubble."""


def with_taps(said: Sequence[Bubble], *taps: tuple[str, str]) -> list[Bubble]:
    """The same bubbles with taps before the ways out under the last one."""
    *before, last = said
    room = max(MOST - len(last.buttons), 0)
    return [*before, replace(last, buttons=(*taps[:room], *last.buttons))]
