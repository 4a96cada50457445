"""A service as a learner sees it: what it does, how to get there, why this one."""

from __future__ import annotations

from bot.content.library import Content
from bot.content.services import Service
from bot.guidance.facts import Person
from bot.referrals.directory import Found


def card(person: Person, one: Service, reason: str) -> str:
    """A service as a learner sees it. Only what was verified lately is told."""
    told = {"phone": one.phone, "whatsapp": one.whatsapp, "url": one.url, "hours": one.hours}
    how = [person.content.words(f"how_{way}", **{way: value}) for way, value in told.items() if value]
    cost = [person.content.words("how_cost", cost=one.cost)] if one.cost else []
    reach = "\n".join([*how, *cost]) if how else "\n".join([person.content.words("how_ask"), *cost])
    return person.content.words("service", name=one.name, offers=one.offers, how=reach, why=reason)


def why(person: Person, found: Found) -> str:
    """The reasons in one sentence."""
    state = person.content.states.get(person.learner.state or "")
    said = [person.content.words(f"because_{reason}", state=state.name if state else "") for reason in found.reasons]
    if not found.service.states:
        said.append(person.content.words("because_national"))
    return person.content.words("because", reasons=_listed(person.content, said))


def _listed(content: Content, said: list[str]) -> str:
    """ "A, B y C"."""
    *before, last = said
    return f"{', '.join(before)} {content.words('list_and')} {last}" if before else last
