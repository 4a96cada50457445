"""People of the team are added by an invitation: a link that works once and sets the password."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from bot.config import RumboError
from bot.staff import audit
from bot.staff.roles import Role
from bot.staff.tables import Staff, StaffInvite

INVITED = timedelta(days=3)
"""How long an invitation lives."""
FIRST = "admin"
LONGEST = 40


class AccountError(RumboError):
    """Somebody cannot be added or invited; the text says why."""


def key_of(token: str) -> str:
    """What is kept of a token that somebody else holds."""
    return hashlib.sha256(token.encode()).hexdigest()


def add(session: Session, name: str, role: Role, group_code: str | None, at: datetime, by: int | None = None) -> Staff:
    """Raises `AccountError`."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST:
        raise AccountError(f"A name has 1 to {LONGEST} characters.")
    if role is Role.COUNSELLOR and not group_code:
        raise AccountError("A counsellor sees one cohort: say which with --cohort CODE.")
    if find(session, name):
        raise AccountError(f"{name} is there already. For a new link: rumbo staff link {name!r}")
    staff = Staff(name=name, role=role, group_code=group_code, failures=0, created_at=at)
    session.add(staff)
    session.flush()
    audit.write(session, by, "staff_added", at, detail=f"{staff.id} {role}")
    return staff


def find(session: Session, name: str) -> Staff | None:
    """By name, in capitals or not. They are few, and no database folds "Á" as Python does."""
    wanted = " ".join(name.split()).casefold()
    return next((staff for staff in session.scalars(select(Staff)) if staff.name.casefold() == wanted), None)


def invite(session: Session, staff: Staff, at: datetime, by: int | None = None) -> str:
    """A new link's token; earlier ones of the same person stop working. Raises `AccountError`."""
    if staff.left_at:
        raise AccountError(f"{staff.name} has left.")
    mine = (StaffInvite.staff_id == staff.id, StaffInvite.used_at.is_(None))
    session.execute(update(StaffInvite).where(*mine).values(used_at=at))
    token = secrets.token_urlsafe(24)
    session.add(StaffInvite(key=key_of(token), staff_id=staff.id, expires_at=at + INVITED))
    audit.write(session, by, "staff_invited", at, detail=str(staff.id))
    return token


def first_invite(session: Session, at: datetime) -> str | None:
    """While nobody has a password: a token for the first administrator. None afterwards."""
    if session.scalar(select(exists().where(Staff.password.is_not(None)))):
        return None
    first = find(session, FIRST) or add(session, FIRST, Role.ADMINISTRATOR, None, at)
    return invite(session, first, at)
