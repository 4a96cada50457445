"""Every page by its name, and the page a topic of free words leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.content.library import Bubble
from bot.guidance import journey
from bot.guidance.facts import Person
from bot.guidance.pages import (
    account,
    budget,
    business,
    calling,
    debts,
    goal,
    here,
    learning,
    lesson,
    loan,
    money,
    numbers,
    occupation,
    price,
    referral,
    scam,
    services,
    study,
    tips,
    why,
    work,
)
from bot.guidance.pages.base import Page, busy

PAGES: Mapping[str, Page] = {
    **work.PAGES,
    **occupation.PAGES,
    **business.PAGES,
    **study.PAGES,
    **numbers.PAGES,
    **why.PAGES,
    **services.PAGES,
    **referral.PAGES,
    **calling.PAGES,
    **learning.PAGES,
    **lesson.PAGES,
    **tips.PAGES,
    **here.PAGES,
    **money.PAGES,
    **goal.PAGES,
    **account.PAGES,
    **debts.PAGES,
    **price.PAGES,
    **budget.PAGES,
    **loan.PAGES,
    **scam.PAGES,
}
TOPICS: Mapping[str, str] = {
    "ask_occupation": "occupations",
    "ask_labor_market": "occupations",
    "ask_business_idea": "ideas",
    "ask_certification": "routes",
}
NAMED: Mapping[str, tuple[str, str]] = {"occupations": ("occupation", "occupation")}
"""A page that a topic leads to -> the kind of thing its words may name, and the page of that thing."""
HELD_TOGETHER = frozenset({"lesson"})
"""Pages that go on from each other: the way back to a block of questions comes after the last."""
MOST = 10
"""Buttons under one bubble."""


def asked(topic: str, named: Mapping[str, str]) -> tuple[str, str]:
    """The page for a topic of free words, and what it is to show: the one thing they name, where they name one."""
    page = TOPICS.get(topic, "")
    kind, of_one = NAMED.get(page, ("", ""))
    return (of_one, named[kind]) if kind in named else (page, "")


def show(person: Person, page: str, value: str, message_id: int) -> list[Bubble]:
    """A page, with the way back to a block she left for it. What no longer exists says so and offers what there is."""
    found = PAGES.get(page)
    said = found(person, value, message_id) if found else person.say("nothing_open")
    waits = journey.open_run(person.session, person.learner.id) is not None and not busy(person)
    if not waits or page in HELD_TOGETHER or len(said[-1].buttons) >= MOST:
        return said  # nothing to go back to, or its question follows by itself, or she is in the middle of something
    back = (person.content.words("button_resume"), "/resume")
    return [*said[:-1], replace(said[-1], buttons=(*said[-1].buttons, back))]
