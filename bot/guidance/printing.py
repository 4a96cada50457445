"""Every paper by its name: what it is made of, and what is said when it is handed over or still empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from bot.content.library import Bubble, Library
from bot.content.models import Interview
from bot.db import now
from bot.guidance import business_papers, charting, goals, papers, study_papers, work_papers
from bot.guidance.facts import Person
from bot.messages.media import Gather
from bot.people.privacy import Sealer
from bot.people.tables import Learner

Order = Mapping[str, Any]
"""What a message carries about its paper: `{"paper": name, …}`."""
Maker = Callable[[Person, Order], object]
"""The dataclass of a paper. Raises `LookupError` while there is nothing to show."""


@dataclass(frozen=True)
class Offer:
    """`here` and `empty`: the messages with the paper, and while there is nothing to show."""

    make: Maker
    here: Callable[[Person], list[Bubble]]
    empty: Callable[[Person], list[Bubble]]


OFFERS: Mapping[str, Offer] = {
    "card": Offer(lambda p, _: papers.card(p), lambda p: p.say("card_here"), lambda p: p.say("card_empty")),
    "project": Offer(lambda p, _: papers.project(p), lambda p: p.say("project_here"), lambda p: p.say("project_empty")),
    "chart": Offer(charting.chart, lambda p: p.say("chart_here"), lambda p: p.say("chart_empty")),
    "agenda": Offer(lambda p, _: papers.agenda(p), lambda p: p.say("agenda_here"), lambda p: p.say("agenda_empty")),
    "business_plan": Offer(
        lambda p, _: business_papers.business_plan(p),
        lambda p: p.say("business_plan_here"),
        lambda p: p.say("business_plan_empty"),
    ),
    "study_plan": Offer(
        lambda p, _: study_papers.study_plan(p),
        lambda p: p.say("study_plan_here"),
        lambda p: p.say("study_plan_empty"),
    ),
    "saving": Offer(goals.picture, lambda p: p.say("saving_here"), lambda p: p.say("goal_none")),
    "curriculum": Offer(
        lambda p, _: work_papers.paper(p), lambda p: p.say("curriculum_here"), lambda p: p.say("curriculum_empty")
    ),
}


def offer(person: Person, paper: str, order: Order | None = None) -> list[Bubble]:
    """The paper with a word to it, or what is still missing for it. A name nobody knows is the card."""
    name = paper if paper in OFFERS else "card"
    wanted = {**(order or {}), "paper": name}
    try:
        OFFERS[name].make(person, wanted)
    except LookupError:
        return OFFERS[name].empty(person)
    *before, last = OFFERS[name].here(person)
    return [*before, replace(last, media=wanted)]


def last_words(person: Person, interview: Interview) -> list[Bubble]:
    """What is said when a block is done, with its paper when it has one; or that there is nothing to show on it."""
    media = {"paper": interview.paper} if interview.paper else None
    if media and (said := offer(person, interview.paper))[-1].media is None:
        return said
    first, *more = (person.fill(text) for text in interview.end)
    return [Bubble(first, (), interview.id, media), *(Bubble(text, (), interview.id) for text in more)]


@dataclass(frozen=True)
class Papers:
    """Gathers what a paper is made of, in a transaction of the caller."""

    sealer: Sealer
    library: Library
    public_url: str

    def gathers(self) -> Mapping[str, Gather]:
        return {name: self._of(offered.make) for name, offered in OFFERS.items()}

    def _of(self, make: Maker) -> Gather:
        def gather(session: Session, learner_id: str, order: Order) -> object:
            learner = session.get(Learner, learner_id)
            if learner is None:
                raise LookupError("no such learner")
            return make(Person(session, self.sealer, self.library.current(), learner, self.public_url, now()), order)

        return gather
