"""Getting out of debt: which first, this month's step, how long it takes, and what a collector may not do."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import owing
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.money.debts import Method, Plan, plan, smallest_step
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go

BLOCK, NEED = "deudas", "money"


def debts(person: Person, value: str, message_id: int) -> list[Bubble]:
    """The order and the step. `value`: `dear` to begin with the dearest; else with the smallest."""
    mine, method = owing.read(person), _method(value)
    if not mine:
        return person.say("debts_none")
    found = plan(mine, method, owing.on_top(person))
    shown = Bubble(as_fits(_lines(person, found, method)), content_id="debts")
    if busy(person):
        return [shown]
    rights = person.content.guide.money.says["debts_rights"]
    return [shown, Bubble(rights, _ways(person, method, len(mine)), "debts_rights")]


def _method(value: str) -> Method:
    return "dear" if value == "dear" else "small"


def _lines(person: Person, found: Plan, method: Method) -> list[str]:
    says, mine = person.content.guide.money.says, owing.read(person)
    first = found.order[0]
    order = [f"{number}. {name[:1].upper()}{name[1:]}" for number, name in enumerate(found.order, 1)]
    lines = [person.content.words("debts"), *order] if len(order) > 1 else []
    lines += [says[f"debts_{method}"].format(name=first)] if len(order) > 1 else []
    lines += [says["debts_step"].format(pesos=f"{found.first_payment:,}", name=first)] if found.first_payment else []
    if found.months is None or found.paid is None:
        lines += [says["debts_never"]]
    else:
        name = "debts_month" if found.months == 1 else "debts_months"
        lines += [says[name].format(months=found.months, pesos=f"{found.paid:,}")]
    step = smallest_step(mine, owing.on_top(person))
    lines += [says["debts_smallest"].format(pesos=f"{step:,}")] if step and step < owing.on_top(person) else []
    return [*lines, person.content.words("debts_unsure")] if owing.unsure(person) else lines


def _ways(person: Person, method: Method, count: int) -> Buttons:
    words = person.content.words
    small, dear = (words("button_debts_small"), go("debts", "small")), (words("button_debts_dear"), go("debts", "dear"))
    turn = (small if method == "dear" else dear,) if count > 1 else ()
    return (
        *turn,
        (words("button_debts_extra"), start(BLOCK, q="dz_mas")),
        (words("button_debts_paid"), start(BLOCK, q="d1_paga")),
        (words("button_harassed"), go("services", NEED)),
        (words("button_step"), start("compromisos")),
        (words("button_debts_again"), start(BLOCK)),
        (words("button_money"), go("money")),
    )


PAGES: dict[str, Page] = {"debts": debts}
