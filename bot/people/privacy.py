"""Sealing, look-up by keyed hash, and erasure: how Rumbo keeps what could tell who someone is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Delete, delete, select
from sqlalchemy.orm import Session

from bot.config import RumboError
from bot.db import Base
from bot.people.tables import Erasure, Learner


class SealError(RumboError):
    """Something sealed cannot be opened: it was sealed with another RUMBO_SECRET_KEY."""


class Sealer:
    """Seals texts and makes look-up hashes, each with its own key drawn from a secret.

    Of several secrets the first is in use. The others open what they sealed and find what they hashed, until
    `rumbo rekey` (`bot/rekey.py`) has brought everything to the first.
    """

    def __init__(self, *secret_keys: str) -> None:
        fernets = [Fernet(base64.urlsafe_b64encode(_draw(key, b"seal"))) for key in secret_keys]
        self._first, self._any = fernets[0], MultiFernet(fernets)
        self._lookup_keys = [_draw(key, b"lookup") for key in secret_keys]
        self.cookie_keys = tuple(_draw(key, b"cookie") for key in secret_keys)

    def seal(self, text: str) -> bytes:
        return self._first.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        """Raises `SealError`."""
        try:
            return self._any.decrypt(sealed).decode()
        except InvalidToken:
            raise SealError(SealError.__doc__) from None

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first secret sealed it."""
        try:
            self._first.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def lookup(self, *parts: str) -> str:
        """The keyed hash of an external id: the same in, the same out, and no way back without the key."""
        return self.lookups(*parts)[0]

    def lookups(self, *parts: str) -> list[str]:
        """The hash by each secret, the one in use first: how to look for a row that an earlier one hashed."""
        joined = "\0".join(parts).encode()
        return [hmac.new(key, joined, hashlib.sha256).hexdigest() for key in self._lookup_keys]


def _draw(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"rumbo " + purpose).derive(secret_key.encode())


def forget(session: Session, learner_id: str) -> int:
    """Remove every row about a learner. Returns how many went.

    Tables are found by their `learner_id`, so that a table added later cannot be forgotten.
    """
    rows = 0
    for table in reversed(Base.metadata.sorted_tables):
        if "learner_id" in table.c:
            rows += _delete(session, delete(table).where(table.c.learner_id == learner_id))
    return rows + _delete(session, delete(Learner).where(Learner.id == learner_id))


def _delete(session: Session, statement: Delete) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[attr-defined]


def erase(session: Session, learner_id: str, now: datetime) -> str:
    """Forget a learner for good and keep a receipt, whose number is returned."""
    receipt = receipt_for(learner_id)
    session.merge(Erasure(receipt=receipt, at=now, rows=forget(session, learner_id)))
    return receipt


def receipt_for(learner_id: str) -> str:
    """The receipt number a learner is given: the same however often she asks, and no way back to her."""
    return "RB-" + hashlib.sha256(b"receipt " + learner_id.encode()).hexdigest()[:8].upper()


def due_erasures(session: Session, now: datetime) -> list[str]:
    """Learners whose erasure is due."""
    return list(session.scalars(select(Learner.id).where(Learner.erase_at <= now)))


def new_id() -> str:
    """A made-up name for a learner: 64 random bits."""
    return secrets.token_hex(8)
