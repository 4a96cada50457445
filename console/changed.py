"""What a message changed in what is remembered. Everything written names its message, so nothing is kept for this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.content.library import Content
from bot.guidance.tables import Answer, Commitment, CommitmentEvent, Milestone, PathwayChoice, Pick, Run
from bot.messages.tables import Message
from bot.people.tables import Consent
from bot.referrals.tables import Referral, ReferralEvent
from console import record, then
from console.frame import way

Told = tuple[int | None, str]
"""A message, and one thing it changed, as a sentence."""


class Wording(Protocol):
    """A text of the console by its key, in the language of who asks."""

    def __call__(self, key: str, **places: object) -> str: ...


@dataclass(frozen=True)
class Book:
    """Whose pages are read, from which message to which, and in which words they are told."""

    session: Session
    content: Content
    learner_id: str
    first: int
    last: int
    t: Wording

    def rows(self, number: InstrumentedAttribute[Any]) -> Iterable[Any]:
        """The rows of a table that these messages wrote; `number` is its column with the message."""
        table = number.class_
        return self.session.scalars(select(table).where(*self._mine(number)).order_by(number))

    def pairs(self, number: InstrumentedAttribute[Any], other: Any, on: ColumnElement[bool]) -> Iterable[Any]:
        """The same, each with the row of another table it belongs to."""
        mine = select(number.class_, other).join(other, on).where(*self._mine(number))
        return self.session.execute(mine.order_by(number))

    def _mine(self, number: InstrumentedAttribute[Any]) -> tuple[ColumnElement[bool], ...]:
        return number.class_.learner_id == self.learner_id, number.between(self.first, self.last)


def changes(
    session: Session, content: Content, learner_id: str, turns: list[Message], t: Wording
) -> dict[int, list[str]]:
    """By message, what it changed; seven questions to the database however many turns."""
    if not turns:
        return {}
    book = Book(session, content, learner_id, turns[0].id, turns[-1].id, t)
    found: dict[int, list[str]] = defaultdict(list)
    for told in (_consents, _answers, _choices, _steps, _reached, _picks, _referrals):
        for number, sentence in told(book):
            found[number or 0].append(sentence)
    return dict(found)


def _consents(book: Book) -> Iterator[Told]:
    for one in book.rows(Consent.message_id):
        yield one.message_id, book.t("changes.consent", answer=book.t("learner.yes" if one.given else "learner.no"))


def _answers(book: Book) -> Iterator[Told]:
    for answer, run in book.pairs(Answer.message_id, Run, Run.id == Answer.run_id):
        name, value = then.told(book.content, run.interview, answer)
        yield answer.message_id, f"{name}: {value or book.t('then.words')}"


def _choices(book: Book) -> Iterator[Told]:
    for one in book.rows(PathwayChoice.message_id):
        yield one.message_id, book.t("changes.choice", title=way(book.content, one.chosen))


def _steps(book: Book) -> Iterator[Told]:
    for one in book.rows(Commitment.message_id):
        yield one.message_id, book.t("changes.step")
    for event in book.rows(CommitmentEvent.message_id):
        yield event.message_id, book.t("changes.step_event", what=book.t(f"learner.event_{event.what}"))


def _reached(book: Book) -> Iterator[Told]:
    for one in book.rows(Milestone.message_id):
        yield one.message_id, book.t("changes.milestone", kind=one.kind)


def _picks(book: Book) -> Iterator[Told]:
    for one in book.rows(Pick.message_id):
        yield one.message_id, book.t("changes.pick", item=one.item)


def _referrals(book: Book) -> Iterator[Told]:
    for event, referral in book.pairs(ReferralEvent.message_id, Referral, Referral.id == ReferralEvent.referral_id):
        title = record.service(book.content, referral) or book.t("learner.private")
        yield event.message_id, book.t("changes.referral", title=title, state=book.t(f"learner.state_{event.after}"))
