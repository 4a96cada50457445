"""Keeps an answer and what follows from it; and what follows from a block that is done."""

from __future__ import annotations

from typing import Any

from bot.content.models import Question
from bot.guidance import followup, journey
from bot.guidance.answers import is_own
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.records import RECORDS
from bot.guidance.tables import Answer, Run
from bot.guidance.wording import in_words


def keep(person: Person, run: Run, question: Question, value: Any, said: str, message_id: int) -> bool:
    """Keep an answer. True when the same question is to be asked again, with what comes next in it."""
    words = in_words(question, value, said, person.content)
    free = is_own(question, value)
    row = Answer(
        run_id=run.id,
        question=question.id,
        learner_id=person.learner.id,
        wave=run.wave,
        value=None if free else value,
        words=person.sealer.seal(words) if free else None,
        message_id=message_id,
        at=person.at,
    )
    person.session.merge(row)
    person.session.flush()
    person.changed()
    if not question.saves or value is None:
        return False
    again = RECORDS[question.saves](person, Kept(question, value, words, message_id, said))
    person.changed()
    return again


def close(person: Person, run: Run) -> None:
    """A block is done: what was agreed in it gets its day in the outbox."""
    if run.interview in (journey.COMMITMENTS, journey.FOLLOW_UP) and run.about:
        followup.arrange(person, run.about)
    if run.interview == journey.BASELINE and run.wave == journey.START:
        followup.invite(person)
