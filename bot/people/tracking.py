"""What is remembered of a person: where she writes from, what she agreed to, whether she may be written to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from bot.db import insert_once
from bot.people.privacy import Sealer, new_id
from bot.people.tables import Address, Consent, Learner, OptChange, Standing


def meet(
    session: Session, sealer: Sealer, channel: str, sender: str, alias: str | None, locale: str, now: datetime
) -> Address:
    """The address of whoever writes; a first message makes the address and a learner for it."""
    address = _known(session, sealer, channel, sender, alias)
    if address is None:
        address = _new(session, sealer, channel, sender, locale, now)
    if alias:
        address.alias_lookup = sealer.lookup(channel, alias)
    address.last_inbound_at = now
    if address.standing is not Standing.OPEN:  # whoever writes can be written to
        address.standing, address.standing_at = Standing.OPEN, now
    return address


def find(session: Session, sealer: Sealer, channel: str, sender: str) -> Address | None:
    return session.scalar(select(Address).filter_by(channel=channel, lookup=sealer.lookup(channel, sender)))


def _known(session: Session, sealer: Sealer, channel: str, sender: str, alias: str | None) -> Address | None:
    """By the sender, or else by the second id: a person who changed or hid her number stays the same person."""
    if address := find(session, sealer, channel, sender):
        return address
    second = sealer.lookup(channel, alias or sender)
    address = session.scalar(
        select(Address)
        .where(Address.channel == channel, or_(Address.alias_lookup == second, Address.lookup == second))
        .order_by(Address.id.desc())
        .limit(1)
    )
    if address and alias:
        address.lookup, address.sealed = sealer.lookup(channel, sender), sealer.seal(sender)
    return address


def _new(session: Session, sealer: Sealer, channel: str, sender: str, locale: str, now: datetime) -> Address:
    learner = Learner(id=new_id(), created_at=now, locale=locale, unsure=0)
    session.add(learner)
    session.flush()
    lookup = sealer.lookup(channel, sender)
    values = {"learner_id": learner.id, "channel": channel, "lookup": lookup, "sealed": sealer.seal(sender)}
    if not insert_once(session, Address, {**values, "standing": Standing.OPEN}):
        session.delete(learner)  # her first two messages came at once, and the other was first
    return session.scalars(select(Address).filter_by(channel=channel, lookup=lookup)).one()


def has_consented(session: Session, learner_id: str) -> bool:
    """Whether her latest answer to keeping her data for guidance was yes."""
    latest = select(func.max(Consent.id)).where(Consent.learner_id == learner_id, Consent.purpose == "guidance")
    return bool(session.scalar(select(Consent.given).where(Consent.id == latest.scalar_subquery())))


def record_consent(
    session: Session, learner_id: str, given: bool, version: str, channel: str, message_id: int, now: datetime
) -> None:
    row = {"purpose": "guidance", "given": given, "notice_version": version, "channel": channel, "at": now}
    insert_once(session, Consent, {"learner_id": learner_id, "message_id": message_id, **row})


def opt_out(session: Session, learner: Learner, method: str, now: datetime) -> bool:
    """Stop everything but answers to what she writes. False when it was so already."""
    if learner.opted_out_at:
        return False
    learner.opted_out_at = now
    session.add(OptChange(learner_id=learner.id, opted_in=False, method=method, at=now))
    return True


def opt_in(session: Session, learner: Learner, method: str, now: datetime) -> bool:
    """Start again. False when she was not out."""
    if not learner.opted_out_at:
        return False
    learner.opted_out_at = None
    session.add(OptChange(learner_id=learner.id, opted_in=True, method=method, at=now))
    return True


def mark(session: Session, address_id: int, standing: Standing, now: datetime) -> None:
    """Remember that an address cannot be written to (or can again)."""
    session.execute(update(Address).where(Address.id == address_id).values(standing=standing, standing_at=now))
