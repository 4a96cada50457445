"""What a loan really costs: the total, 100 pesos of it, a year of it; beside another offer; and what the CAT is."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import offers
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.money.loans import MOST, Cost, compare, cost
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go

BLOCK, OTHER_BLOCK = "prestamo", "prestamo_otro"


def loan(person: Person, _: str, message_id: int) -> list[Bubble]:
    """One offer in pesos. Numbers that cannot be true are said to be so, and can be changed."""
    try:
        offer = offers.read(person, offers.FIRST)
    except ValueError:
        return _odd(person, BLOCK, offers.FIRST)
    if offer is None:
        return person.say("loan_none")
    shown = Bubble(as_fits(lines(person, cost(offer))), content_id="loan")
    return [shown] if busy(person) else [shown, Bubble(person.content.words("loan_next"), _ways(person), "loan_next")]


def lines(person: Person, told: Cost) -> list[str]:
    """All that is said of one offer; when less is paid back than was lent, that something must be wrong."""
    says, offer = person.content.guide.money.says, told.offer
    total = says["loan_total"].format(
        principal=f"{offer.principal:,}", total=f"{told.total:,}", cost=f"{max(told.cost, 0):,}"
    )
    if told.yearly is None or told.cost < 0:
        return [says["loan_less"]]
    yearly = "loan_yearly_most" if told.yearly >= MOST else "loan_yearly"
    return [
        total,
        says["loan_hundred"].format(pesos=f"{told.per_hundred:,}"),
        says[yearly].format(percent=f"{told.yearly:,}"),
    ]


def _ways(person: Person) -> Buttons:
    words = person.content.words
    return (
        (words("button_compare_loan"), start(OTHER_BLOCK)),
        (words("button_cat"), go("cat")),
        (words("button_loan_principal"), start(BLOCK, q="pr_monto")),
        (words("button_loan_payment"), start(BLOCK, q="pr_pago")),
        (words("button_loan_payments"), start(BLOCK, q="pr_pagos")),
        (words("button_another_loan"), start(BLOCK)),
        (words("button_money"), go("money")),
    )


def side_by_side(person: Person, _: str, message_id: int) -> list[Bubble]:
    """Both offers, the cheaper first, and why a small payment is not always a cheap loan."""
    try:
        first, other = offers.read(person, offers.FIRST), offers.read(person, offers.OTHER)
    except ValueError:
        return _odd(person, OTHER_BLOCK, offers.OTHER)
    if first is None or other is None:
        return loan(person, "", message_id)
    cheap, dear = compare([first, other])
    each = [f"{one.offer.name}: {' '.join(lines(person, one)[:2])}" for one in (cheap, dear)]
    shown = Bubble(as_fits([*each, *_which(person, cheap, dear)]), content_id="loan_compare")
    if busy(person):
        return [shown]
    words = person.content.words
    ways = (
        (words("button_cat"), go("cat")),
        (words("button_compare_again"), start(OTHER_BLOCK)),
        (words("button_loan_first"), go("loan")),
        (words("button_money"), go("money")),
    )
    return [shown, Bubble(words("loan_next"), ways, "loan_next")]


def _which(person: Person, cheap: Cost, dear: Cost) -> list[str]:
    says = person.content.guide.money.says
    if cheap.cost * dear.offer.principal == dear.cost * cheap.offer.principal:
        return [says["loan_same"]]
    sums = {"pesos": f"{cheap.per_hundred:,}", "other": f"{dear.per_hundred:,}"}
    told = [says["loan_cheaper"].format(name=_within(cheap.offer.name), **sums)]
    if dear.offer.payment < cheap.offer.payment and dear.total > cheap.total:
        more = f"{dear.total - cheap.total:,}"
        told.append(says["loan_ease"].format(name=dear.offer.name, pesos=more))
    return told


def _within(name: str) -> str:
    """A name within a sentence."""
    return name[:1].lower() + name[1:]


def cat(person: Person, _: str, message_id: int) -> list[Bubble]:
    """What the CAT is, and where to compare."""
    words = person.content.words
    ways = ((words("button_loan_first"), go("loan")), (words("button_money"), go("money")))
    return [Bubble(person.content.guide.money.says["loan_cat"], ways, "loan_cat")]


def _odd(person: Person, block: str, which: str) -> list[Bubble]:
    """A fee as high as the loan cannot be true."""
    words = person.content.words
    ways = ((words("button_loan_fee"), start(block, q=f"{which}_comision")), (words("button_money"), go("money")))
    return [Bubble(words("loan_odd"), ways, "loan_odd")]


PAGES: dict[str, Page] = {"loan": loan, "loan_compare": side_by_side, "cat": cat}
