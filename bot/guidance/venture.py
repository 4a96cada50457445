"""Her business as far as she has told it: the idea, the numbers and what they say, from her answers and her pick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.content.blocks import INTEREST
from bot.content.rehearsal import Idea
from bot.guidance import business, picks, traits
from bot.guidance.business import IdeaFit, OnePage
from bot.guidance.memory import questions

if TYPE_CHECKING:
    from bot.guidance.facts import Person
    from bot.guidance.kept import Kept

LIKED = "gusta"


@dataclass(frozen=True)
class Numbers:
    """What she said, in pesos: of one unit, of beginning, of a month; `units` a week. None: not said."""

    price: float | None
    cost: float | None
    units: float | None
    start: float | None
    fixed: float | None


def numbers(person: Person) -> Numbers:
    return Numbers(*(person.amount(name) for name in ("price", "unit_cost", "units_week", "start_cost", "fixed")))


def ideas(person: Person) -> list[IdeaFit]:
    """Ideas for her, those that begin with what she has done and likes first."""
    guide, content = person.content.guide, person.content
    asked, liked = questions(content).get(LIKED), person.memory.answers.get(LIKED) or ()
    phrases = {o.id: o.phrase for o in asked.options if o.id in liked} if asked else {}
    skills = {s.skill.id: s.skill.you for s in traits.able(guide.strengths, person.memory)}
    return business.ideas(guide.business, (), skills, phrases, person.learner.age_band)


def has_told(person: Person) -> bool:
    """Whether she has said anything an idea could begin with."""
    known = {*person.memory.answers, *person.memory.words}
    return bool(known & {LIKED, traits.DONE, *traits.TOLD}) or any(q.startswith(INTEREST) for q in known)


def idea(person: Person) -> Idea | None:
    """The idea she picked, with her own buyers and first sale where she named them; or the one she wrote herself."""
    rows = {row.id: row for row in person.content.guide.business.ideas}
    row, buyers, sale = rows.get(picks.picked(person, picks.IDEA) or ""), *_hers(person)
    if row:
        return row.model_copy(update={k: v for k, v in (("buyers", buyers), ("first_sale", sale)) if v})
    offer = person.saved("offer")
    return (
        business.own_idea(person.content.guide.business, offer[:1].upper() + offer[1:], buyers, sale) if offer else None
    )


def _hers(person: Person) -> tuple[str, str]:
    return person.saved("buyers") or "", person.saved("first_sale") or ""


def page(person: Person) -> OnePage | None:
    """Her numbers on a page; None while the price or the cost of one is not known."""
    said, guide = numbers(person), person.content.guide.business
    if said.price is None or said.cost is None:
        return None
    what = idea(person) or business.own_idea(guide, "")
    return business.one_page(guide, what, said.price, said.cost, said.fixed or 0, said.start or 0, said.units)


def text(person: Person) -> str:
    """What her numbers say, a line each; what is missing while it is not enough for a sum."""
    done, said, say = page(person), numbers(person), person.content.words
    if said.price is None:
        return say("business_lacks_both" if said.cost is None else "business_lacks_price")
    if done is None:
        return say("business_lacks_cost")
    uncounted = [] if said.fixed is not None or done.even is None else [say("business_no_fixed")]
    return "\n".join((*done.lines[:-1], *uncounted, done.lines[-1]))


def margin(person: Person, kept: Kept) -> list[str]:
    """Said to the cost of one: what is left of a sale."""
    done = page(person)
    return [done.lines[0]] if done else []


def buyers_example(person: Person) -> str:
    chosen = _picked(person)
    return chosen.buyers if chosen else person.content.words("business_buyers")


def sale_example(person: Person) -> str:
    chosen = _picked(person)
    return chosen.first_sale if chosen else person.content.words("business_sale")


def _picked(person: Person) -> Idea | None:
    wanted = picks.picked(person, picks.IDEA)
    return next((row for row in person.content.guide.business.ideas if row.id == wanted), None)
