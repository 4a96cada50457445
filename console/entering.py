"""Signing in: an invitation sets the password, a code proves the telephone, and failures make waiting longer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.people.privacy import Sealer
from bot.staff import accounts, audit
from bot.staff.accounts import key_of
from bot.staff.tables import Staff, StaffInvite, StaffSession
from console import passwords

IDLE = timedelta(minutes=45)
LONGEST = timedelta(hours=10)
HALF = timedelta(minutes=10)
"""How long a session lives without use, at most, and without its second factor."""
NOTICED = timedelta(minutes=1)
FREE = 5
"""Failures before waiting begins; then a minute, doubling to an hour."""


@dataclass(frozen=True)
class Person:
    """Who holds a session. `proven`: the second factor was given."""

    staff: Staff
    proven: bool


def wait_until(failures: int, at: datetime) -> datetime | None:
    """When the next try counts, after so many failures."""
    return at + timedelta(minutes=min(2 ** (failures - FREE), 60)) if failures >= FREE else None


def spend(session: Session, staff: Staff, at: datetime) -> bool:
    """Count a try before it is looked at, so that a hundred at once are a hundred. False while she must wait."""
    if staff.left_at or (staff.locked_until and staff.locked_until > at):
        return False
    staff.failures += 1
    staff.locked_until = wait_until(staff.failures, at)
    if staff.locked_until:
        audit.write(session, staff.id, "locked", at, detail=f"{staff.failures} failures")
    return True


def forgive(staff: Staff) -> None:
    """The try just counted was none: but earlier ones stay until the second factor is given too."""
    staff.failures, staff.locked_until = max(staff.failures - 1, 0), None


def start(session: Session, staff: Staff, at: datetime, proven: bool = False) -> str:
    """A new session; returns what the cookie holds. What has run out is swept."""
    old = or_(StaffSession.seen_at < at - IDLE, StaffSession.made_at < at - LONGEST)
    session.execute(delete(StaffSession).where(old))
    token = secrets.token_urlsafe(32)
    session.add(StaffSession(key=key_of(token), staff_id=staff.id, proven=proven, made_at=at, seen_at=at))
    return token


def prove(session: Session, sealer: Sealer, token: str, staff: Staff, code: str, at: datetime) -> str | None:
    """The second factor. Returns the new session's token (the half one ends), or None when the code is wrong."""
    if staff.totp is None or not spend(session, staff, at):
        return None
    step = passwords.step_of(sealer.unseal(staff.totp), code, staff.totp_step, at)
    if step is None:
        return None
    staff.totp_step, staff.failures, staff.locked_until = step, 0, None
    end(session, token)
    audit.write(session, staff.id, "signed_in", at)
    return start(session, staff, at, proven=True)


def end(session: Session, token: str) -> None:
    session.execute(delete(StaffSession).where(StaffSession.key == key_of(token)))


def end_all(session: Session, staff: Staff) -> None:
    session.execute(delete(StaffSession).where(StaffSession.staff_id == staff.id))


def who(session: Session, token: str, at: datetime) -> tuple[Person, bool] | None:
    """Who holds this cookie, and whether its use is to be noted. None when it opens nothing (any more)."""
    found = session.execute(
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(StaffSession.key == key_of(token))
    ).first()
    if found is None:
        return None
    held, staff = found
    longest = LONGEST if held.proven else HALF
    if staff.left_at or at - held.seen_at > IDLE or at - held.made_at > longest:
        return None
    return Person(staff, held.proven), at - held.seen_at > NOTICED


def invited(session: Session, token: str, at: datetime) -> Staff | None:
    """Whom a link is for, while it works."""
    mine = (StaffInvite.key == key_of(token), StaffInvite.used_at.is_(None), StaffInvite.expires_at > at)
    staff_id = session.scalar(select(StaffInvite.staff_id).where(*mine))
    staff = session.get(Staff, staff_id) if staff_id else None
    return staff if staff and not staff.left_at else None


def take_invite(session: Session, sealer: Sealer, token: str, password: str, at: datetime) -> str | None:
    """Set the (hashed) password and a new second factor; every earlier session ends. A half session's token."""
    staff = invited(session, token, at)
    if staff is None:
        return None
    session.get_one(StaffInvite, key_of(token)).used_at = at
    staff.password, staff.totp, staff.totp_step = password, sealer.seal(passwords.new_secret()), None
    staff.failures, staff.locked_until = 0, None
    end_all(session, staff)
    audit.write(session, staff.id, "password_set", at)
    return start(session, staff, at)


def knows(session: Session, name: str) -> Staff | None:
    return accounts.find(session, name)
