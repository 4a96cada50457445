"""A message she pastes or describes: which warning signs it has. Of the message itself nothing is kept as an answer."""

from __future__ import annotations

from bot.content.money import FraudSign
from bot.guidance.facts import Person
from bot.guidance.kept import Kept
from bot.guidance.money import fraud
from bot.guidance.tables import Answer

QUESTION = "fr_mensaje"


def rules(person: Person) -> dict[str, fraud.Sign]:
    """The signs an editor wrote, by id."""
    return {s.id: fraud.Sign(s.id, s.groups, s.strong) for s in person.content.guide.money.signs}


def is_told(person: Person, words: str) -> bool:
    """Whether the words she comes with already tell of a message: they have a sign."""
    return bool(fraud.read(words, rules(person).values()).signs)


def keep(person: Person, kept: Kept) -> bool:
    """Only the ids of the signs stay with the answer; her words and those of others go."""
    found = fraud.read(kept.words, rules(person).values()).signs
    row = person.session.get_one(Answer, (person.run.id if person.run else 0, kept.question.id))
    row.value, row.words = list(found), None
    person.session.flush()
    return False


def found(person: Person) -> list[FraudSign]:
    """The signs in what she showed last, strong ones first."""
    ids = person.memory.answers.get(QUESTION) or []
    return sorted((s for s in person.content.guide.money.signs if s.id in ids), key=lambda s: not s.strong)


def verdict(person: Person) -> fraud.Verdict:
    known = rules(person)
    return fraud.verdict([known[s.id] for s in found(person)])
