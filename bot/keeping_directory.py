"""The directory of services of this Rumbo: taken over from a file, and what in it is old."""

from __future__ import annotations

from pathlib import Path

from bot.content import services
from bot.db import now
from bot.guidance.days import today
from bot.referrals import directory, importing
from bot.runtime import Runtime


def take_over(house: Runtime, file: Path | None = None) -> int:
    """Replace the directory by a file's services. How many there are now. Raises `DirectoryError`."""
    states = house.library.current().states
    with house.db.write() as session:
        return importing.take_over(session, file or services.file_of(house.settings.rumbo_content), states, now())


def first_import(house: Runtime) -> int | None:
    """The directory that comes with the content, where there is none yet. How many services, or None."""
    with house.db.read() as session:
        has_one = not importing.is_empty(session)
    return None if has_one else take_over(house)


def old(house: Runtime) -> list[str]:
    """A line for each service that must be verified again before learners see it, the oldest first."""
    with house.db.read() as session:
        found = directory.stale(directory.listed(session).values(), today(now()))
    return [f"{s.id}: last verified {s.verified or 'never'} by {s.verified_by or 'nobody'}" for s in found]
