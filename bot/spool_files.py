"""What else is done with what lies in the spool: counted, erased with its person, sealed again, tried again."""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

from bot import spool
from bot.people.privacy import SealError
from bot.people.tables import Address
from bot.runtime import Runtime
from bot.spool import ENDING, Call
from channels.base import Gone, Inbound

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class State:
    """Files that wait, files set aside, and the age in seconds of the oldest that waits."""

    waiting: int
    broken: int
    oldest: int


def state(house: Runtime) -> State:
    """How things are on this host; every host has a spool of its own."""
    times = [time_ for file in _waiting(house) if (time_ := _written(file)) is not None]
    oldest = max(0, int(time.time() - min(times))) if times else 0
    return State(len(times), len(_broken(house)), oldest)


def forget(house: Runtime, addresses: Iterable[Address]) -> int:
    """Remove what came from somebody's addresses. Returns how many files went. Raises `spool.Busy`."""
    hers = list(addresses)
    if not _all(house):
        return 0
    with spool.alone(house):
        opened = [(file, _open(house, file)) for file in _all(house)]
        gone = [file for file, call in opened if call and _is_hers(house, call, hers)]
        for file in gone:
            file.unlink(missing_ok=True)
    if closed := sum(call is None for _, call in opened):
        log.error("%s files of the spool cannot be opened: nobody can tell whether they are an erased person's", closed)
    return len(gone)


def seal_again(house: Runtime) -> tuple[int, int]:
    """Seal with the first key what another one sealed. Returns how many files, and how many no key opens."""
    changed = closed = 0
    for file in _all(house):
        with spool.alone(house, patient=True):
            done = _seal_again(house, file)
        changed, closed = changed + (done is True), closed + (done is None)
    return changed, closed


def put_back(house: Runtime) -> int:
    """What was set aside is taken up once more. Returns how many files."""
    files = _broken(house)
    for file in files:
        file.rename(spool.folder(house) / file.name)
    return len(files)


def _seal_again(house: Runtime, file: Path) -> bool | None:
    """False when there is nothing to do; None when it cannot be opened."""
    try:
        sealed, when = file.read_bytes(), file.stat()
        if house.sealer.is_current(sealed):
            return False
        text = house.sealer.unseal(sealed)
    except FileNotFoundError:
        return False
    except SealError:
        return None
    new = spool.folder(house) / f"{file.stem}.part"
    spool.write(new, house.sealer.seal(text))
    os.utime(new, (when.st_atime, when.st_mtime))
    new.rename(file)
    return True


def _is_hers(house: Runtime, call: Call, addresses: list[Address]) -> bool:
    """By hash, as in the database. A call that cannot be read, or only speaks of her, by her number in it."""
    hers = [address for address in addresses if address.channel == call.channel]
    people = _people(house, call)
    known = {found for address in hers for found in (address.lookup, address.alias_lookup) if found}
    if people:
        ids = [name for one in people for name in (one.sender, getattr(one, "alias", None)) if name]
        return any(not known.isdisjoint(house.sealer.lookups(call.channel, name)) for name in ids)
    body = unquote_plus(call.hook.body.decode("latin-1"))
    return any(re.search(rf"(?<!\w){re.escape(_number(house, address))}(?!\w)", body) for address in hers)


def _people(house: Runtime, call: Call) -> list[Inbound | Gone]:
    channel = house.channels.get(call.channel)
    if channel is None:
        return []
    try:
        return [item for item in channel.parse(call.hook) if isinstance(item, Inbound | Gone)]
    except Exception as mistake:  # whatever made it broken
        log.info("a call in the spool cannot be read: %s", type(mistake).__name__)
        return []


def _number(house: Runtime, address: Address) -> str:
    return house.sealer.unseal(address.sealed).removeprefix(f"{address.channel}:")


def _open(house: Runtime, file: Path) -> Call | None:
    try:
        return spool.unpack(house.sealer.unseal(file.read_bytes()))
    except (SealError, ValueError, KeyError, TypeError, OSError):
        return None


def _written(file: Path) -> float | None:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return None  # taken up meanwhile


def _waiting(house: Runtime) -> list[Path]:
    return sorted(spool.folder(house).glob(f"*{ENDING}"))


def _broken(house: Runtime) -> list[Path]:
    return sorted((spool.folder(house) / "broken").glob(f"*{ENDING}"))


def _all(house: Runtime) -> list[Path]:
    return _waiting(house) + _broken(house)
