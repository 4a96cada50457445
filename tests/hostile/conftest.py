"""One open door for a whole file: hypothesis knocks hundreds of times, and nothing may be left broken in between."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import web
from bot.messages.tables import Direction, Message
from bot.runtime import Runtime
from tests.conftest import make_settings
from tests.hostile.strange import ON

UNLIMITED = {
    f"rumbo_{whose}": 10**6
    for whose in "sender_per_minute sender_burst address_per_second address_burst chat_per_second chat_burst".split()
}
"""What is refused unread tests nothing."""
HTTPS = "https://testserver"
"""The cookie of a public Rumbo travels only encrypted."""


async def _nothing(*_: object) -> None:
    """Nobody is there to be shown that a message arrived."""


@pytest.fixture(scope="module")
def calm() -> Iterator[None]:
    """No second tries of receipts, no acknowledging: nobody listens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(web, "LATE_RECEIPT", (), raising=False)
        patch.setattr("channels.whatsapp.WhatsApp.acknowledge", _nothing)
        patch.setattr("channels.telegram.Telegram.acknowledge", _nothing)
        yield


@pytest.fixture(scope="module")
def rumbo(calm: None, migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    """A house with every channel on, on SQLite."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copy(migrated, folder / "rumbo.db")
    house = Runtime(make_settings(folder, **ON, **UNLIMITED))
    yield house
    house.db.close()


@pytest.fixture(scope="module")
def door(rumbo: Runtime) -> Iterator[TestClient]:
    """Where strangers knock. What the code does not catch comes back as a 500, as it would outside."""
    with TestClient(web.create_app(rumbo), HTTPS, raise_server_exceptions=False) as client:
        yield client


def kept(house: Runtime) -> list[str]:
    """The words of everything that came in."""
    with house.db.read() as session:
        rows = session.scalars(select(Message).where(Message.direction == Direction.IN).order_by(Message.id))
        return [house.sealer.unseal(row.sealed) for row in rows]
