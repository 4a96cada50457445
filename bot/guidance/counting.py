"""What is counted for one learner: her answers as numbers, the pay of her zone or occupation, and her "y si…"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.content.figures import Assumption, Kind, WhatIf
from bot.content.models import Interview
from bot.content.work import Occupation, Scholarship
from bot.guidance import picks
from bot.guidance.assumptions import Numbers, assume, hers, hours_of, middle_of, offered, what_if, with_pay, within_law
from bot.guidance.cashflow import FLOWS, Year, year
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.occupations import MINORS
from bot.guidance.routes import Student, aid_for
from bot.guidance.tables import Answer
from bot.guidance.wages import Figure, Zone, minimum, pay_of, spoken_date, zone_of

KNOWN = frozenset({"counts", "cares", "owes"})
MAIN = {"business": ("price", "units_week")}
"""Without these a pathway cannot be counted at all."""
NAMED = {"income": "income_now"}
"""Answers that are kept under another name than their number."""
AID = "beca"
"""The change that is made from a scholarship of `routes.yml`."""


@dataclass(frozen=True)
class View:
    """One pathway and the changes that are switched on, as a button carries them: "employment:guarderia+pronto"."""

    pathway: str
    changes: tuple[str, ...] = ()

    @classmethod
    def read(cls, value: str) -> View:
        pathway, _, changes = value.partition(":")
        return cls(pathway, tuple(dict.fromkeys(filter(None, changes.split("+")))))

    def __str__(self) -> str:
        return ":".join(filter(None, (self.pathway, "+".join(self.changes))))

    def with_(self, change: str) -> View:
        return View(self.pathway, (*(c for c in self.changes if c != change), change))

    def without(self, change: str) -> View:
        return View(self.pathway, tuple(c for c in self.changes if c != change))


@dataclass(frozen=True)
class Pay:
    """What a full month of work is counted with, and the lines that say all that is known of it."""

    counted: Figure
    lines: tuple[str, ...]
    reported: bool = False
    """Whether people's own reports are among the lines."""


def known(person: Person, block: Interview, mended: str | None = None) -> dict[str, Any]:
    """What `ask_if` may look at: the pathway that is counted, whether she cares for anyone, whether she owes.

    A question whose answer she changes (`mended`) applies, whichever year she looked at last.
    """
    if not any(KNOWN & set(question.ask_if) for question in block.questions):
        return {}
    none_cared, none_owed = _nobody(person), _nothing_owed(person)
    counts = picks.picked(person, picks.COUNTED) or person.learner.pathway
    facts = {"counts": counts, "cares": "no" if none_cared else "si", "owes": "no" if none_owed else "si"}
    conditions = next((q.ask_if for q in block.questions if q.id == mended), {})
    return facts | {name: list(values) for name, values in conditions.items() if name in KNOWN}


def _nobody(person: Person) -> bool:
    return person.memory.answers.get("a_cargo") == ["nadie"]


def _nothing_owed(person: Person) -> bool:
    return person.memory.answers.get("bl_paga") == "sin"


def said(person: Person) -> dict[str, Assumption]:
    """Her numbers by the id of the assumption, each with the day she said it. What she did not say is not there."""
    rows = {a.id: a for a in person.content.guide.assumptions.assumptions}
    found = dict[str, Assumption]()
    for name, value, day in _answers(person):
        if name in rows:
            found[name] = _number(rows[name], value, day)
    return found


def _answers(person: Person) -> Iterable[tuple[str, Any, str]]:
    """(assumption, answer, day), the oldest first; nothing to care or pay for is a number too."""
    names = {q.id: NAMED.get(q.saves, q.saves) for q in questions(person.content).values() if q.saves}
    sure = {"a_cargo": ("care", ["nadie"]), "bl_paga": ("debts", "sin")}
    mine = select(Answer).where(Answer.learner_id == person.learner.id).order_by(Answer.at)
    for answer in person.session.scalars(mine):
        day = today(answer.at).isoformat()
        implied, by = sure.get(answer.question, ("", None))
        if implied and answer.value == by:
            yield implied, 0.0, day
        elif answer.value is not None and answer.question in names:
            yield names[answer.question], answer.value, day


def _number(row: Assumption, value: Any, day: str) -> Assumption:
    """Her number; of a range of pesos the middle, which is ours and says so."""
    if isinstance(value, int | float):
        return hers(row, float(value), day)
    if row.id != "income_now":
        return hers(row, hours_of(str(value)), day)
    number = hers(row, middle_of(str(value)), day)
    return number.model_copy(update={"kind": Kind.OURS, "source": "la mitad del rango que me dijiste"})


