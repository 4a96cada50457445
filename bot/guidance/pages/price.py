"""The price of what she sells: what a piece costs with her time in it, what to ask, and how many lose nothing."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import budgets
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.money.prices import Batch, Price
from bot.guidance.money.prices import price as priced
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go
from bot.guidance.wages import spoken_date

BLOCK = "precio"
GAINS, USUAL = (20, 30, 50, 100), 30
"""Percent on what it costs her, offered as "y si gano…"; the one shown at first."""


def read(person: Person) -> Batch | None:
    """What she makes at one time; None while a number is missing."""
    said = [person.amount(name) for name in ("batch_materials", "batch_hours", "batch_pieces")]
    materials, hours, pieces = said
    if materials is None or hours is None or not pieces:
        return None
    return Batch(round(materials), round(hours * 60), round(pieces))


def price(person: Person, gain: str, message_id: int) -> list[Bubble]:
    """The price with a gain on it. `gain`: percent; nothing, the usual one."""
    batch = read(person)
    if batch is None:
        return person.say("price_none")
    percent = int(gain) if gain.isdecimal() and int(gain) in GAINS else USUAL
    fixed = round(person.amount("fixed") or 0)
    found = priced(batch, budgets.an_hour_of(person).pesos, percent, fixed)
    shown = Bubble(as_fits(_lines(person, found, percent, fixed)), content_id="price")
    if busy(person):
        return [shown]
    return [shown, Bubble(_from(person), _ways(person, percent), "price_next")]


def _lines(person: Person, found: Price, percent: int, fixed: int) -> list[str]:
    says = person.content.guide.money.says
    lines = [says["price_floor"].format(floor=f"{found.floor:,}")]
    lines += [says["price_time"].format(pesos=f"{found.time:,}")] if found.time else []
    lines += [says["price_ask"].format(gain=percent, price=f"{found.price:,}")]
    if found.even is None:
        return [*lines, says["price_no_even"]]
    return [*lines, says["price_even"].format(pieces=f"{found.even:,}")] if fixed else lines


def _from(person: Person) -> str:
    """What her hour was reckoned with, and where that was read."""
    hour, says = budgets.an_hour_of(person), person.content.guide.money.says
    where = says["from"].format(source=hour.source, as_of=spoken_date(hour.as_of))
    return f"{says['price_hour'].format(pesos=f'{hour.pesos:,}')} {where}\n{person.content.words('price_next')}"


def _ways(person: Person, percent: int) -> Buttons:
    words = person.content.words
    gains = tuple((words("button_gain", count=g), go("price", str(g))) for g in GAINS if g != percent)
    return (
        *gains,
        (words("button_price_cost"), start(BLOCK, q="pc_material")),
        (words("button_price_pieces"), start(BLOCK, q="pc_piezas")),
        (words("button_price_hours"), start(BLOCK, q="pc_horas")),
        (words("button_price_again"), start(BLOCK)),
        (words("button_money"), go("money")),
    )


PAGES: dict[str, Page] = {"price": price}
