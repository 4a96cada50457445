"""Her envelopes: what goes into each, what is short or left, and what her hours of care would cost."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import budgets
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.money.envelopes import Budget
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go
from bot.guidance.wages import spoken_date

BLOCK, WEEK = "sobres", "week"


def budget(person: Person, period: str, message_id: int) -> list[Bubble]:
    """All envelopes of a month. `period`: `week` for those of a week."""
    weekly = period == WEEK
    found = budgets.read(person, weekly)
    if found is None:
        return person.say("budget_none")
    head = person.content.words("budget_week" if weekly else "budget_month", pesos=f"{found.income:,}")
    shown = Bubble(as_fits([head, *_envelopes(person, found), _rest(person, found)]), content_id="budget")
    if busy(person):
        return [shown]
    lines = [*_care(person, found), person.content.words("budget_next")]
    return [shown, Bubble("\n".join(lines), _ways(person, weekly), "budget_next")]


def _envelopes(person: Person, found: Budget) -> list[str]:
    """A line each: what goes in, and what it still lacks."""
    money = person.content.guide.money
    lines = []
    for name, pesos in found.filled.items():
        line = money.says["envelope"].format(name=money.envelopes[name], pesos=f"{pesos:,}")
        lacks = found.short.get(name, 0)
        lines.append(f"• {line}" + (f" {money.says['envelope_lacks'].format(pesos=f'{lacks:,}')}" if lacks else ""))
    return lines


def _rest(person: Person, found: Budget) -> str:
    says = person.content.guide.money.says
    if found.lacking:
        return says["envelopes_short"].format(pesos=f"{found.lacking:,}")
    return says["envelopes_left"].format(pesos=f"{found.left:,}") if found.left else says["envelopes_even"]


def _care(person: Person, found: Budget) -> list[str]:
    """Her hours, at the legal minimum, with its source."""
    if not found.care_hours:
        return []
    says, hour = person.content.guide.money.says, budgets.an_hour_of(person)
    told = says["envelopes_care"].format(hours=f"{found.care_hours:,}", pesos=f"{found.care_pesos:,}")
    return [f"{told} {says['from'].format(source=hour.source, as_of=spoken_date(hour.as_of))}"]


def _ways(person: Person, weekly: bool) -> Buttons:
    words, asked = person.content.words, person.memory.answers
    month, week = (words("button_env_month"), go("budget")), (words("button_env_week"), go("budget", WEEK))
    changes = (
        ("sb_entra", words("button_env_income")),
        ("sb_fijo", words("button_env_fixed")),
        ("sb_comida", words("button_env_food")),
    )
    return (
        month if weekly else week,
        *((title, start(BLOCK, q=q)) for q, title in changes if q in asked),
        (words("button_env_again"), start(BLOCK)),
        (words("button_goal"), go("goal")),
        (words("button_step"), start("compromisos")),
        (words("button_money"), go("money")),
    )


PAGES: dict[str, Page] = {"budget": budget}
