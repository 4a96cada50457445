"""Houses with both channels on, and who calls at their public port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url
from starlette.testclient import TestClient

from bot import web
from bot.migrations import upgrade
from bot.runtime import Runtime
from tests.conftest import make_postgres_database, make_settings
from tests.web.calls import HER, ON


@pytest.fixture
def make_house(small_house: Runtime, tmp_path: Path) -> Iterator[Callable[..., Runtime]]:
    """Houses on SQLite with both channels on and settings of one's own."""
    made: list[Runtime] = []

    def make(**more: object) -> Runtime:
        made.append(Runtime(make_settings(tmp_path, **(ON | more))))
        return made[-1]

    yield make
    for house in made:
        house.db.close()


@pytest.fixture
def small_on(make_house: Callable[..., Runtime]) -> Runtime:
    return make_house()


@pytest.fixture
def on(fresh: str, tmp_path: Path) -> Iterator[Runtime]:
    """A house with both channels on and its database at hand, on both kinds of database."""
    yield from _house(fresh, tmp_path)


@pytest.fixture
def away(on: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    """The same house, whose database is where nobody answers."""
    url = make_url(on.settings.database_url)
    nowhere = url.set(database=f"{tmp_path}/nowhere/rumbo.db")
    if not on.settings.database_url.startswith("sqlite"):
        nowhere = url.set(host="127.0.0.1", port=9, query={})
    yield from _house(nowhere.render_as_string(hide_password=False), tmp_path)


@pytest.fixture
def postgres_on(postgres: str, tmp_path: Path) -> Iterator[Runtime]:
    url = make_postgres_database(postgres)
    upgrade(url)
    yield from _house(url, tmp_path)


def _house(url: str, folder: Path) -> Iterator[Runtime]:
    rumbo = Runtime(make_settings(folder, database_url=url, **ON))
    yield rumbo
    rumbo.db.close()


@pytest.fixture
def open_door() -> Iterator[Callable[[Runtime], TestClient]]:
    """The public port of a house."""
    doors: list[TestClient] = []

    def open_it(house: Runtime) -> TestClient:
        doors.append(TestClient(web.create_app(house), raise_server_exceptions=False))
        return doors[-1].__enter__()

    yield open_it
    for door in doors:
        door.__exit__(None, None, None)


@pytest.fixture
def call() -> Iterator[Callable[..., TestClient]]:
    """Somebody at an address; more than one may call at the same port."""
    doors: list[TestClient] = []

    def from_address(port: Runtime | TestClient, host: str = HER) -> TestClient:
        app = web.create_app(port) if isinstance(port, Runtime) else port.app
        doors.append(TestClient(app, "https://rumbo", False, client=(host, 5000)))  # its cookie is for https alone
        return doors[-1].__enter__() if isinstance(port, Runtime) else doors[-1]

    yield from_address
    for door in doors:
        door.close()
