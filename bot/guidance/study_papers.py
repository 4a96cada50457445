"""What stands on her plan for school: the way she took as it was read, her papers and her dates."""

from __future__ import annotations

from bot.documents.school import SchoolPlan
from bot.documents.shapes import NOTHING, Part
from bot.guidance import schooling
from bot.guidance.facts import Person
from bot.guidance.routes import StudyPlan, paid, terms


def study_plan(person: Person) -> SchoolPlan:
    """Raises `LookupError` while she has not taken a way."""
    say, plan, found = person.content.words, schooling.plan(person), schooling.taken(person)
    if plan is None or found is None:
        raise LookupError("she has not taken a way to study")
    begins = schooling.begins(person)
    when = (say("study_when", day=begins.lower()),) if begins else ()
    *about, _ = terms(person.content.guide.routes, found.route, person.learner.age_band)
    has, lacks = _papers(person, plan)
    return SchoolPlan(
        say("paper_school"),
        person.name,
        goal=Part(say("paper_aim"), (_capital(plan.goal),)),
        way=Part(say("paper_way"), (plan.route, found.route.what)),
        dates=Part(say("paper_dates"), (*when, plan.review)),
        terms=Part(say("paper_terms"), tuple(about)),
        has=has,
        lacks=lacks,
        aid=Part(say("paper_aid"), tuple(_aid(person))),
        ask=Part(say("paper_ask"), tuple(map(_capital, plan.ask))),
        begin=Part(say("paper_begin"), (plan.first_step,)),
        sources=Part(say("paper_read"), (found.source,)),
        foot=say("paper_foot"),
    )


def _papers(person: Person, plan: StudyPlan) -> tuple[Part, Part]:
    """What she has, and what she lacks; all that is asked for while she has not said."""
    say, known = person.content.words, schooling.papers(person, plan)
    if known is None:
        return NOTHING, Part(say("paper_asked"), tuple(map(_capital, plan.papers)))
    has, lacks = (tuple(map(_capital, papers)) for papers in known)
    return Part(say("paper_has"), has), Part(say("paper_lacks"), lacks)


def _aid(person: Person) -> list[str]:
    """Each scholarship with what it pays and where that was read."""
    helps = [a for a in schooling.aid(person, schooling.taken(person)) if a.own]
    return [f"{one.name}. {paid(person.content.guide.routes, one)[1]}" for one in helps]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
