"""The door to everything about money: each tool, and what she has there already."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance.facts import Person
from bot.guidance.pages.base import Page


def money(person: Person, _: str, message_id: int) -> list[Bubble]:
    return person.say("money")


PAGES: dict[str, Page] = {"money": money}
