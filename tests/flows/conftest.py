"""A whole Rumbo for conversations: every process real, the engine included; only the vendors' servers are ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import ROOT
from bot.training import ENGINE, is_fresh
from tests.flows.running import Running
from tests.flows.talking import Talk
from tests.flows.threads import warm
from tests.flows.vendors import Vendor


@pytest.fixture(scope="session")
def vendor() -> Iterator[Vendor]:
    """Twilio's and Telegram's servers, as far as a conversation needs them."""
    with Vendor() as server:
        yield server


@pytest.fixture(scope="session")
def rumbo(tmp_path_factory: pytest.TempPathFactory, vendor: Vendor) -> Iterator[Running]:
    """Rumbo with the shipped content and two more blocks of questions (`interviews/` beside this file)."""
    if not ENGINE.exists() or not is_fresh():
        pytest.fail("the engine is missing or not trained: run these tests with `make test`")
    folder = tmp_path_factory.mktemp("rumbo")
    shutil.copytree(ROOT / "content", folder / "content")
    for file in (Path(__file__).parent / "interviews").glob("*.yml"):
        shutil.copy(file, folder / "content" / "es-MX" / "interviews")
    with Running(folder, vendor) as running:
        warm(running)
        yield running


@pytest.fixture
def talk(rumbo: Running) -> Talk:
    """Someone new on the chat page who has agreed before."""
    return rumbo.web(consented=True)
