"""The `{places}` in what Rumbo says to one person: her name, what is suggested, her plan. Found when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Bubble, Content, fill
from bot.content.models import Question
from bot.content.tips import Tip
from bot.guidance import commitments, followup, journey, memory, picks, plans, traits, venture
from bot.guidance.money import choose_tip
from bot.guidance.pathways import Suggestion, suggest
from bot.guidance.signals import signals
from bot.guidance.tables import Commitment, Run, TipGiven
from bot.people.privacy import Sealer
from bot.people.tables import Learner
from bot.referrals.directory import Found

NOTICE_PATH = "/aviso"
PICKED = {"offer": picks.IDEA}
"""What a pick of ours already tells: it is not asked."""
COLUMNS = ("municipality", "group_code", "gender", "age_band", "state")
"""What is known of a learner may have come from another answer, or from the invitation."""


@dataclass
class Person:
    """One learner within one transaction: who she is, what she said, and what fits her."""

    session: Session
    sealer: Sealer
    content: Content
    learner: Learner
    public_url: str
    at: datetime
    run: Run | None = None
    """The block she is in."""

    def __post_init__(self) -> None:
        self.content = self.content.spoken_to(self.learner.gender)

    @cached_property
    def memory(self) -> memory.Memory:
        return memory.recall(self.session, self.sealer, self.learner.id)

    @cached_property
    def name(self) -> str:
        return memory.called(self.sealer, self.learner)

    def saved(self, name: str) -> str | None:
        return memory.saved(self.content, self.memory, name)

    def amount(self, name: str) -> float | None:
        return memory.amount(self.content, self.memory, name)

    def knows(self, question: Question) -> bool:
        """Whether she answered this, or another question whose answer is kept under the same name, or picked it."""
        kind = PICKED.get(question.saves or "")
        if kind and picks.picked(self, kind) not in (None, picks.OWN):
            return True
        if question.saves in COLUMNS and getattr(self.learner, question.saves) is not None:
            return True
        known = memory.questions(self.content)
        mine = {question.id, *(q.id for q in known.values() if q.saves and q.saves == question.saves)}
        heard = self.memory
        return any(heard.answers.get(q) is not None or q in heard.words for q in mine)

    def changed(self) -> None:
        """Something was recorded: look again when asked."""
        self.__dict__.pop("memory", None)
        self.__dict__.pop("name", None)

    def heard(self) -> dict[str, Any]:
        """Her answers as the suggestion reads them."""
        return signals(self.content.guide, self.memory.answers, self.memory.words)

    def suggestion(self) -> Suggestion:
        return suggest(self.content.pathways.values(), self.heard())

    def tip(self) -> Tip | None:
        """The next tip for her: the same until she has answered it."""
        seen = self.session.scalars(select(TipGiven.tip).where(TipGiven.learner_id == self.learner.id))
        income = self.saved("income")
        return choose_tip(self.content.tips.values(), self.saved("worry"), self.learner.pathway, set(seen), income)

    def services(self) -> list[Found]:
        """What fits the need she named and the place she lives in, without what is behind her."""
        from bot.guidance.referring import found  # it is about a person

        need = self.saved("need")
        return found(self, need) if need else []

    def no_service(self) -> str:
        return self.content.words("no_service", line=self.content.words("national_line"))

    def plan(self) -> str | None:
        """Her plan, None while there is nothing in it."""
        return plans.render(self.session, self.sealer, self.content, self.learner, self.memory)

    def changes(self) -> str:
        """What changed since the first time she answered the same questions."""
        from bot.guidance.review import changes  # it reads answers back with the help of this class

        return changes(self)

    def cv_note(self) -> str:
        """What is said with her CV: what was left empty, or that it is whole."""
        from bot.guidance.work_papers import note  # it is made with the help of this class

        return note(self)

    def has_plan(self) -> bool:
        return self.plan() is not None

    def say(self, content_id: str, **more: object) -> list[Bubble]:
        """A message with everything in it that is known of her."""
        return self.content.say(content_id, **Facts.needed(self, self.content.messages[content_id].text, more))

    def fill(self, template: str) -> str:
        """A text of an interview with everything in it that is known of her."""
        return fill(template, Facts.needed(self, (template,), {}), "interviews")


class Facts:
    """Which place is filled by what."""

    @staticmethod
    def needed(person: Person, templates: tuple[str, ...], more: dict[str, object]) -> dict[str, object]:
        """Values for the places that stand in some texts; nothing else is looked up."""
        places = {place for template in templates for place in re.findall(r"{(\w+)}", template)}
        return {place: PLACES[place](person) for place in places - set(more) if place in PLACES} | more


def tip_text(person: Person) -> str:
    tip = person.tip()
    if tip is None:
        return person.content.words("tip_none")
    values = {"title": tip.title, "text": tip.text, "this_week": tip.this_week, "source": f"{tip.source} ({tip.as_of})"}
    return person.content.words("tip", **values)


def service_text(person: Person) -> str:
    from bot.guidance.service_cards import card, why  # they are about a person

    found = person.services()
    return card(person, found[0].service, why(person, found[0])) if found else person.no_service()


def suggestion_text(person: Person) -> str:
    """What speaks for which way, in the words of her own answers; a tie is said as one."""
    heard, content = person.suggestion(), person.content
    best = [content.pathways[p] for p in heard.best]
    reasons = plans.joined(content, [r for p in heard.best for r in heard.reasons[p][:3]][:4])
    if not reasons or len(best) == len(content.pathways):
        return content.words("suggestion_none")
    if len(best) == 1:
        return content.words("suggestion", pathway=best[0].short, reasons=reasons)
    return content.words("suggestion_tie", first=best[0].short, second=best[1].short, reasons=reasons)


def commitment_text(person: Person) -> str:
    """The commitment this block is about, or else the nearest open one."""
    run = person.run
    one = person.session.get(Commitment, run.about) if run and run.about else None
    one = one or next(iter(commitments.open_ones(person.session, person.learner.id)), None)
    return commitments.short(person.sealer, person.content, one) if one else person.content.words("plan_something")


def goal_weekly(person: Person) -> str:
    from bot.guidance import goals  # it is read with the help of Person

    hers = goals.read(person)
    return f"{hers.weekly:,}" if hers else ""


PLACES: dict[str, Callable[[Person], object]] = {
    "name": lambda p: p.name,
    "minutes_left": lambda p: journey.minutes_left(p.session, p.content, p.learner.id),
    "privacy_url": lambda p: p.public_url + NOTICE_PATH,
    "suggestion": suggestion_text,
    "tip": tip_text,
    "service": service_text,
    "commitment": commitment_text,
    "strengths": lambda p: traits.strengths(p.content.guide.strengths, p.memory),
    "likes": lambda p: traits.likes(p.content.guide.interests, p.memory),
    "values": lambda p: traits.values(p.content.guide.values, p.memory),
    "follow_up": followup.promise,
    "changes": lambda p: p.changes(),
    "business": venture.text,
    "idea_buyers": venture.buyers_example,
    "idea_sale": venture.sale_example,
    "cv_note": lambda p: p.cv_note(),
    "goal_weekly": goal_weekly,
    "plan": lambda p: p.plan() or p.content.words("plan_empty"),
}
