"""One-time links by which a service's contact confirms that she came: no account, and nothing else to be seen."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.referrals import ledger
from bot.referrals.ledger import Step
from bot.referrals.states import OPEN, By, State
from bot.referrals.tables import ConfirmLink, Referral

GOOD_FOR = timedelta(days=30)


def make(session: Session, one: Referral, at: datetime) -> str:
    """A token for a referral. Links made for it before no longer work."""
    old = (ConfirmLink.referral_id == one.id, ConfirmLink.used_at.is_(None))
    session.execute(update(ConfirmLink).where(*old).values(until=at))
    token = secrets.token_urlsafe(16)
    session.add(ConfirmLink(token=_hash(token), referral_id=one.id, learner_id=one.learner_id, until=at + GOOD_FOR))
    return token


def is_good(session: Session, token: str, at: datetime) -> bool:
    """Whether it can still be used. Looking at it uses nothing: telephones fetch links to show what is behind."""
    link = session.get(ConfirmLink, _hash(token))
    return link is not None and link.used_at is None and link.until > at


def confirm(session: Session, token: str, at: datetime) -> bool:
    """She came. False when the link is not good; what is known already stays as it is."""
    if not is_good(session, token, at):
        return False
    link = session.get_one(ConfirmLink, _hash(token))
    unused = update(ConfirmLink).where(ConfirmLink.token == link.token, ConfirmLink.used_at.is_(None))
    if not session.execute(unused.values(used_at=at)).rowcount:  # type: ignore[attr-defined]
        return False  # another tap was faster
    one = session.get_one(Referral, link.referral_id)
    if one.status in OPEN or one.status is State.FAILED:
        ledger.move(session, one, State.ATTENDED, Step(By.SERVICE, at))
    return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
