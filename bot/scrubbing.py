"""What was erased leaves the file too. PostgreSQL does so by itself (autovacuum); SQLite keeps two kinds of copies.

One is its write-ahead log. The other are unused parts of pages: where rows were moved to another page, their old bytes
stay, also with `secure_delete` (tests/people/test_scrubbing.py). Only writing the file anew removes them for certain.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine

log = logging.getLogger(__name__)

AT_ONCE = 100 * 1024 * 1024
"""Bytes of a file that is written anew at once, in about a second. A larger one waits for the night."""
WAIT_MS = 2_000
"""How long the writing waits for readers, who hold on for milliseconds; everybody else waits behind it."""


def owe(connection: Connection) -> None:
    """In the transaction that erases: the file has to be scrubbed. SQLite keeps this number for its users."""
    if connection.dialect.name == "sqlite":
        owed: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.exec_driver_sql(f"PRAGMA user_version={owed + 1}")


def scrub(engine: Engine, is_night: bool) -> bool:
    """Write the file anew if it owes that and is small enough for the hour. False when it still owes."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()  # outside any transaction, which SQLAlchemy would begin
    try:
        waited = _number(connection, "busy_timeout")
        connection.execute(f"PRAGMA busy_timeout={WAIT_MS}")
        done = _pay(connection, is_night)
        connection.execute(f"PRAGMA busy_timeout={waited}")
        return done
    except sqlite3.OperationalError as trouble:
        log.warning("what was erased is not yet out of the file: %s", trouble)  # locked, or the disk is full
        return False
    finally:
        connection.close()


def _pay(connection: Any, is_night: bool) -> bool:
    owed = _number(connection, "user_version")
    if not owed:
        return True
    if not is_night and _number(connection, "page_count") * _number(connection, "page_size") > AT_ONCE:
        return False
    connection.execute("VACUUM")
    if _number(connection, "wal_checkpoint(TRUNCATE)"):
        return False  # somebody read all the while
    connection.execute("BEGIN IMMEDIATE")
    since = _number(connection, "user_version") - owed
    connection.execute(f"PRAGMA user_version={since}")
    connection.execute("COMMIT")
    return since == 0


def _number(connection: Any, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
