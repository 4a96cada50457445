"""Which questions are left out for her: what she told elsewhere, and what does not hold for her (`when:`)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.content.models import Interview, Question
from bot.guidance import goals, journey, rehearsing, work_papers
from bot.guidance.facts import Person

Holds = Callable[[Person, Question, Collection[str]], bool]
"""The learner, the question, and what she has answered in this run."""

WHEN: Mapping[str, Holds] = {
    "no_occupation": lambda person, _, __: not work_papers.has_picked(person),
    "few_skills": lambda person, _, __: len(work_papers.skills(person)) < work_papers.ENOUGH_SKILLS,
    "schooling_known": lambda person, _, __: bool(work_papers.schooling(person)),
    "schooling_unknown": lambda person, _, __: not work_papers.schooling(person),
    "income_unknown": lambda person, _, __: person.amount("income") is None,
    "no_goal": lambda person, _, __: goals.read(person) is None,
    "in_this_round": rehearsing.in_this_round,
    "could_be_better": rehearsing.could_be_better,
}
"""Conditions by the name a question has under `when:`."""


def left_out(person: Person, interview: Interview, given: Collection[str]) -> set[str]:
    """Questions not to be asked: asked once and answered, or skipped, before; in a later wave all are asked again."""
    first = person.run is None or person.run.wave == journey.START
    fresh = [q for q in interview.questions if q.id not in given]
    return {q.id for q in fresh if (q.once and first and _is_behind_her(person, q)) or not _holds(person, q, given)}


def _is_behind_her(person: Person, question: Question) -> bool:
    return person.knows(question) or question.id in person.memory.answers


def _holds(person: Person, question: Question, given: Collection[str]) -> bool:
    return question.when not in WHEN or WHEN[question.when](person, question, given)
