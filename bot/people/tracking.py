"""What is remembered of a person: where she writes from, what she agreed to, whether she may be written to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, or_, select, text, update
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
    """Also by an earlier key, while there is one: `rumbo rekey` may not have come to her row yet."""
    return session.scalar(_FIND, {"channel": channel, "lookups": sealer.lookups(channel, sender)})


_FIND = (
    select(Address)
    .where(Address.channel == bindparam("channel"), Address.lookup.in_(bindparam("lookups", expanding=True)))
    .order_by(Address.id)
    .limit(1)
)


def _known(session: Session, sealer: Sealer, channel: str, sender: str, alias: str | None) -> Address | None:
    """By the sender, or else by the second id: a person who changed or hid her number stays the same person."""
    if address := find(session, sealer, channel, sender):
        return address
    second = sealer.lookups(channel, alias or sender)
    address = session.scalar(
        select(Address)
        .where(Address.channel == channel, or_(Address.alias_lookup.in_(second), Address.lookup.in_(second)))
        .order_by(Address.id.desc())
        .limit(1)
    )
    if address and alias:
        address.lookup, address.sealed = sealer.lookup(channel, sender), sealer.seal(sender)
    return address


def _new(session: Session, sealer: Sealer, channel: str, sender: str, locale: str, now: datetime) -> Address:
    if address := _met_meanwhile(session, sealer, channel, sender):
        return address
    learner = Learner(id=new_id(), created_at=now, locale=locale, unsure=0)
    session.add(learner)
    session.flush()
    lookup = sealer.lookup(channel, sender)
    values = {"learner_id": learner.id, "channel": channel, "lookup": lookup, "sealed": sealer.seal(sender)}
    if not insert_once(session, Address, {**values, "standing": Standing.OPEN}):
        session.delete(learner)  # her first two messages came at once, and the other was first
    return session.scalars(select(Address).filter_by(channel=channel, lookup=lookup)).one()


def _met_meanwhile(session: Session, sealer: Sealer, channel: str, sender: str) -> Address | None:
    """While keys change, two processes may hash one person differently, and no unique index tells that it is one.

    So whoever is about to make her waits for whoever else is, and looks again. SQLite has one writer at a time anyway.
    """
    hashes = sealer.lookups(channel, sender)
    if len(hashes) == 1:
        return None
    if session.get_bind().dialect.name == "postgresql":
        number = int(min(hashes)[:15], 16)  # 60 bits, the same in whichever order the keys stand
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
    return find(session, sealer, channel, sender)


def has_consented(session: Session, learner_id: str) -> bool:
    """Whether her latest answer to keeping her data for guidance was yes."""
    return bool(session.scalar(_LATEST_CONSENT, {"learner": learner_id}))


_LATEST_CONSENT = (
    select(Consent.given)
    .where(Consent.learner_id == bindparam("learner"), Consent.purpose == "guidance")
    .order_by(Consent.id.desc())
    .limit(1)
)


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


def last_address(session: Session, learner_id: str) -> Address | None:
    """Where she wrote last, of what can be written to."""
    mine = (Address.learner_id == learner_id, Address.standing == Standing.OPEN)
    return session.scalars(select(Address).where(*mine).order_by(Address.last_inbound_at.desc()).limit(1)).first()
