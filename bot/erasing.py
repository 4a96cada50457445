"""Erasure across every store: the tracking database, its log, and the engine's memory of the conversation."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from bot import scrubbing, spool, spool_files
from bot.db import now
from bot.guidance.days import HERE
from bot.messages.tables import SCHEDULED, Message, Status
from bot.people import privacy
from bot.people.tables import Address, Learner
from bot.runtime import Runtime

log = logging.getLogger(__name__)

NIGHT = range(2, 5)
"""Hours in which a large file is written anew."""
FAREWELL = timedelta(minutes=5)
"""How long the good-bye may take to leave; then the data goes without it."""
ELSEWHERE = timedelta(seconds=2.5)
"""How long workers on other hosts have to clear their spools; they look once a second."""


def erase_due(house: Runtime) -> None:
    """Erase who asked for it, as soon as nothing of hers is on its way.

    What lies in the spool of this host goes first. Every host with a worker does so, each for its own, before one of
    them erases the rows by which she would be known there.
    """
    moment = now()
    with house.db.read() as session:
        due = privacy.due_erasures(session, moment)
        ready = [who for who in due if _is_ready(session, who, moment)]
    try:
        for learner_id in due:
            _clear_spool(house, learner_id)
        for learner_id in ready:
            erase_learner(house, learner_id)
    except spool.Busy:
        log.info("an erasure waits: the spool is being worked off")
    scrub_due(house, moment)


def scrub_due(house: Runtime, moment: datetime) -> bool:
    """What was erased leaves the files of both stores as well. False when that has to wait."""
    is_night = moment.astimezone(HERE).hour in NIGHT
    return all([scrubbing.scrub(house.db.engine, is_night), house.rasa.scrub(is_night)])


def _is_ready(session: Session, learner_id: str, moment: datetime) -> bool:
    asked = _asked(session, learner_id)
    if asked > moment - ELSEWHERE:
        return False
    return not _busy(session, learner_id) or asked < moment - FAREWELL


def _clear_spool(house: Runtime, learner_id: str) -> None:
    with house.db.read() as session:
        addresses = list(session.scalars(select(Address).where(Address.learner_id == learner_id)))
    if gone := spool_files.forget(house, addresses):
        log.info("%s calls of somebody who is being erased were taken out of the spool", gone)


def _busy(session: Session, learner_id: str) -> bool:
    waiting = (Message.status.in_((Status.TODO, Status.DOING)), Message.kind != SCHEDULED)
    return bool(session.scalar(select(exists().where(Message.learner_id == learner_id, *waiting))))


def _asked(session: Session, learner_id: str) -> datetime:
    return session.scalar(select(Learner.erase_at).where(Learner.id == learner_id)) or now()


def erase_learner(house: Runtime, learner_id: str) -> str | None:
    """Remove a learner everywhere; the engine first, so that a failure leaves the request standing. The receipt.

    None when she is not there. Raises `spool.Busy`.
    """
    with house.db.read() as session:
        if session.get(Learner, learner_id) is None:
            return None
    house.rasa.forget(learner_id)
    _clear_spool(house, learner_id)
    with house.db.write() as session:
        mine = select(Learner.id).where(Learner.id == learner_id).with_for_update()
        if session.scalar(mine) is None:
            return None  # another worker was faster, and its receipt has the right count
        receipt = privacy.erase(session, learner_id, now())
        scrubbing.owe(session.connection())
    if not scrub_due(house, now()):
        log.info("receipt %s: the file is written anew when nobody reads, a large one at night", receipt)
    log.info("erased a learner, receipt %s", receipt)
    return receipt
