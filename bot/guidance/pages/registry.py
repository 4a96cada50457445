"""Every page by its name, and the page a topic of free words leads to."""

from __future__ import annotations

from collections.abc import Mapping

from bot.content.library import Bubble
from bot.guidance.facts import Person
from bot.guidance.pages import numbers, why, work
from bot.guidance.pages.base import Page

PAGES: Mapping[str, Page] = {**work.PAGES, **numbers.PAGES, **why.PAGES}
TOPICS: Mapping[str, str] = {"ask_occupation": "occupations", "ask_labor_market": "occupations"}


def show(person: Person, page: str, value: str, message_id: int) -> list[Bubble]:
    """A page; what no longer exists says so and offers what there is."""
    found = PAGES.get(page)
    return found(person, value, message_id) if found else person.say("nothing_open")
