"""Her way back to school as far as she has told it: who she is as a student, the way she took, her plan for it."""

from __future__ import annotations

from datetime import timedelta

from bot.content.gender import Gender
from bot.content.work import Scholarship
from bot.guidance import picks, routes
from bot.guidance.assumptions import hours_of
from bot.guidance.days import spoken, today
from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.routes import RouteFit, Student, StudyPlan

HAS = "esc_papeles"
REVIEW = timedelta(days=14)
"""After so many days a plan is looked at again."""
ONLINE = {"linea": True, "persona": False}
GOALS: dict[str, routes.Goal] = {"nivel": "level", "oficio": "trade", "certificar": "trade"}
CHILDREN = frozenset({"ninos", "jovenes"})


def student(person: Person) -> Student:
    """Who she is as a student; everything she has not said is open."""
    hours = person.memory.answers.get("horas")
    return Student(
        level=person.saved("schooling"),
        age_band=person.learner.age_band,
        state=person.learner.state,
        hours=hours_of(hours) if isinstance(hours, str) else None,
        online=ONLINE.get(person.saved("study_mode") or ""),
        man=person.learner.gender == Gender.MASCULINE,
        goal=GOALS.get(person.saved("study_goal") or ""),
    )


def fits(person: Person) -> list[RouteFit]:
    """The ways open to her, the best first."""
    return routes.routes_for(person.content.guide.routes, student(person))


def fit(person: Person, wanted: str | None) -> RouteFit | None:
    return next((found for found in fits(person) if found.route.id == wanted), None)


def taken(person: Person) -> RouteFit | None:
    """The way she took; None while she has not, or when it is no longer open to her."""
    return fit(person, picks.picked(person, picks.ROUTE))


def aid(person: Person, found: RouteFit | None) -> list[Scholarship]:
    """Scholarships for a way, or for her next level; those for her children's school when she looks after any."""
    children = bool(CHILDREN & set(person.memory.answers.get("a_cargo") or ()))
    return routes.aid_for(person.content.guide.routes, found.route if found else None, student(person), children)


def plan(person: Person) -> StudyPlan | None:
    """Her plan for the way she took; None while she has not taken one."""
    found, chosen = taken(person), picks.latest(person, picks.ROUTE)
    if found is None or chosen is None:
        return None
    day = spoken(max(today(chosen.at) + REVIEW, today(person.at)))
    mine = [a for a in aid(person, found) if a.own]
    return routes.study_plan(person.content.guide.routes, found, mine, day, person.learner.age_band)


def papers(person: Person, of: StudyPlan) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The papers she has and those she lacks; None while she has not said."""
    has = person.memory.answers.get(HAS)
    return None if has is None else routes.sorted_papers(person.content.guide.routes, of.papers, has)


def begins(person: Person) -> str:
    """When she wants to begin, in words; empty while she has not said."""
    asked, value = questions(person.content).get("esc_cuando"), person.memory.answers.get("esc_cuando")
    return next((o.title for o in asked.options if o.id == value), "") if asked else ""