def numbers(person: Person, view: View) -> Numbers:
    """Everything one pathway is reckoned with: the editors' numbers, hers, the pay, then what is switched on."""
    found: Numbers = assume(person.content.guide.assumptions, {}, "") | said(person)
    if view.pathway == "employment":
        found = with_pay(found, pay(person).counted)
    return changed(person, found, view.pathway, [c for c in what_ifs(person, view.pathway) if c.id in view.changes])


def changed(person: Person, found: Numbers, pathway: str, changes: Iterable[WhatIf]) -> Numbers:
    """The same numbers after some changes, in the editors' order; work never beyond what the law allows at her age."""
    for change in changes:
        found = what_if(found, change)
    young = person.content.guide.assumptions.young
    return within_law(found, person.learner.age_band, young) if pathway == "employment" else found


def picture(person: Person, view: View, first: date | None = None) -> Year:
    """The twelve months of a pathway, from the next month on. An unknown pathway is a `KeyError`."""
    return year(view.pathway, numbers(person, view), first or next_month(person), person.content.guide.assumptions)


def next_month(person: Person) -> date:
    """The first day of the month that comes."""
    return (today(person.at).replace(day=1) + timedelta(32)).replace(day=1)


def missing(person: Person, pathway: str) -> list[str]:
    """The numbers without which this pathway cannot be counted, as they are told: none when it can."""
    found = numbers(person, View(pathway))
    return [found[name].missing for name in MAIN.get(pathway, ()) if found[name].value is None]


def what_ifs(person: Person, pathway: str) -> list[WhatIf]:
    """The changes that make sense for a pathway and her age; the scholarship only when there is one for her."""
    found = offered(person.content.guide.assumptions.what_ifs, pathway, person.learner.age_band)
    aid = scholarship(person)
    return [_filled(person, c, aid) if c.id == AID and aid else c for c in found if c.id != AID or aid]


def that_matter(person: Person, pathway: str) -> list[WhatIf]:
    """Of these, the ones that change her year as it is known so far."""
    reckoning, first, base = person.content.guide.assumptions, next_month(person), numbers(person, View(pathway))
    usual = year(pathway, base, first, reckoning).months
    return [
        change
        for change in what_ifs(person, pathway)
        if year(pathway, changed(person, base, pathway, [change]), first, reckoning).months != usual
    ]


def scholarship(person: Person) -> Scholarship | None:
    """The scholarship of her own that goes with the route she picked, or with her next level."""
    guide, me = person.content.guide.routes, person.learner
    route = next((r for r in guide.routes if r.id == picks.picked(person, picks.ROUTE)), None)
    student = Student(level=person.saved("schooling"), age_band=me.age_band, state=me.state)
    return next(iter(aid_for(guide, route, student)), None)


def _filled(person: Person, change: WhatIf, aid: Scholarship) -> WhatIf:
    says = person.content.guide.routes.says["pays"]
    pays = says.format(pesos=f"{aid.pesos:,}", every=aid.every, payments=aid.payments)
    counts = {"scholarship": aid.pesos, "scholarship_every": aid.every, "scholarship_payments": aid.payments}
    where = {"source": aid.source, "as_of": aid.as_of, "url": aid.url, "kind": Kind.FACT}
    return change.model_copy(update={"set": counts, "says": change.says.format(name=aid.name, pays=pays), **where})


def occupation(person: Person) -> Occupation | None:
    """The occupation she picked; before 18 only one that is open to her."""
    rows = {o.id: o for o in person.content.guide.occupations.occupations}
    found = rows.get(picks.picked(person, picks.OCCUPATION) or "")
    return found if found and (found.minors or person.learner.age_band != MINORS) else None


def pay(person: Person) -> Pay:
    """What people report in the occupation she picked, else the legal minimum of her zone; the lines say both."""
    wages, me, picked = person.content.guide.wages, person.learner, occupation(person)
    zone = zone_of(wages, me.state, me.municipality)
    if picked is None:
        return _least(person, zone)
    named = person.content.states[me.state].name if me.state in person.content.states else ""
    seen = pay_of(wages, picked, zone, me.state, named)
    counted = seen.reported if seen.reported and me.age_band != MINORS else seen.minimum
    return Pay(counted, seen.lines, seen.reported is not None)


def _least(person: Person, zone: Zone) -> Pay:
    wages = person.content.guide.wages
    least, says = minimum(wages, zone), wages.says
    lines = [says["minimum"].format(pesos=f"{least.pesos:,}", name=least.name, year=wages.year)]
    lines += [says["from"].format(source=least.source, as_of=spoken_date(least.as_of))]
    return Pay(least, (*lines, says["unsure_zone"]) if zone is Zone.UNSURE else tuple(lines))


def pathway(person: Person, wanted: str = "") -> str | None:
    """The pathway to count: the one asked for, else the one she looked at last or chose."""
    mine = (wanted, picks.picked(person, picks.COUNTED), person.learner.pathway)
    return next((name for name in mine if name in FLOWS), None)
