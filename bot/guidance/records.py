"""What an answer is kept as, besides itself: a question names one of these with `saves:`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from bot.content.models import Question
from bot.db import insert_once
from bot.guidance.facts import Person
from bot.guidance.tables import Commitment, PathwayChoice, Referral, TipGiven
from bot.messages.tables import Message
from bot.people import tracking

MAX_NAME = 40
NAME_LEAD = re.compile(
    r"^(?:(?:hola|pues|ps|mi nombre es|me llamo|yo soy|soy|me dicen|dime|(?:me )?puedes decir(?:me)?)[\s,]+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Kept:
    """An answer on its way to be kept: `value` as parsed, `words` as a person would say it."""

    question: Question
    value: Any
    words: str
    message_id: int


Recorder = Callable[[Person, Kept], bool]
"""Keeps an answer. True asks the same question again, with what comes next in it."""


def consent(person: Person, kept: Kept) -> bool:
    """Yes or no, with the version of the notice. After a no, nothing she wrote is kept."""
    given = kept.value == "si"
    message = person.session.get(Message, kept.message_id)
    channel = message.channel if message else "unknown"
    version = notice_version(person.content.notice)
    tracking.record_consent(person.session, person.learner.id, given, version, channel, kept.message_id, person.at)
    if not given:
        mine = (Message.learner_id == person.learner.id, Message.id < kept.message_id)
        blank = {"sealed": person.sealer.seal(""), "masked": None, "choices": None}
        person.session.execute(update(Message).where(*mine).values(**blank))
    return False


def notice_version(notice: str) -> str:
    """The version in the first line of the notice that has one, as in `Versión 2026-11-22`."""
    return next((w.strip(":.*_") for w in notice.split() if w[:2] == "20" and w.count("-") >= 2), "unknown")[:32]


def called(person: Person, kept: Kept) -> bool:
    person.learner.called = person.sealer.seal(name_in(kept.words))
    return False


def name_in(words: str) -> str:
    """The name in "me llamo Lupita", "dime Beto", "Lupita, mucho gusto"."""
    said = " ".join(words.split())
    return (NAME_LEAD.sub("", said).split(",")[0].strip(" .!") or said)[:MAX_NAME]


def age_band(person: Person, kept: Kept) -> bool:
    person.learner.age_band = kept.value
    return False


def state(person: Person, kept: Kept) -> bool:
    person.learner.state = kept.value
    return False


def pathway(person: Person, kept: Kept) -> bool:
    """Her choice, beside what was suggested and why; it may differ."""
    heard = person.suggestion()
    person.learner.pathway = kept.value
    row = {
        "learner_id": person.learner.id,
        "message_id": kept.message_id,
        "chosen": kept.value,
        "suggested": heard.best[0] if len(heard.best) == 1 else None,
        "scores": heard.scores,
        "reasons": heard.reasons,
        "content_version": person.content.version,
        "at": person.at,
    }
    insert_once(person.session, PathwayChoice, row)
    return False


def step(person: Person, kept: Kept) -> bool:
    """What she will do. Her own words come from the question after "otro", which is then the step."""
    if kept.value == OWN_WORDS:
        return False
    ours = next((o.id for o in kept.question.options if o.id == kept.value), None)
    title = next((o.title for o in kept.question.options if o.id == ours), kept.words)
    row = {"step": ours, "words": person.sealer.seal(title), "day": None, "at": person.at}
    insert_once(person.session, Commitment, {"learner_id": person.learner.id, "message_id": kept.message_id, **row})
    return False


OWN_WORDS = "otro"


def step_day(person: Person, kept: Kept) -> bool:
    """The day of the step just named."""
    mine = select(Commitment).where(Commitment.learner_id == person.learner.id).order_by(Commitment.id.desc())
    if latest := person.session.scalars(mine.limit(1)).first():
        latest.day = date.fromisoformat(kept.value)
    return False


def tip(person: Person, kept: Kept) -> bool:
    """The tip she was shown, and what she said to it."""
    if shown := person.tip():
        row = {"learner_id": person.learner.id, "tip": shown.id, "answer": kept.value, "at": person.at}
        insert_once(person.session, TipGiven, row)
    return False


def referral(person: Person, kept: Kept) -> bool:
    """The service she was shown: accepted, left for now, or declined for the next one."""
    found, need = person.services(), person.saved("need")
    if not found or need is None:
        return False
    status = {"me_interesa": "accepted", "otro": "declined"}.get(kept.value, "offered")
    _refer(person, found[0].id, need, status)
    return status == "declined" and len(found) > 1


def _refer(person: Person, service: str, need: str, status: str) -> None:
    key = {"learner_id": person.learner.id, "service": service, "need": need}
    if not insert_once(person.session, Referral, {**key, "status": status, "at": person.at}):
        known = [getattr(Referral, column) == value for column, value in key.items()]
        person.session.execute(update(Referral).where(*known).values(status=status, at=person.at))


def nothing(person: Person, kept: Kept) -> bool:
    """The answer itself is enough: it is found again by this name."""
    return False


RECORDS: dict[str, Recorder] = {
    "consent": consent,
    "called": called,
    "age_band": age_band,
    "state": state,
    "pathway": pathway,
    "step": step,
    "step_day": step_day,
    "tip": tip,
    "referral": referral,
    "need": nothing,
    "worry": nothing,
    "dream": nothing,
}
