"""The way through one block of questions: which apply, how much is left. Pure functions of plain values."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from bot.content.models import OWN, Interview, Question
from bot.guidance.pathways import listed

__all__ = ["OWN", "fits", "minutes", "path", "section_begins"]


def path(
    interview: Interview, given: Mapping[str, Any], known: Mapping[str, Any], kept: Collection[str]
) -> list[Question]:
    """The questions that apply, given her answers. `kept`: questions of which the answer is known from elsewhere.

    An answer to a question that no longer applies counts for nothing.
    """
    facts = dict(known)
    applies = []
    for question in interview.questions:
        if fits(question, facts) and (question.id in given or question.id not in kept):
            applies.append(question)
            if question.id in given:
                facts[question.id] = given[question.id]
    return applies


def fits(question: Question, known: Mapping[str, Any]) -> bool:
    """Whether all conditions of a question hold."""
    return all(set(listed(known.get(key))) & set(values) for key, values in question.ask_if.items())


def minutes(interview: Interview, answered: Collection[str]) -> int:
    """Minutes left of a block, by the share of questions that everyone gets; at least one while it is open."""
    asked = [q.id for q in interview.questions if not q.ask_if] or [q.id for q in interview.questions]
    left = sum(q not in answered for q in asked) / len(asked)
    return max(math.ceil(interview.minutes * left), 1)


def section_begins(questions: list[Question], question: Question) -> bool:
    """Whether a question is the first of a part of its block."""
    place = questions.index(question)
    return bool(question.section) and (place == 0 or questions[place - 1].section != question.section)
