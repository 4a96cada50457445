"""What a page is, how a button leads to one, and how long words become bubbles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.content.library import Bubble
from bot.guidance import journey
from bot.guidance.facts import Person
from bot.guidance.tables import RunStatus

Page = Callable[[Person, str, int], list[Bubble]]
"""The learner, what was tapped (an id, or nothing), and our number of the message; bubbles out."""
Buttons = tuple[tuple[str, str], ...]


def go(page: str, value: str = "") -> str:
    """The payload of a button that leads to a page."""
    return "/see" + json.dumps({"page": page} | ({"v": value} if value else {}))


MOST = 10
"""Choices under one bubble."""
BUBBLE = 600
"""Characters of one bubble."""


def as_fits(lines: Iterable[str], longest: int = BUBBLE) -> str:
    """As many whole lines as fit one bubble; the first always does."""
    said = ""
    for line in lines:
        longer = f"{said}\n{line}".strip()
        if said and len(longer) > longest:
            break
        said = longer
    return said


def with_taps(said: Sequence[Bubble], *taps: tuple[str, str]) -> list[Bubble]:
    """The same bubbles with taps before the ways out under the last one."""
    *before, last = said
    room = max(MOST - len(last.buttons), 0)
    return [*before, replace(last, buttons=(*taps[:room], *last.buttons))]


def busy(person: Person) -> bool:
    """Whether a question waits: a page is then one bubble, and the question comes after it."""
    run = journey.open_run(person.session, person.learner.id)
    return run is not None and run.status is RunStatus.ACTIVE


def paragraphs(lines: Iterable[str], longest: int, buttons: Buttons, content_id: str) -> list[Bubble]:
    """Lines in as few bubbles as they need, none cut in two; the buttons under the last."""
    texts = [""]
    for line in lines:
        if texts[-1] and len(texts[-1]) + len(line) + 1 > longest:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{line}".strip()
    said = [Bubble(text, content_id=content_id) for text in texts]
    return [*said[:-1], replace(said[-1], buttons=buttons)]
