"""What stands on the page of her business: her words and her numbers, and nothing that she did not say."""

from __future__ import annotations

from datetime import date

from bot.documents.ink import pesos
from bot.documents.shapes import NOTHING, Part
from bot.documents.work import BusinessPlan
from bot.guidance import venture
from bot.guidance.assumptions import plain
from bot.guidance.business import OnePage
from bot.guidance.days import spoken
from bot.guidance.facts import Person
from bot.guidance.memory import questions


def business_plan(person: Person) -> BusinessPlan:
    """Raises `LookupError` while there is nothing to show."""
    say, idea, page = person.content.words, venture.idea(person), venture.page(person)
    if idea is None and page is None:
        raise LookupError("she has not said anything of a business")
    return BusinessPlan(
        say("paper_business"),
        person.name,
        idea=Part(say("paper_offer"), tuple(dict.fromkeys((idea.title, idea.what)))) if idea else NOTHING,
        buyers=Part(say("paper_buyers"), (idea.buyers,)) if idea and idea.buyers else NOTHING,
        needs=Part(say("paper_needs"), _needs(person)),
        figures=_figures(person, page, idea.unit if idea else "") if page else (),
        sell=Part(say("paper_sell"), _sold_at(person)),
        first_sale=Part(say("paper_first_sale"), _first_sale(person, idea.first_sale if idea else "")),
        sources=Part(say("paper_numbers"), page.lines) if page else NOTHING,
        foot=say("paper_foot"),
    )


def _needs(person: Person) -> tuple[str, ...]:
    """What it takes to begin, and a month without sales."""
    said, say = venture.numbers(person), person.content.words
    once = () if said.start is None else (say("paper_start", data=_money(said.start)),)
    return once if said.fixed is None else (*once, say("paper_fixed", data=_money(said.fixed)))


def _figures(person: Person, page: OnePage, unit: str) -> tuple[Part, ...]:
    """Price, cost, what is left of a sale, and how many a week lose nothing."""
    say = person.content.words
    even = (plain(page.even), say("paper_even_week", data=unit)) if page.even else ()
    return (
        Part(say("paper_price"), (_money(page.price),)),
        Part(say("paper_cost"), (_money(page.cost),)),
        Part(say("paper_margin"), (_money(page.margin),)),
        Part(say("paper_even"), even),
    )


def _money(value: float) -> str:
    """Pesos as on her other papers; cents only where there are any."""
    return pesos(int(value)) if float(value).is_integer() else f"{'-' if value < 0 else ''}${plain(abs(value))}"


def _sold_at(person: Person) -> tuple[str, ...]:
    asked, said = questions(person.content).get("neg_donde"), person.saved("sells_at")
    titles = {o.id: o.title for o in asked.options} if asked else {}
    return (titles.get(said, said),) if said else ()


def _first_sale(person: Person, sale: str) -> tuple[str, ...]:
    day = person.saved("first_sale_day")
    if not sale or not day:
        return (sale,) if sale else ()
    return (person.content.words("paper_on_day", data=sale.rstrip("."), day=spoken(date.fromisoformat(day))),)
