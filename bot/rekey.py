"""`rumbo rekey`: brings everything that is sealed, and every hash, to the first key of RUMBO_SECRET_KEY.

It may run while Rumbo does, provided that all processes already know both keys, and it may be stopped at any moment:
what is done is known by opening with the first key, so there is no place to remember. Each batch is read without a
lock; only rows that need it are locked, for milliseconds, and a row somebody else has in hand is left for the next
round. Rounds go on until one finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Column, LargeBinary, Row, Table, func, select, tuple_, update
from sqlalchemy.orm import Session

from bot import spool_files
from bot.db import Base
from bot.people.privacy import Sealer, SealError
from bot.people.tables import Address
from bot.runtime import Runtime

BATCH = 200
"""Rows a transaction; about twenty milliseconds of SQLite's one writer."""


@dataclass
class Done:
    """What was done: rows and files sealed again, and how many values no key opens."""

    changed: int = 0
    files: int = 0
    unopened: int = 0


def run(house: Runtime, out: Console) -> str | None:
    """Work, and say what was done. Returns what went wrong in one sentence, or None."""
    done = rekey(house, out)
    out.print(f"{done.changed} rows and {done.files} files were sealed again; nothing is left for the other keys.")
    if not done.unopened:
        return None
    return f"{done.unopened} cannot be opened with any key of RUMBO_SECRET_KEY and were left as they are."


def rekey(house: Runtime, out: Console) -> Done:
    """Work until nothing of an earlier key is left. A progress bar a round; the last one only looks."""
    done, left, rounds = Done(), True, 0
    with Progress(console=out, transient=True) as bar:
        while left:
            rounds += 1
            task = bar.add_task(f"Round {rounds}", total=_rows(house))
            found = Done()
            left = False
            for seen, missed in _round(house, found):
                left = left or missed
                bar.advance(task, seen)
            done.changed += found.changed
            done.unopened = found.unopened
            left = left or found.changed > 0
    done.files, broken = spool_files.seal_again(house)
    done.unopened += broken
    return done


def sealed_columns(table: Table) -> list[Column[Any]]:
    """Every column of bytes is sealed: there is nothing else of that kind."""
    return [column for column in table.c if isinstance(column.type, LargeBinary)]


def _tables() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if sealed_columns(table)]


def _rows(house: Runtime) -> int:
    with house.db.read() as session:
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in _tables())


def _round(house: Runtime, found: Done) -> Iterator[tuple[int, bool]]:
    """Once through all tables. Yields how many rows were seen and whether one of them was in other hands."""
    for table in _tables():
        last: Row[Any] | None = None
        while True:
            with house.db.read() as session:
                rows = _next(session, table, last)
            if not rows:
                break
            last = rows[-1]
            stale = [row for row in rows if _again(house.sealer, table, row, found)]
            changed = _seal(house, table, stale)
            found.changed += changed
            yield len(rows), changed < len(stale)


def _next(session: Session, table: Table, last: Row[Any] | None) -> list[Row[Any]]:
    key = list(table.primary_key)
    more = select(*_needed(table)).order_by(*key).limit(BATCH)
    if last is not None:
        more = more.where(tuple_(*key) > tuple_(*(last._mapping[column.name] for column in key)))
    return list(session.execute(more))


def _needed(table: Table) -> list[Column[Any]]:
    hashed = [table.c.channel, table.c.lookup] if table is Address.__table__ else []
    return [*table.primary_key, *sealed_columns(table), *hashed]


def _again(sealer: Sealer, table: Table, row: Row[Any], found: Done | None = None) -> dict[str, Any]:
    """The values of a row that need the first key, sealed with it; none when all have it."""
    values: dict[str, Any] = {}
    for column in sealed_columns(table):
        sealed = row._mapping[column.name]
        if sealed is None or sealer.is_current(sealed):
            continue
        try:
            values[column.name] = sealer.seal(sealer.unseal(sealed))
        except SealError:
            if found:
                found.unopened += 1
    if table is Address.__table__:
        values |= _hash(sealer, row)
    return values


def _hash(sealer: Sealer, row: Row[Any]) -> dict[str, str]:
    """An address is found by a hash of what is sealed in it. Of the second id (`alias_lookup`) only a hash is kept:
    it is made anew at the person's next message."""
    try:
        lookup = sealer.lookup(row.channel, sealer.unseal(row.sealed))
    except SealError:
        return {}
    return {} if row.lookup == lookup else {"lookup": lookup}


def _seal(house: Runtime, table: Table, stale: list[Row[Any]]) -> int:
    """Seal rows again, as they are now: who changed one since has it locked or done. Returns how many there were."""
    if not stale:
        return 0
    key = list(table.primary_key)
    ids = [tuple(row._mapping[column.name] for column in key) for row in stale]
    mine = select(*_needed(table)).where(tuple_(*key).in_(ids)).order_by(*key)
    with house.db.write() as session:
        rows = list(session.execute(mine.with_for_update(skip_locked=True)))
        for row in rows:
            if values := _again(house.sealer, table, row):
                this = (column == row._mapping[column.name] for column in key)
                session.execute(update(table).where(*this).values(**values))
    return len(rows)
