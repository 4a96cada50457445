"""Occupations that fit her: the list, and one of them."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import picks
from bot.guidance.facts import Person
from bot.guidance.occupations import Match, Seeker, Words, rank
from bot.guidance.pages.base import Page, go

SHOWN = 5


def occupations(person: Person, start: str, message_id: int) -> list[Bubble]:
    """The ones that fit best, a few at a time. `start`: how many she has seen."""
    first = int(start) if start.isdecimal() else 0
    found = _ranked(person)
    shown = found[first : first + SHOWN]
    names = {o.id: o.name for o in person.content.guide.occupations.occupations}
    taps = [(names[m.id][:24], go("occupation", m.id)) for m in shown]
    more = (
        [(person.content.words("page_more"), go("occupations", str(first + SHOWN)))] if found[first + SHOWN :] else []
    )
    lines = "\n".join(f"• {names[m.id]}. {m.reasons[0] if m.reasons else ''}".rstrip() for m in shown)
    said = person.say("occupations", data=lines)
    return [*said[:-1], Bubble(said[-1].text, (*taps, *more, *said[-1].buttons), said[-1].content_id)]


def occupation(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """One of them; looking at it is kept as what she looked at last."""
    row = next((o for o in person.content.guide.occupations.occupations if o.id == wanted), None)
    match = next((m for m in _ranked(person) if m.id == wanted), None)
    if row is None or match is None:
        return occupations(person, "", message_id)
    picks.pick(person, picks.OCCUPATION, row.id, message_id)
    return person.say("occupation", title=row.name, data="\n".join((row.what, *match.reasons, *match.cautions)))


def _ranked(person: Person) -> list[Match]:
    guide, learner = person.content.guide, person.learner
    names = {s.id: s.name for s in person.content.states.values()}
    words = Words({t.id: t.you for t in guide.interests.types}, {s.id: s.you for s in guide.strengths.skills}, names)
    return rank(guide.occupations, Seeker(state=learner.state, age_band=learner.age_band), words)


PAGES: dict[str, Page] = {"occupations": occupations, "occupation": occupation}
