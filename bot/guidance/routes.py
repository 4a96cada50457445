"""Which level of schooling is next and which real routes lead there, each with what is sure and what must be asked.

Pure: rows of `routes.yml` and a `Student` in. A route is left out only when it surely does not fit: a level that is
missing or already there, an age out of reach, another state. What the sources disagree on is a question, not a no.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.content.work import Route, Routes, Scholarship
from bot.guidance.occupations import LEVELS, MINORS
from bot.guidance.wages import Figure, spoken_date

AGES = {"14-17": (14, 17), "18-24": (18, 24), "25-29": (25, 29), "30-44": (30, 44), "45+": (45, 120)}
"""Youngest and oldest of each age band."""
SURE = ("high", "medium", "low")
Goal = Literal["level", "trade"]
FEW_HOURS = 3
"""With so many hours a day or fewer, a route at her own pace is easier to keep."""


@dataclass(frozen=True)
class Student:
    """Who wants to study. Everything unknown is None and shuts no door. `online`: whether she wants it so; `goal`: the
    next level, or a trade and its papers."""

    level: str | None = None
    age_band: str | None = None
    state: str | None = None
    hours: float | None = None
    online: bool | None = None
    goal: Goal | None = None
    man: bool = False
    """Spoken to as a man."""


@dataclass(frozen=True)
class RouteFit:
    """One route for her: why it fits, what must be known or asked first, and where that was read."""

    route: Route
    score: int
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class StudyPlan:
    """Her own plan for school: goal, way, aid, papers, what to ask there, first step, when it is looked at again."""

    goal: str
    route: str
    aid: tuple[str, ...]
    papers: tuple[str, ...]
    ask: tuple[str, ...]
    first_step: str
    review: str


def next_level(level: str | None) -> str | None:
    """The level that follows the one finished; None after the last, and while unknown."""
    place = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    return LEVELS[place + 1] if place + 1 < len(LEVELS) else None


def routes_for(guide: Routes, student: Student) -> list[RouteFit]:
    """The routes open to her, the best first, whatever the order of the rows."""
    open_ = [r for r in guide.routes if _open(r, student)]
    return sorted((_fit(guide, r, student) for r in open_), key=_order)


def _order(fit: RouteFit) -> tuple[int, int, bool, str]:
    """The best first; of equal ones the better known, then the free one, then by id."""
    return -fit.score, SURE.index(fit.route.confidence), not fit.route.free, fit.route.id


def _open(route: Route, student: Student) -> bool:
    hers = not (route.women and student.man)
    fits = _level_fits(route, student.level) and _age_fits(route, student.age_band)
    return hers and fits and _here(route, student.state)


def _level_fits(route: Route, level: str | None) -> bool:
    if level not in LEVELS:
        return True
    has = LEVELS.index(level)
    return LEVELS.index(route.needs) <= has and (route.gives is None or LEVELS.index(route.gives) > has)


def _age_fits(route: Route, age_band: str | None) -> bool:
    oldest = AGES.get(age_band or "", (0, 120))[1]
    return route.age is None or route.age_unsure or oldest >= route.age


def _here(route: Route, state: str | None) -> bool:
    return not route.states or state is None or state in route.states


def _fit(guide: Routes, route: Route, student: Student) -> RouteFit:
    points = list(_points(guide, route, student))
    reasons = tuple(text for _, text in sorted(points, key=lambda p: -p[0]))
    source = guide.says["from"].format(source=route.source, as_of=spoken_date(route.as_of))
    return RouteFit(route, sum(weight for weight, _ in points), reasons, cautions(guide, route, student), source)


def _points(guide: Routes, route: Route, student: Student) -> Iterable[tuple[int, str]]:
    says, weights = guide.says, guide.weights
    if route.gives and route.gives == next_level(student.level):
        yield weights.next, what_follows(guide, student.level or "")
    if route.gives is None:
        yield weights.trade, says["trade"]
    if student.goal and (route.gives is None) == (student.goal == "trade"):
        yield weights.goal, says["goal"]
    if student.online is not None and route.online == student.online:
        yield weights.online, says["online" if route.online else "in_person"]
    if route.own_pace and student.hours is not None and student.hours <= FEW_HOURS:
        yield weights.pace, says["pace"].format(hours=f"{student.hours:g}")


def what_follows(guide: Routes, level: str) -> str:
    """What follows the level she finished."""
    name = "next" if level in guide.done else "first"
    return guide.says[name].format(done=guide.done.get(level, ""), level=guide.levels[level])


def cautions(guide: Routes, route: Route, student: Student) -> tuple[str, ...]:
    """What to know or ask before she counts on it."""
    youngest = AGES.get(student.age_band or "", (0, 120))[0]
    told = list[str]()
    if route.age_unsure:
        told += [guide.says["age_unsure"]]
    elif route.age is not None and youngest < route.age:
        told += [guide.says["age"].format(age=route.age)]
    told += [guide.says["low"]] if route.confidence == "low" else []
    return (*told, *(guide.says["ask"].format(what=_asking(what)) for what in route.unsure))


def papers_of(route: Route, age_band: str | None) -> tuple[str, ...]:
    """The papers that are asked of her."""
    return (*route.papers, *(route.papers_young if age_band == MINORS else ()))


def terms(guide: Routes, route: Route, age_band: str | None) -> tuple[str, ...]:
    """From which age, how long, what it costs and the papers, a line each."""
    says = guide.says
    age = says["age_unsure"] if route.age_unsure else says["age"].format(age=route.age) if route.age else says["no_age"]
    lasts = [says["lasts"].format(time=_spoken(guide, route.months))] if route.months else []
    asked = papers_of(route, age_band)
    papers = says["papers"].format(papers=", ".join(asked)) if asked else says["no_papers"]
    return (age, *lasts, says["cost"].format(cost=route.cost), papers)


def _spoken(guide: Routes, months: int) -> str:
    """Months as they are said: 30 are two years and a half."""
    years, rest = divmod(months, 12)
    said = guide.says["years"].format(years=years) if years else ""
    return (
        said + guide.says["half"]
        if years and rest == 6
        else said
        if years and not rest
        else guide.says["months"].format(months=months)
    )


def _asking(what: str) -> str:
    return what if what.endswith((".", "?")) else f"{what}."


def sorted_papers(
    guide: Routes, papers: Iterable[str], has: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The papers she has and those she lacks, in their order. `has`: ids of `guide.papers`."""
    held = {paper for thing in has for paper in guide.papers.get(thing, ())}
    wanted = list(papers)
    return tuple(p for p in wanted if p in held), tuple(p for p in wanted if p not in held)


