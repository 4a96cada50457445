"""Opens and moves referrals, with every step written down; an illegal move is refused and logged."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.config import RumboError
from bot.people.privacy import Sealer
from bot.referrals.states import REASONS, By, State, may
from bot.referrals.tables import Referral, ReferralEvent

log = logging.getLogger(__name__)

PRIVATE = frozenset({"violence", "health", "mental_health", "crisis"})
"""Needs that are sealed, never named in a message we send first, and staff's to see only with her yes."""


class IllegalMove(RumboError):
    """Nobody, or not this one, may move a referral so."""


@dataclass(frozen=True)
class Step:
    """Who moves a referral, when, by which message of hers, and why when it failed."""

    by: By
    at: datetime
    message_id: int | None = None
    reason: str | None = None


def refer(session: Session, sealer: Sealer, learner_id: str, need: str, service: str, at: datetime) -> Referral:
    """Her referral to a service for a need: the one there is, or a new one, offered."""
    known = [one for one in hers(session, learner_id) if what(sealer, one) == (need, service)]
    if known:
        return known[0]
    plain = None if need in PRIVATE else {"need": need, "service": service}
    sealed = sealer.seal(json.dumps({"need": need, "service": service})) if plain is None else None
    one = Referral(learner_id=learner_id, sealed=sealed, status=State.OFFERED, at=at, **(plain or {}))
    session.add(one)
    session.flush()
    _note(session, one, None, Step(By.RUMBO, at))
    return one


def hers(session: Session, learner_id: str) -> list[Referral]:
    """All of one learner, the latest first."""
    mine = select(Referral).where(Referral.learner_id == learner_id).order_by(Referral.at.desc(), Referral.id.desc())
    return list(session.scalars(mine))


def what(sealer: Sealer, one: Referral) -> tuple[str, str]:
    """Need and service, of a private one unsealed."""
    if one.sealed is None:
        return one.need or "", one.service or ""
    told = json.loads(sealer.unseal(one.sealed))
    return told["need"], told["service"]


def is_private(one: Referral) -> bool:
    return one.sealed is not None


def move(session: Session, one: Referral, to: State, step: Step) -> None:
    """Move a referral. To where it is already: nothing. Raises `IllegalMove`, and then nothing has changed."""
    if one.status is to:
        return
    if not may(step.by, one.status, to) or (to is State.FAILED and step.reason not in REASONS):
        log.warning("refused: %s may not move referral %s from %s to %s", step.by, one.id, one.status, to)
        raise IllegalMove(f"{step.by} may not move a referral from {one.status} to {to}.")
    before, one.status, one.at = one.status, to, step.at
    one.reason = step.reason if to is State.FAILED else None
    _note(session, one, before, step)


def _note(session: Session, one: Referral, before: State | None, step: Step) -> None:
    told = {"by": step.by, "reason": step.reason, "message_id": step.message_id, "at": step.at}
    session.add(ReferralEvent(referral_id=one.id, learner_id=one.learner_id, before=before, after=one.status, **told))
