"""Back to school: ways for her, one of them, money for it, where it is, and her plan."""

from __future__ import annotations

from collections.abc import Collection

from bot.content.library import Bubble
from bot.content.work import Scholarship
from bot.guidance import picks, referring, schooling, service_cards
from bot.guidance.facts import Person
from bot.guidance.journey import COMMITMENTS, start
from bot.guidance.pages.base import Page, go, with_taps
from bot.guidance.routes import RouteFit, StudyPlan, paid, terms, what_follows

SHOWN = 4
BLOCK, PATHWAY = "escuela", "study"
PAPERS = "papeles"
"""The option of her first step that is getting her papers (`compromisos.yml`)."""


def routes(person: Person, seen: str, message_id: int) -> list[Bubble]:
    """Which level is next, and the ways that lead there, the best first. `seen`: how many she has seen."""
    first = int(seen) if seen.isdecimal() else 0
    guide, level = person.content.guide.routes, schooling.student(person).level
    lead = what_follows(guide, level) if level in guide.levels else ""
    found = schooling.fits(person)
    shown = found[first : first + SHOWN]
    taps = [(f.route.button, go("route", f.route.id)) for f in shown]
    more = [(person.content.words("page_more"), go("routes", str(first + SHOWN)))] if found[first + SHOWN :] else []
    lines = "\n".join(f"• {f.route.name}. {_first(f, {lead, guide.says['goal']})}" for f in shown)
    said = person.say("routes", place=lead, data=lines) if lead else person.say("routes_blank", data=lines)
    return with_taps(said, *taps, *more)


def _first(found: RouteFit, shared: Collection[str]) -> str:
    """The first reason that is not that of them all; else what it costs."""
    return next((r for r in found.reasons if r not in shared), found.route.cost)


def route(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """One of them: what it is; age, time, cost and papers; what is not sure, how to begin, and where that was read."""
    found = schooling.fit(person, wanted)
    if found is None:
        return routes(person, "", message_id)
    guide, row = person.content.guide.routes, found.route
    asks = terms(guide, row, person.learner.age_band)
    unsure = [c for c in found.cautions if c not in asks]
    begin = person.content.words("route_begin", step=row.start)
    data = "\n".join((row.name, row.what, *found.reasons))
    said = person.say("route", data=data, place="\n".join(asks), step="\n".join((*unsure, begin, found.source)))
    return with_taps(said, (person.content.words("button_my_route"), go("my_route", wanted)), *_about(person, found))


def _about(person: Person, found: RouteFit) -> list[tuple[str, str]]:
    """What else there is to know of a way: money for it, and where it is."""
    money = [(person.content.words("button_aid"), go("aid", found.route.id))]
    there = [(person.content.words("button_place"), go("place", found.route.service))] if found.route.service else []
    return [*money, *there]


def my_route(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """The way she takes: kept; then her plan, or the few questions it needs."""
    found = schooling.fit(person, wanted)
    if found is None:
        return routes(person, "", message_id)
    picks.pick(person, picks.ROUTE, wanted, message_id)
    if schooling.HAS in person.memory.answers:
        return study_plan(person, "", message_id)
    return with_taps(person.say("my_route", title=found.route.name), *_about(person, found))


def aid(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """Scholarships that apply, one a bubble with what it pays and where that was read; that there is none."""
    found = schooling.fit(person, wanted) or schooling.taken(person)
    helps = schooling.aid(person, found)
    if found is None and schooling.student(person).level is None and not helps:
        return person.say("aid_blank")
    if not helps:
        return person.say("aid_none", title=found.route.name) if found else person.say("aid_none_plain")
    *before, last = (_aid(person, one) for one in helps[:3])
    return [*(Bubble(text, content_id="aid") for text in before), *person.say("aid", data=last)]


def _aid(person: Person, one: Scholarship) -> str:
    guide, say = person.content.guide.routes, person.content.words
    lines = [f"{one.name}. {one.what}", paid(guide, one)[1], say("aid_needs", data=one.needs)]
    lines += [say("aid_papers", data=", ".join(one.papers))]
    return "\n".join([*lines, *(guide.says["ask"].format(what=f"{what}.") for what in one.unsure)])


def place(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """A service as it stands in the directory: telephone and address only where they were verified."""
    service = referring.service(person, wanted)
    if service is None:
        return person.say("nothing_open")
    return person.say("place", service=service_cards.card(person, service, ""))


def study_plan(person: Person, _: str, message_id: int) -> list[Bubble]:
    """Her plan for school: goal, way, dates; papers and money; what to ask, how to begin, when to look again."""
    plan, found = schooling.plan(person), schooling.taken(person)
    if plan is None or found is None:
        return person.say("study_empty")
    say, begins = person.content.words, schooling.begins(person)
    when = [say("study_when", day=begins.lower())] if begins else []
    goal = "\n".join((say("study_goal", data=plan.goal), say("study_way", data=plan.route), *when))
    ask = [say("study_ask", data="; ".join(plan.ask))] if plan.ask else []
    last = "\n".join((*ask, say("route_begin", step=plan.first_step), found.source, plan.review))
    said = person.say("study_plan", data=goal, place="\n".join(_needs(person, plan)), step=last)
    return with_taps(said, *_steps(person, plan), *_about(person, found))


def _needs(person: Person, plan: StudyPlan) -> list[str]:
    """Papers and money, a line each; papers she has and lacks once she has said."""
    say, known = person.content.words, schooling.papers(person, plan)
    has, lacks = known or ((), ())
    lines = [say("study_papers", data=", ".join(plan.papers))] if known is None and plan.papers else []
    lines += [say("study_has", data=", ".join(has))] if has else []
    lines += [say("study_lacks", data=", ".join(lacks))] if lacks else []
    money = [say("study_aid", data=", ".join(plan.aid))] if plan.aid else []
    return [*(lines or [say("study_no_papers")]), *money]


def _steps(person: Person, plan: StudyPlan) -> list[tuple[str, str]]:
    """What she can do next: say which papers she has, or set a day for the ones she lacks."""
    known = schooling.papers(person, plan)
    if known is None:
        return [(person.content.words("button_fill_in"), start(BLOCK))]
    mine = person.learner.pathway == PATHWAY and known[1]
    return [(person.content.words("button_papers"), start(COMMITMENTS, v=f":{PAPERS}"))] if mine else []


PAGES: dict[str, Page] = {
    "routes": routes,
    "route": route,
    "my_route": my_route,
    "aid": aid,
    "place": place,
    "study_plan": study_plan,
}
