"""Erasure across every store: the tracking database, its log, and the engine's memory of the conversation."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot.db import now
from bot.messages.rasa import checkpoint
from bot.messages.tables import Message, Status
from bot.people import privacy
from bot.people.tables import Learner
from bot.runtime import Runtime

log = logging.getLogger(__name__)

FAREWELL = timedelta(minutes=5)
"""How long the good-bye may take to leave; then the data goes without it."""


def erase_due(house: Runtime) -> None:
    """Erase who asked for it, as soon as nothing of hers is on its way."""
    moment = now()
    with house.db.read() as session:
        due = privacy.due_erasures(session, moment)
        ready = [who for who in due if not _busy(session, who) or _asked(session, who) < moment - FAREWELL]
    for learner_id in ready:
        erase_learner(house, learner_id)


def _busy(session: Session, learner_id: str) -> bool:
    mine = (Message.learner_id == learner_id, Message.status.in_((Status.TODO, Status.DOING)))
    return bool(session.scalar(select(exists().where(*mine))))


def _asked(session: Session, learner_id: str) -> datetime:
    return session.scalar(select(Learner.erase_at).where(Learner.id == learner_id)) or now()


def erase_learner(house: Runtime, learner_id: str) -> str | None:
    """Remove a learner everywhere; the engine first, so that a failure leaves the request standing. The receipt."""
    with house.db.read() as session:
        if session.get(Learner, learner_id) is None:
            return None
    house.rasa.forget(learner_id)
    with house.db.write() as session:
        receipt = privacy.erase(session, learner_id, now())
    if not checkpoint(house.db.engine):
        log.error("receipt %s: the write-ahead log could not be emptied; it will be at the next erasure", receipt)
    log.info("erased a learner, receipt %s", receipt)
    return receipt
