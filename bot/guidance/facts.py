"""The `{places}` in what Rumbo says to one person: her name, what is suggested, her plan. Found when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Bubble, Content, fill
from bot.content.models import Service, Tip
from bot.guidance import directory, journey, memory, plans
from bot.guidance.money import choose_tip
from bot.guidance.pathways import Suggestion, suggest
from bot.guidance.tables import Referral, TipGiven
from bot.people.privacy import Sealer
from bot.people.tables import Learner

NOTICE_PATH = "/aviso"


@dataclass
class Person:
    """One learner within one transaction: who she is, what she said, and what fits her."""

    session: Session
    sealer: Sealer
    content: Content
    learner: Learner
    public_url: str
    at: datetime

    @cached_property
    def memory(self) -> memory.Memory:
        return memory.recall(self.session, self.sealer, self.learner.id)

    @cached_property
    def name(self) -> str:
        return memory.called(self.sealer, self.learner)

    def saved(self, name: str) -> str | None:
        return memory.saved(self.content, self.memory, name)

    def changed(self) -> None:
        """Something was recorded: look again when asked."""
        self.__dict__.pop("memory", None)
        self.__dict__.pop("name", None)

    def suggestion(self) -> Suggestion:
        return suggest(self.content.pathways.values(), self.memory.answers)

    def tip(self) -> Tip | None:
        """The next tip for her: the same until she has answered it."""
        seen = self.session.scalars(select(TipGiven.tip).where(TipGiven.learner_id == self.learner.id))
        return choose_tip(self.content.tips.values(), self.saved("worry"), self.learner.pathway, set(seen))

    def services(self) -> list[Service]:
        """What fits the need she named and the place she lives in, without what she declined."""
        need = self.saved("need")
        if need is None:
            return []
        mine = (Referral.learner_id == self.learner.id, Referral.need == need, Referral.status == "declined")
        declined = self.session.scalars(select(Referral.service).where(*mine))
        return directory.find(self.content.services.values(), need, self.learner.state, set(declined))

    def no_service(self) -> str:
        return self.content.words("no_service", line=self.content.words("national_line"))

    def plan(self) -> str | None:
        """Her plan, None while there is nothing in it."""
        return plans.render(self.session, self.sealer, self.content, self.learner, self.memory)

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
    found = person.services()
    return plans.service_card(person.content, found[0]) if found else person.no_service()


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


PLACES: dict[str, Callable[[Person], object]] = {
    "name": lambda p: p.name,
    "minutes_left": lambda p: journey.minutes_left(p.session, p.content, p.learner.id),
    "privacy_url": lambda p: p.public_url + NOTICE_PATH,
    "suggestion": suggestion_text,
    "tip": tip_text,
    "service": service_text,
    "plan": lambda p: p.plan() or p.content.words("plan_empty"),
}
