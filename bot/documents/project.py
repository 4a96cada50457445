"""Her life project: a card for the telephone, and one page to take to a school, an employer or a facilitator."""

from __future__ import annotations

from dataclasses import dataclass

from bot.documents.shapes import NOTHING, Look, Part, Row, Sheet
from bot.documents.sheets import page, picture


@dataclass(frozen=True)
class Card:
    """What fits a picture. Anything may be left out; what is not passed is not on it."""

    title: str
    name: str
    have: Part = NOTHING
    like: Part = NOTHING
    matters: Part = NOTHING
    goal: Part = NOTHING
    pathway: Part = NOTHING
    step: Part = NOTHING
    foot: str = ""


@dataclass(frozen=True)
class Project:
    """The whole of it. `future`: where she wants to be, the nearest first (one, three and five years)."""

    title: str
    name: str
    have: Part = NOTHING
    like: Part = NOTHING
    matters: Part = NOTHING
    future: tuple[Part, ...] = ()
    obstacles: Part = NOTHING
    people: Part = NOTHING
    pathway: Part = NOTHING
    plan: Part = NOTHING
    foot: str = ""


def card(of: Card) -> bytes:
    """The card as a PNG, 1080 pixels wide."""
    rows = (
        Row((of.have,)),
        Row((of.like, of.matters)),
        Row((of.goal,)),
        Row((of.pathway,), Look.TINTED),
        Row((of.step,), Look.TICKS),
    )
    return picture(Sheet(of.title, of.name, rows, of.foot))


def project(of: Project) -> bytes:
    """The life project as a PDF of one page."""
    rows = (
        Row((of.have, of.like, of.matters)),
        Row(of.future, Look.PATH),
        Row((of.obstacles, of.people)),
        Row((of.pathway,), Look.TINTED),
        Row((of.plan,), Look.TICKS),
    )
    return page(Sheet(of.title, of.name, rows, of.foot))
