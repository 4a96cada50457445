"""Interview practice in the conversation: which questions a round has, and what is said to an answer."""

from __future__ import annotations

from collections.abc import Collection

from bot.content.blocks import AGAIN, PRACTICE, SECOND
from bot.content.models import Question
from bot.content.rehearsal import PracticeQuestion
from bot.guidance import seeking
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.practice import feedback


def for_her(person: Person) -> list[PracticeQuestion]:
    """The questions that fit the work she picked: those of every work, and those of its sectors."""
    row = seeking.picked(person)
    hers = set(row.sectors) if row else set()
    return [q for q in person.content.guide.practice.questions if not q.sectors or hers & set(q.sectors)]


def in_this_round(person: Person, question: Question, given: Collection[str]) -> bool:
    """Whether a question is among the few of this round: those never practised first, then the others again."""
    ids = [PRACTICE + q.id for q in for_her(person)]
    left = person.content.guide.practice.round - sum(q in given for q in ids)
    fresh = [q for q in ids if q not in person.memory.answers]
    return question.id in (fresh or [q for q in ids if q not in given])[: max(left, 0)]


def could_be_better(person: Person, question: Question, given: Collection[str]) -> bool:
    """Whether there is something to add to what she answered."""
    first = question.id.removesuffix(AGAIN)
    row, said = _row(person, first), person.memory.words.get(first, "")
    return row is not None and feedback(person.content.guide.practice, row, said).again


def told(person: Person, kept: Kept) -> list[str]:
    """What was good, and at most one thing to add. What nobody may ask comes with a way out of it."""
    row = _row(person, kept.question.id)
    if row is None:
        return []
    heard = feedback(person.content.guide.practice, row, kept.words)
    return [heard.good, *([heard.better] if heard.better else [heard.help] if row.private else [])]


def told_again(person: Person, kept: Kept) -> list[str]:
    """To a second try only what is good: that it went better, or what there is to praise."""
    row, guide = _row(person, kept.question.id.removesuffix(SECOND)), person.content.guide.practice
    if row is None:
        return []
    heard = feedback(guide, row, kept.words)
    return [heard.good if heard.again else guide.again.better]


def _row(person: Person, question: str) -> PracticeQuestion | None:
    name = question.removeprefix(PRACTICE)
    return next((q for q in person.content.guide.practice.questions if q.id == name), None)
