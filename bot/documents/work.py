"""Papers for her work: a CV from six answers, and a business plan of one page."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.shapes import NOTHING, Look, Part, Row, Sheet
from bot.documents.sheets import page


@dataclass(frozen=True)
class Curriculum:
    """Six answers. `wanted`: the work she looks for, said under her name; `reach`: how an employer finds her."""

    name: str
    wanted: str
    about: Part = NOTHING
    done: Part = NOTHING
    skills: Part = NOTHING
    studies: Part = NOTHING
    hours: Part = NOTHING
    reach: Part = NOTHING


@dataclass(frozen=True)
class BusinessPlan:
    """`figures`: the numbers in large, each with the figure as its first line ("$25", "12 a la semana")."""

    title: str
    name: str
    idea: Part = NOTHING
    buyers: Part = NOTHING
    needs: Part = NOTHING
    figures: tuple[Part, ...] = ()
    sell: Part = NOTHING
    formal: Part = NOTHING
    first_sale: Part = NOTHING
    sources: Part = NOTHING
    foot: str = ""


def curriculum(of: Curriculum) -> bytes:
    """The CV as a PDF of one page. It carries nobody's name but hers."""
    rows = (Row((of.about,)), Row((of.done,)), Row((of.skills,)), Row((of.studies, of.hours)), Row((of.reach,)))
    return page(Sheet(of.wanted, of.name, rows, ours=False))


def business_plan(of: BusinessPlan) -> bytes:
    """The plan as a PDF of one page."""
    rows = (
        Row((of.idea,), Look.TINTED),
        Row((of.buyers, of.needs)),
        Row(of.figures, Look.FIGURES),
        Row((of.sell, of.formal)),
        Row((of.first_sale,), Look.TICKS),
        Row((of.sources,)),
    )
    return page(Sheet(of.title, of.name, rows, of.foot))
