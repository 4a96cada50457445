"""The picture of a year in pesos: of one pathway, or of all that can be counted side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.content.figures import WhatIf
from bot.documents.chart import Chart, Course
from bot.documents.shapes import NOTHING, Part
from bot.guidance import counting
from bot.guidance.cashflow import FLOWS, MONTHS_SHOWN, Year, month_name, rest
from bot.guidance.counting import View
from bot.guidance.facts import Person

ALL = "all"
"""The pathway of an order for all of them."""


def order(person: Person, view: View) -> dict[str, Any]:
    """What a message carries, so that the same picture is made whenever it is fetched."""
    first = counting.next_month(person).isoformat()
    return {"paper": "chart", "pathway": view.pathway, "changes": list(view.changes), "first": first}


def chart(person: Person, wanted: Mapping[str, Any]) -> Chart:
    """The picture of an order; without a pathway that of hers. Raises `LookupError` while it cannot be counted."""
    first = date.fromisoformat(wanted["first"]) if wanted.get("first") else counting.next_month(person)
    pathway = str(wanted.get("pathway") or counting.pathway(person) or ALL)
    if pathway == ALL:
        return _all(person, first)
    if pathway not in FLOWS or counting.missing(person, pathway):
        raise LookupError(f"{pathway} cannot be counted")
    return _one(person, View(pathway, tuple(wanted.get("changes") or ())), first)


def _one(person: Person, view: View, first: date) -> Chart:
    found, say = counting.picture(person, view, first), person.content.words
    on = [supposed(c) for c in counting.what_ifs(person, view.pathway) if c.id in view.changes]
    title = say("chart_title", pathway=person.content.pathways[view.pathway].title)
    noted = Part(say("chart_changed"), tuple(on)) if on else NOTHING
    courses = (_course(person, found, found.lines[2]),)
    return Chart(title, say("chart_unit"), short_months(first), courses, noted, say("chart_foot"))


def supposed(change: WhatIf) -> str:
    """A change without its question: "¿Y si tuviera guardería?" is "Si tuviera guardería"."""
    said = change.title.strip("¿?").removeprefix("Y ")
    return f"{said[:1].upper()}{said[1:]}"


def _all(person: Person, first: date) -> Chart:
    years = [counting.picture(person, View(p), first) for p in FLOWS if not counting.missing(person, p)]
    courses = tuple(_course(person, one, one.lines[2] if _needs(person) else "") for one in years)
    say = person.content.words
    return Chart(say("chart_title_all"), say("chart_unit"), short_months(first), courses, foot=say("chart_foot"))


def _needs(person: Person) -> bool:
    return "needed" in counting.said(person)


def _course(person: Person, found: Year, line: str) -> Course:
    title, sign = person.content.pathways[found.pathway].title, list(FLOWS).index(found.pathway)
    return Course(title, tuple(m.cumulative for m in found.months), line, sign)


def short_months(first: date) -> tuple[str, ...]:
    """ "dic", "ene" …: twelve months from the first on."""
    return tuple(month_name(first, number)[:3] for number in range(1, MONTHS_SHOWN + 1))


def ends(person: Person, found: Year) -> str:
    """One line of one pathway: what is left at the end."""
    said = rest(found.months[-1].cumulative, person.content.guide.assumptions.lines)
    told = f"{said[:1].lower()}{said[1:]}"
    return person.content.words("numbers_one", title=person.content.pathways[found.pathway].title, text=told)
