"""What services brought while the database was away: on disk, sealed, until it is back.

A call is one file, named by the moment it came. Taking one up twice is harmless, because messages are unique by the
service's id; so a file goes only after its message is saved. While anything lies here, what comes in lies down behind
it (`bot/web.py`): a person's messages stay in order, and nobody waits for a database that is not there.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot.config import RumboError
from bot.messages import inbox
from bot.runtime import Runtime
from channels.base import Hook, Receipt

log = logging.getLogger(__name__)

AWAY = (DBAPIError, NoConnection, TimeoutError)
"""How it shows that the database is away: not there, locked for too long, full, or silent."""
AT_ONCE = 50
"""Files taken up before the worker looks whether it is to stop."""
ENDING = ".sealed"
OLD = 3600.0
"""Seconds after which nobody is still writing a file."""
TOO_LARGE = "54"
"""PostgreSQL's class of errors for what will never fit (SQLSTATE 54xxx)."""


LONGEST_WAIT = 30.0
"""Seconds somebody who is patient waits until nobody takes up."""


class Busy(RumboError):
    """The spool is being worked off just now. Try again in a moment."""


@dataclass(frozen=True)
class Call:
    """A verified webhook call and when it came. `hook` has the one header that reading may need."""

    channel: str
    hook: Hook
    at: datetime


def folder(house: Runtime) -> Path:
    return house.settings.rumbo_var / "spool"


def is_waiting(house: Runtime) -> bool:
    """Whether anything lies here. Asked at every call, so it stops at the first."""
    try:
        with os.scandir(folder(house)) as names:
            return any(name.name.endswith(ENDING) for name in names)
    except OSError:
        return False


def put(house: Runtime, call: Call) -> None:
    """Keep a call; on disk for certain when this returns. Raises `OSError`."""
    place = folder(house)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = place / f"{call.at:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}{ENDING}"
    unfinished = file.with_suffix(".part")
    try:
        write(unfinished, house.sealer.seal(_pack(call)))
        unfinished.rename(file)
        _sync(place)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def take_up(house: Runtime) -> bool:
    """Save the oldest calls that lie here. True when there were any. Raises one of `AWAY` while the database is."""
    files = _files(house)[:AT_ONCE]
    for file in files:
        with _in_company(house):
            _take_up(house, file)
    return bool(files)


@contextmanager
def alone(house: Runtime, patient: bool = False) -> Iterator[None]:
    """Nobody takes anything up meanwhile; calls may still be put down.

    Raises `Busy` when somebody is at it: at once, or when it takes long. What is held is a lock of the folder, which
    goes with its process.
    """
    deadline = time.monotonic() + (LONGEST_WAIT if patient else 0)
    with _folder_of(house) as number:
        while number is not None:
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy(Busy.__doc__) from None
                time.sleep(0.01)
        yield


@contextmanager
def _in_company(house: Runtime) -> Iterator[None]:
    """Several workers may take up at once, but not while somebody is `alone`."""
    with _folder_of(house) as number:
        if number is not None:
            fcntl.flock(number, fcntl.LOCK_SH)
        yield


@contextmanager
def _folder_of(house: Runtime) -> Iterator[int | None]:
    try:
        number = os.open(folder(house), os.O_RDONLY)
    except FileNotFoundError:
        number = None
    try:
        yield number
    finally:
        if number is not None:
            os.close(number)


def sweep(house: Runtime) -> None:
    """Remove what a process left half-written when it died: that call got no answer, so it is brought again."""
    for unfinished in folder(house).glob("*.part"):
        if unfinished.stat().st_mtime < time.time() - OLD:
            unfinished.unlink(missing_ok=True)


def _take_up(house: Runtime, file: Path) -> None:
    try:
        _save(house, unpack(house.sealer.unseal(file.read_bytes())))
    except FileNotFoundError:
        return  # another worker was faster
    except AWAY as trouble:
        if not _is_its_own_fault(trouble):
            raise
        _set_aside(file, trouble)
    except Exception as mistake:  # sealed with another key, a channel that is off, a fault of ours: the next may pass
        _set_aside(file, mistake)
    else:
        file.unlink(missing_ok=True)


def _save(house: Runtime, call: Call) -> None:
    """As if it came just now, but dated when it did: the window of 24 hours counts from there."""
    items = house.channels[call.channel].parse(call.hook)
    people = [item for item in items if not isinstance(item, Receipt)]
    with house.db.write() as session:
        inbox.save(session, house.sealer, call.channel, people, house.settings.rumbo_locale, call.at)
        for item in items:
            if isinstance(item, Receipt):
                inbox.receive(session, call.channel, item, call.at)


def _is_its_own_fault(trouble: Exception) -> bool:
    """Whether the database is there and refuses this one call, now and for ever."""
    if isinstance(trouble, DataError | IntegrityError):
        return True
    state = getattr(getattr(trouble, "orig", None), "sqlstate", None) or ""
    return str(state).startswith(TOO_LARGE)


def _set_aside(file: Path, mistake: Exception) -> None:
    broken = file.parent / "broken"
    broken.mkdir(mode=0o700, exist_ok=True)
    file.rename(broken / file.name)
    log.error("%s cannot be taken up (%s); it is in %s", file.name, type(mistake).__name__, broken)


def _files(house: Runtime) -> list[Path]:
    """The oldest first."""
    return sorted(folder(house).glob(f"*{ENDING}"))


def write(file: Path, sealed: bytes) -> None:
    """A new file, for its owner alone, on disk when this returns."""
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(sealed)
        target.flush()
        os.fsync(target.fileno())


def _sync(place: Path) -> None:
    """A new name is on disk only when its folder is."""
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _pack(call: Call) -> str:
    headers = {name: value for name, value in call.hook.headers.items() if name == "content-type"}
    body = call.hook.body.decode("latin-1")  # any byte is a letter there, so it comes back as it was
    held = {"channel": call.channel, "at": call.at.isoformat(), "url": call.hook.url, "headers": headers, "body": body}
    return json.dumps(held)


def unpack(text: str) -> Call:
    """Raises `ValueError` or `KeyError` on what `put` did not write."""
    held = json.loads(text)
    hook = Hook(held["url"], held["headers"], held["body"].encode("latin-1"))
    return Call(held["channel"], hook, datetime.fromisoformat(held["at"]))
