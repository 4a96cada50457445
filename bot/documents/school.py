"""Her plan for school and beyond: goal, way, money, papers, dates, and what she asks there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.shapes import NOTHING, Look, Part, Row, Sheet
from bot.documents.sheets import page


@dataclass(frozen=True)
class SchoolPlan:
    """`has` and `lacks`: papers; `dates`: when she wants to begin and when the plan is looked at again."""

    title: str
    name: str
    goal: Part = NOTHING
    way: Part = NOTHING
    dates: Part = NOTHING
    terms: Part = NOTHING
    has: Part = NOTHING
    lacks: Part = NOTHING
    aid: Part = NOTHING
    ask: Part = NOTHING
    begin: Part = NOTHING
    sources: Part = NOTHING
    foot: str = ""


def school_plan(of: SchoolPlan) -> bytes:
    """The plan as a PDF of one page."""
    rows = (
        Row((of.goal, of.way), Look.TINTED),
        Row((of.terms, of.dates)),
        Row((of.lacks,), Look.TICKS),
        Row((of.has, of.aid)),
        Row((of.ask,), Look.TICKS),
        Row((of.begin,), Look.TINTED),
        Row((of.sources,)),
    )
    return page(Sheet(of.title, of.name, rows, of.foot))
