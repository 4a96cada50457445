"""What arrives is saved before anything is done with it. The same call twice changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.orm import Session

from bot.care import incidents
from bot.db import insert_once, table
from bot.messages.tables import AT_ONCE, SCHEDULED, UNTIL_SHE_WRITES, Direction, Message, Status
from bot.people import tracking, whereabouts
from bot.people.privacy import Sealer
from bot.people.tables import Standing
from channels.base import Blocked, Delivery, Gone, Inbound, Receipt, SendError, Unreachable, WindowClosed

MAX_TEXT = 4_000
"""Characters of a message that are kept; what is longer is no message a person typed."""

LATE_ATTEMPTS = 3
LATE_PAUSE = timedelta(minutes=1)
"""A message the service took and then failed for a passing reason is sent again, this often and this much later."""

FORWARD = [Status.SENT, Status.DELIVERED, Status.READ]


def save(
    session: Session, sealer: Sealer, channel: str, items: Iterable[Inbound | Gone], locale: str, now: datetime
) -> list[Inbound]:
    """Save what people did on a channel. Returns the messages that were new."""
    fresh = []
    for item in items:
        if isinstance(item, Gone):
            _gone(session, sealer, channel, item, now)
        elif _message(session, sealer, channel, item, locale, now):
            fresh.append(item)
    return fresh


def _message(session: Session, sealer: Sealer, channel: str, item: Inbound, locale: str, now: datetime) -> bool:
    address = tracking.meet(session, sealer, channel, item.sender, item.alias, locale, now)
    session.flush()
    values = {
        "learner_id": address.learner_id,
        "address_id": address.id,
        "channel": channel,
        "direction": Direction.IN,
        "status": Status.TODO,
        "created_at": now,
        "provider_id": item.provider_id,
        "kind": item.kind,
        "picked": _picked(item),
        "sealed": sealer.seal(_spoken(item)),
    }
    if not insert_once(session, Message, values):
        return False
    release(session, address.id, now)
    return True


def _spoken(item: Inbound) -> str:
    """What she wrote; of a shared location only which place is nearest, never where she is."""
    there = whereabouts.near(*item.place) if item.place else None
    return str(there) if there else clean(item.text)[:MAX_TEXT]


def clean(text: str) -> str:
    """Without signs that no database and no person can read: control characters and halves of pairs."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _picked(item: Inbound) -> str | None:
    """The id of a choice of ours; anything else a channel may send there is none."""
    return item.choice if item.choice and re.fullmatch(r"[0-9]{1,18}:[0-9]{1,2}", item.choice) else None


def release(session: Session, address_id: int, now: datetime) -> None:
    """She wrote, so the window is open: what waited for it may leave."""
    session.connection().execute(_RELEASE, {"address": address_id, "now": now})


def _releasing() -> Update:
    """Built once: it runs with every message."""
    known = table(Message).c
    moment = bindparam("now", type_=known.not_before.type)
    waiting = (known.direction == Direction.OUT, known.status == Status.TODO, known.kind != SCHEDULED)
    hers = (known.address_id == bindparam("address"), *waiting, known.not_before > moment)
    return update(table(Message)).where(*hers).values(not_before=AT_ONCE)


_RELEASE = _releasing()


def _gone(session: Session, sealer: Sealer, channel: str, item: Gone, now: datetime) -> None:
    if address := tracking.find(session, sealer, channel, item.sender):
        tracking.mark(session, address.id, Standing.BLOCKED, now)


def receive(session: Session, channel: str, receipt: Receipt, now: datetime) -> bool:
    """Note how far a message of ours has come; only ever forward. False when we do not know that message (yet)."""
    message = session.scalar(
        select(Message).filter_by(channel=channel, direction=Direction.OUT, provider_id=receipt.provider_id)
    )
    if message is None:
        return False
    if receipt.delivery is Delivery.FAILED:
        _failed(session, message, receipt.error, now)
    elif message.status in FORWARD:
        message.status = max(message.status, Status(receipt.delivery), key=FORWARD.index)
    return True


def _failed(session: Session, message: Message, error: SendError | None, now: datetime) -> None:
    """The service took it and failed later. Final, unless trying again helps or it only has to wait."""
    if message.status in (Status.READ, Status.FAILED):
        return
    message.reason = (error.__doc__ if error else None) or "The service did not deliver it."
    if isinstance(error, WindowClosed):
        message.status, message.not_before = Status.TODO, UNTIL_SHE_WRITES
    elif error and error.retry and message.attempts < LATE_ATTEMPTS:
        message.status, message.not_before = Status.TODO, now + LATE_PAUSE
    else:
        return give_up(session, message, error, now)
    mark_standing(session, message.address_id, error, now)


def give_up(session: Session, message: Message, error: SendError | None, now: datetime) -> None:
    """It does not reach her. Staff are told why, unless she stopped us herself; what goes with it is not told again."""
    message.status = Status.FAILED
    mark_standing(session, message.address_id, error, now)
    if not isinstance(error, Blocked):
        said, why = message.content_id or "", message.reason or ""
        incidents.open_undelivered(session, message.learner_id, message.id, said, why, now)


def mark_standing(session: Session, address_id: int, error: SendError | None, now: datetime) -> None:
    """Who blocked us or cannot be reached is remembered, and not tried again."""
    if isinstance(error, Blocked | Unreachable):
        standing = Standing.BLOCKED if isinstance(error, Blocked) else Standing.UNREACHABLE
        tracking.mark(session, address_id, standing, now)