def aid_for(guide: Routes, route: Route | None, student: Student, children: bool = False) -> list[Scholarship]:
    """Scholarships for a route, or for her next level in a public school when there is no route yet. One takes exams or
    a course without being a pupil: no scholarship then. With `children`, also those for their school."""
    inside = route.gives if route and route.in_school else None
    level = inside if route else next_level(student.level)
    return [s for s in guide.scholarships if (level in s.level if s.own else children)]


def paid(guide: Routes, aid: Scholarship) -> tuple[Figure, str]:
    """What one payment of a scholarship is, with its source, and the sentence that says it."""
    said = guide.says["pays"].format(pesos=f"{aid.pesos:,}", every=aid.every, payments=aid.payments)
    source = guide.says["from"].format(source=aid.source, as_of=spoken_date(aid.as_of))
    whose = [] if aid.own else [guide.says["children"]]
    return Figure(aid.pesos, aid.name, aid.source, aid.as_of, aid.url), " ".join([said, *whose, source])


def study_plan(
    guide: Routes, fit: RouteFit, aid: Iterable[Scholarship], review: str, age_band: str | None = None
) -> StudyPlan:
    """The route she took and its aid as one page: nothing that is not in the rows. `review`: the day, in words."""
    route, helps = fit.route, list(aid)
    papers = dict.fromkeys([*papers_of(route, age_band), *(p for s in helps for p in s.papers)])
    ask = dict.fromkeys([*route.unsure, *(u for s in helps for u in s.unsure)])
    goal = guide.done.get(route.gives or "", route.name)
    again = guide.says["review"].format(day=review)
    return StudyPlan(goal, route.name, tuple(s.name for s in helps), tuple(papers), tuple(ask), route.start, again)
