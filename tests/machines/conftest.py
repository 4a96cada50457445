"""Several processes, and several hosts, that share one PostgreSQL and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.config import ROOT
from bot.migrations import upgrade
from bot.training import ENGINE, is_fresh
from tests.conftest import make_postgres_database
from tests.flows.vendors import Vendor


@pytest.fixture(scope="session")
def trained() -> None:
    if not ENGINE.exists() or not is_fresh():
        pytest.fail("the engine is missing or not trained: run these tests with `make test`")


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    with Vendor() as server:
        yield server


@pytest.fixture
def shared(postgres: str) -> str:
    """The one thing all share: an empty database in its newest shape."""
    url = make_postgres_database(postgres)
    upgrade(url)
    return url


@pytest.fixture
def make_folder(tmp_path: Path) -> Callable[[str], Path]:
    """A folder of its own for each host, with the same content."""

    def make(name: str) -> Path:
        shutil.copytree(ROOT / "content", tmp_path / name / "content")
        return tmp_path / name

    return make
