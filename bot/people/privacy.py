"""Sealing, look-up by keyed hash, and erasure: how Rumbo keeps what could tell who someone is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
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
    """Seals texts and makes look-up hashes, each with its own key drawn from the one secret."""

    def __init__(self, secret_key: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(_draw(secret_key, b"seal")))
        self._lookup_key = _draw(secret_key, b"lookup")
        self.cookie_key = _draw(secret_key, b"cookie")

    def seal(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def unseal(self, sealed: bytes) -> str:
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealError(SealError.__doc__) from None

    def lookup(self, *parts: str) -> str:
        """The keyed hash of an external id: the same in, the same out, and no way back without the key."""
        return hmac.new(self._lookup_key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


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
