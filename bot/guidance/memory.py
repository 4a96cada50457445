"""What she has answered so far, over all blocks, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.content.models import Question
from bot.guidance.tables import Answer, Run
from bot.people.privacy import Sealer
from bot.people.tables import Learner


@dataclass
class Memory:
    """Her answers by question, the latest of each; `words` holds what she wrote freely."""

    answers: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def recall(session: Session, sealer: Sealer, learner_id: str) -> Memory:
    """Read everything she answered in the blocks of guidance."""
    memory = Memory()
    mine = select(Answer).join(Run, Run.id == Answer.run_id).where(Answer.learner_id == learner_id)
    for answer in session.scalars(mine.order_by(Answer.at, Answer.message_id)):
        memory.answers.pop(answer.question, None)  # so that what was said last stands last
        memory.answers[answer.question] = answer.value
        if answer.words:
            memory.words[answer.question] = sealer.unseal(answer.words)
        else:
            memory.words.pop(answer.question, None)  # what she wrote before does not stand beside what she says now
    return memory


def questions(content: Content) -> dict[str, Question]:
    return {q.id: q for interview in content.interviews.values() for q in interview.questions}


def saved(content: Content, memory: Memory, name: str) -> str | None:
    """The latest answer that a question keeps as `name` (`saves:`): its words, or its value."""
    found = None
    for question in questions(content).values():
        if question.saves == name and question.id in memory.answers:
            found = memory.words.get(question.id) or memory.answers[question.id] or found
    return found


def amount(content: Content, memory: Memory, name: str) -> float | None:
    """The number that a question keeps as `name`, the one said last; 0 is one. None while she has not said it."""
    mine = {q.id for q in questions(content).values() if q.saves == name}
    said = [value for question, value in memory.answers.items() if question in mine and isinstance(value, (int, float))]
    return float(said[-1]) if said else None


def called(sealer: Sealer, learner: Learner) -> str:
    """What to call her; empty when she did not say."""
    return sealer.unseal(learner.called) if learner.called else ""
