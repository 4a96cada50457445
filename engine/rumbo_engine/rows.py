"""Where conversations lie: one row each, in SQLite or PostgreSQL.

The table is `conversation(sender_id, ver, updated, doc)`. Any process may delete a row: that erases a learner.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path
from typing import Any, Protocol

Row = tuple[int, bytes]  # version, document


class Rows(Protocol):
    """What the tracker store asks of a database."""

    async def version(self, sender_id: str) -> int | None: ...
    async def get(self, sender_id: str) -> Row | None: ...
    async def insert(self, sender_id: str, version: int, document: bytes) -> None: ...
    async def update(self, sender_id: str, version: int, document: bytes) -> bool: ...
    async def delete(self, sender_id: str) -> None: ...
    async def keys(self) -> list[str]: ...


def open_rows(url: str) -> Rows:
    """`sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://...` (any +driver is ignored)."""
    scheme, _, rest = url.partition("://")
    kind = scheme.partition("+")[0]
    if kind == "sqlite":
        return SqliteRows(rest[1:] or ":memory:")
    if kind in ("postgresql", "postgres"):
        return PostgresRows(f"postgresql://{rest}")
    raise ValueError(f"The conversation store knows sqlite:// and postgresql://, not '{scheme}://'.")


class SqliteRows:
    """A file. Calls take 10 to 50 microseconds, so they are made directly on the event loop."""

    _TABLE = """CREATE TABLE IF NOT EXISTS conversation(
        sender_id TEXT PRIMARY KEY, ver INTEGER NOT NULL, updated REAL NOT NULL, doc BLOB NOT NULL
    ) WITHOUT ROWID"""
    _INSERT = """INSERT INTO conversation VALUES(?, ?, ?, ?)
        ON CONFLICT(sender_id) DO UPDATE SET ver=excluded.ver, updated=excluded.updated, doc=excluded.doc"""

    def __init__(self, path: str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(self._TABLE)

    async def version(self, sender_id: str) -> int | None:
        found = self._db.execute("SELECT ver FROM conversation WHERE sender_id=?", (sender_id,)).fetchone()
        return found[0] if found else None

    async def get(self, sender_id: str) -> Row | None:
        query = "SELECT ver, doc FROM conversation WHERE sender_id=?"
        return self._db.execute(query, (sender_id,)).fetchone()

    async def insert(self, sender_id: str, version: int, document: bytes) -> None:
        self._db.execute(self._INSERT, (sender_id, version, time.time(), document))

    async def update(self, sender_id: str, version: int, document: bytes) -> bool:
        query = "UPDATE conversation SET ver=?, updated=?, doc=? WHERE sender_id=?"
        return self._db.execute(query, (version, time.time(), document, sender_id)).rowcount > 0

    async def delete(self, sender_id: str) -> None:
        """The row goes, and its pages in the write-ahead log with it."""
        self._db.execute("DELETE FROM conversation WHERE sender_id=?", (sender_id,))
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def keys(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT sender_id FROM conversation")]


class PostgresRows:
    """A server, through asyncpg; the pool is opened by the first call, inside the loop that uses it."""

    _TABLE = """CREATE TABLE IF NOT EXISTS conversation(
        sender_id text PRIMARY KEY, ver bigint NOT NULL, updated timestamptz NOT NULL DEFAULT now(),
        doc bytea NOT NULL
    ) WITH (fillfactor=50)"""  # half-empty pages: a row is rewritten at every message
    _INSERT = """INSERT INTO conversation VALUES($1, $2, now(), $3)
        ON CONFLICT(sender_id) DO UPDATE SET ver=excluded.ver, updated=now(), doc=excluded.doc"""

    _TURN = "SELECT pg_advisory_xact_lock(5005)"

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: Any = None
        self._opening = asyncio.Lock()

    async def _open(self) -> Any:
        """The pool. Many learners may ask at once when the engine has just started: one opens it, all use it."""
        async with self._opening:
            if self._pool is None:
                self._pool = await self._opened()
        return self._pool

    async def _opened(self) -> Any:
        import asyncpg

        pool = await asyncpg.create_pool(self._url, min_size=1, max_size=8, timeout=5, command_timeout=5)
        try:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute(self._TURN)  # IF NOT EXISTS does not wait for an engine that makes it just now
                await connection.execute(self._TABLE)
        except BaseException:
            pool.terminate()
            raise
        return pool

    async def version(self, sender_id: str) -> int | None:
        pool = await self._open()
        return await pool.fetchval("SELECT ver FROM conversation WHERE sender_id=$1", sender_id)

    async def get(self, sender_id: str) -> Row | None:
        pool = await self._open()
        return await pool.fetchrow("SELECT ver, doc FROM conversation WHERE sender_id=$1", sender_id)

    async def insert(self, sender_id: str, version: int, document: bytes) -> None:
        pool = await self._open()
        await pool.execute(self._INSERT, sender_id, version, document)

    async def update(self, sender_id: str, version: int, document: bytes) -> bool:
        pool = await self._open()
        query = "UPDATE conversation SET ver=$2, updated=now(), doc=$3 WHERE sender_id=$1"
        done: str = await pool.execute(query, sender_id, version, document)
        return done != "UPDATE 0"

    async def delete(self, sender_id: str) -> None:
        pool = await self._open()
        await pool.execute("DELETE FROM conversation WHERE sender_id=$1", sender_id)

    async def keys(self) -> list[str]:
        pool = await self._open()
        return [row[0] for row in await pool.fetch("SELECT sender_id FROM conversation")]
