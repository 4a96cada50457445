"""Her goal: how far she is, by when, what it would take to be there sooner, and what she put away this week."""

from __future__ import annotations

from dataclasses import replace

from bot.content.library import Bubble
from bot.guidance import followup, goals
from bot.guidance.days import spoken, today
from bot.guidance.facts import Person
from bot.guidance.goals import BLOCK, PUT_AWAY, Goal
from bot.guidance.journey import start
from bot.guidance.money import saving
from bot.guidance.pages.base import Buttons, Page, busy, go

SOONER = ("4", "13", "26")
"""Weeks that are offered as "y si lo quiero en…"."""
LONGEST = 260
"""Weeks (five years) after which a smaller goal first is the better answer."""


def goal(person: Person, weeks: str, message_id: int) -> list[Bubble]:
    """Her goal with its picture. `weeks`: in how many she would like to have it; nothing, by what she puts away."""
    hers = goals.read(person)
    if hers is None:
        return person.say("goal_none")
    title = person.content.words("goal", title=hers.what)
    told = "\n".join([title, goals.progress_line(person, hers), *_by_when(person, hers, weeks)])
    shown = Bubble(told, content_id="goal")
    if busy(person):
        return [shown]
    picture = {"paper": "saving", "saved": hers.how_far.saved, "target": hers.pesos}
    done = hers.how_far.missing == 0
    asks = person.content.words("goal_reached" if done else "goal_week")
    asks = f"{_promise(person)} {asks}".strip()
    return [replace(shown, media=picture), Bubble(asks, _ways(person, done, weeks), "goal_week")]


def _promise(person: Person) -> str:
    """When she will be asked, where that was just agreed; on WhatsApp, that she must write first."""
    one = goals.current(person)
    agreed = one is not None and one.reminder_id and person.run is not None and person.run.about == one.id
    return followup.promise(person) if agreed else ""


def _by_when(person: Person, hers: Goal, weeks: str) -> list[str]:
    """By what she puts away, or what it would take for a time; nothing when it is reached."""
    missing = hers.how_far.missing
    if missing == 0:
        return []
    says = person.content.guide.money.says
    if weeks in SOONER:
        way = saving.by_weeks(missing, int(weeks))
        name = "goal_once" if way.weeks == 1 else "goal_weekly"
    else:
        way = saving.by_amount(missing, hers.weekly)
        name = "goal_once" if way.weeks == 1 else "goal_weeks" if way.weeks <= LONGEST else "goal_far"
    sums = {"missing": way.missing, "weekly": way.weekly, "weeks": way.weeks, "last": way.last}
    told = says[name].format(**{name: f"{value:,}" for name, value in sums.items()})
    one = goals.current(person)
    if way.weeks > LONGEST or one is None or one.day is None:
        return [told]
    last = spoken(way.day(max(one.day, today(person.at))))
    return [f"{told} {says['goal_day'].format(day=last)}"]


def _ways(person: Person, done: bool, weeks: str) -> Buttons:
    words = person.content.words
    more = ((words("button_other_goal"), start(BLOCK)), (words("button_money"), go("money")))
    if done:
        return more
    titles = (words("button_one_month"), words("button_three_months"), words("button_six_months"))
    sooner = tuple((title, go("goal", n)) for n, title in zip(SOONER, titles, strict=True) if n != weeks)
    return (
        (words("button_put_away"), start(PUT_AWAY)),
        (words("button_change_weekly"), start(BLOCK, q="me_semana")),
        *sooner,
        (words("button_change_goal"), start(BLOCK, q="me_cuanto")),
        (words("button_change_day"), start(BLOCK, q="me_dia")),
        *more,
    )


PAGES: dict[str, Page] = {"goal": goal}
