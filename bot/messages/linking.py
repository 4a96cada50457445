"""One person on two channels: a code asked for on one and written on the other joins them."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.care.tables import Incident
from bot.messages import joining
from bot.messages.tables import Message
from bot.people import tracking
from bot.people.privacy import Sealer, forget
from bot.people.tables import Address, Learner, LinkCode

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LIFE = timedelta(minutes=30)
WRITTEN = re.compile(rf"\s*(?:/start\s+)?rumbo[\s-]*((?=\w*\d)[{LETTERS}]{{6}})\s*", re.IGNORECASE)
"""There is always a digit in it: "rumbo nuevas" is no code."""


def find_code(text: str) -> str | None:
    """The code in a message that is nothing but a code."""
    found = WRITTEN.fullmatch(text)
    return f"RUMBO-{found[1].upper()}" if found else None


def make_code(session: Session, sealer: Sealer, learner_id: str, now: datetime, staff_id: int | None = None) -> str:
    """A code such as `RUMBO-7KQ2MX`. Only its hash is kept. `staff_id`: who of the team gives it to her."""
    letters = [secrets.choice(LETTERS) for _ in range(5)]
    letters.insert(secrets.randbelow(6), secrets.choice("23456789"))
    code = "RUMBO-" + "".join(letters)
    mine = {"learner_id": learner_id, "expires_at": now + LIFE, "staff_id": staff_id}
    session.add(LinkCode(lookup=sealer.lookup("link", code), **mine))
    return code


def redeem(session: Session, sealer: Sealer, code: str, newcomer: str, now: datetime) -> str | None:
    """Join who writes a code with who asked for it. Returns whom the writer now is, or None when the code is no good.

    A newcomer who has given consent has a history of her own: only a code that the team gave her joins two histories.
    """
    found = session.scalar(select(LinkCode).where(LinkCode.lookup.in_(sealer.lookups("link", code))))
    if found is not None and found.used_at and found.learner_id == newcomer:
        return newcomer  # the same message once more
    if found is None or found.expires_at < now or found.used_at or found.learner_id == newcomer:
        return None
    has_history = tracking.has_consented(session, newcomer)
    if has_history and found.staff_id is None:
        return None
    found.used_at, target = now, found.learner_id
    writer, learner = session.get_one(Learner, newcomer), session.get_one(Learner, target)
    (joining.merge if has_history else _move)(session, writer, learner)
    return target


def _move(session: Session, newcomer: Learner, learner: Learner) -> None:
    """Her messages and addresses move, and with them the lease of the message that is just being answered."""
    learner.busy_since, learner.busy_until = newcomer.busy_since, newcomer.busy_until
    learner.group_code = learner.group_code or newcomer.group_code
    for table in (Address, Message, Incident):
        session.execute(update(table).where(table.learner_id == newcomer.id).values(learner_id=learner.id))
    session.flush()
    forget(session, newcomer.id)
