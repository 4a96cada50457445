"""What Rumbo says, on its way into the outbox: queued with the message it answers, never twice."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from bot.content.library import Bubble
from bot.db import insert_once
from bot.messages.bubbles import fit
from bot.messages.rasa import Heard
from bot.messages.tables import Direction, Message, Status, Turn
from bot.people.masking import mask
from bot.people.privacy import Sealer
from bot.people.tables import Learner

NOTICE, DOUBT = -1, -2
"""The `part` of "I am still here" and of a gentle question, each of which a message gets once at most."""


def queue_replies(
    session: Session,
    sealer: Sealer,
    message: Message,
    bubbles: list[Bubble],
    limit: int,
    version: str,
    moment: datetime,
) -> None:
    """Queue the answer to an inbound message. Queuing it again changes nothing."""
    owner, held = _owner(session, message)
    for part, bubble in enumerate(fit(_said_to(held, bubbles), limit)):
        _queue(session, sealer, message, owner, part, bubble, version, moment)


def queue_notice(
    session: Session, sealer: Sealer, message: Message, bubbles: list[Bubble], moment: datetime, part: int = NOTICE
) -> None:
    """Queue what is said before the answer. Queuing it again changes nothing."""
    owner, held = _owner(session, message)
    for bubble in _said_to(held, bubbles[:1]):
        _queue(session, sealer, message, owner, part, bubble, None, moment)


def _owner(session: Session, message: Message) -> tuple[str, bool]:
    """Whose message it is, and whether a person holds the conversation; both may have changed since it was claimed.

    A code in it may have joined two learners into one, somebody of the team may have taken the conversation over.
    Where an answer is queued its learner's row is locked already, so that this is not a look from before.
    """
    owner, held_at = session.execute(_OWNER, {"message": message.id}).one()
    return owner, held_at is not None


def _said_to(held: bool, bubbles: list[Bubble]) -> list[Bubble]:
    """While a person holds the conversation only care is said."""
    return [bubble for bubble in bubbles if bubble.content_id.startswith(CARE)] if held else bubbles


_OWNER = (
    select(Learner.id, Learner.held_at)
    .join(Message, Message.learner_id == Learner.id)
    .where(Message.id == bindparam("message"))
)
CARE = "care/"
"""How the content ids of the safety net begin."""


def _queue(
    session: Session,
    sealer: Sealer,
    message: Message,
    owner: str,
    part: int,
    bubble: Bubble,
    version: str | None,
    moment: datetime,
) -> None:
    values = {
        "learner_id": owner,
        "address_id": message.address_id,
        "channel": message.channel,
        "direction": Direction.OUT,
        "status": Status.TODO,
        "created_at": moment,
        "sealed": sealer.seal(bubble.text),
        "masked": _masked(bubble.text),
        "answers_id": message.id,
        "part": part,
        "content_id": bubble.content_id or None,
        "content_version": version,
        "choices": [{"title": t, "payload": p} for t, p in bubble.buttons] or None,
        "hears": [{"title": t, "payload": p} for t, p in bubble.hears] or None,
        "media": bubble.media,
    }
    insert_once(session, Message, values)


@lru_cache(maxsize=1000)
def _masked(text: str) -> str:
    """Rumbo says the same to many; what one learner said is never held."""
    return mask(text).text


def remember(sealer: Sealer, message_id: int, learner_id: str, verdict: str, bubbles: list[Bubble]) -> Turn:
    """The outcome of a turn, to be written in the transaction of what the turn changed."""
    sealed = sealer.seal(json.dumps([asdict(b) for b in bubbles]))
    return Turn(message_id=message_id, learner_id=learner_id, verdict=verdict, sealed=sealed)


def remembered(sealer: Sealer, turn: Turn) -> Heard:
    """What a turn said, for saying it again."""
    bubbles = [
        Bubble(b["text"], _pairs(b["buttons"]), b["content_id"], b.get("media"), _pairs(b.get("hears") or []))
        for b in json.loads(sealer.unseal(turn.sealed))
    ]
    return Heard(bubbles, {"intent": "remembered"})


def _pairs(kept: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((words, payload) for words, payload in kept)
