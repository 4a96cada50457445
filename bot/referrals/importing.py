"""Takes the directory of services over from a file: all of it or, when anything is wrong, nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.config import RumboError
from bot.content import services
from bot.referrals.tables import Import, Listed


class DirectoryError(RumboError):
    """A file of services cannot be used; the message names every row and column that is wrong."""


def take_over(session: Session, file: Path, states: Collection[str], at: datetime) -> int:
    """Replace the directory by the services of a file. How many there are. Raises `DirectoryError`."""
    try:
        data = file.read_bytes()
    except OSError as mistake:
        raise DirectoryError(f"{file.name} cannot be read: {mistake.strerror}.") from None
    found, mistakes = services.read(data, states)
    if mistakes:
        raise DirectoryError("\n".join([f"{file.name} was not imported:", *mistakes]))
    session.execute(delete(Listed))
    session.add_all(Listed(id=s.id, kind=s.kind, row=s.model_dump(mode="json")) for s in found)
    session.add(Import(digest=hashlib.sha256(data).hexdigest(), services=len(found), at=at))
    session.flush()
    return len(found)


def is_empty(session: Session) -> bool:
    """Whether nothing was ever imported."""
    return session.scalar(select(Import.id).limit(1)) is None
