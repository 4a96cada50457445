"""kill -9 between each pair of steps: nothing is lost, no outcome is counted twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.config import ROOT
from bot.guidance.tables import Answer, Run
from bot.messages.tables import Direction, Message, Status
from bot.migrations import upgrade
from bot.runtime import Runtime
from tests.builders import consent, write
from tests.conftest import make_postgres_database, make_settings

POINTS = [
    "before the claim",
    "after the claim",
    "before the engine is asked",
    "after the outcome is recorded",
    "before the close",
    "before the replies are queued",
    "after the replies are queued, uncommitted",
    "after the close",
    "before the vendor is called",
    "after the vendor took it",
    "before the sending is recorded",
    "after the sending is recorded",
]
DOUBLED_BY_NATURE = {"after the vendor took it", "before the sending is recorded"}
"""The vendor has it and we do not know: it is sent once more, and never a third time."""


def run(point: str, vendor: Path, folder: Path, database: str) -> int:
    script = Path(__file__).parent / "inside" / "crash.py"
    command = [sys.executable, str(script), point, str(vendor), str(folder), database]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=environment, timeout=60).returncode


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_step_loses_and_doubles_nothing(small_house, tmp_path, point):
    check(small_house, tmp_path, point)


@pytest.mark.parametrize("point", ["after the claim", "after the outcome is recorded", "after the vendor took it"])
def test_the_same_on_postgresql(postgres, tmp_path, point):
    url = make_postgres_database(postgres)
    upgrade(url)
    check(Runtime(make_settings(tmp_path, database_url=url)), tmp_path, point)


def check(house: Runtime, folder: Path, point: str) -> None:
    consent(house)
    write(house, "cuidé a mi abuela")
    vendor, database = folder / "vendor.txt", house.settings.database

    assert run(point, vendor, folder, database) == -signal.SIGKILL
    assert run("never", vendor, folder, database) == 0

    with house.db.read() as session:
        inbound = session.scalars(select(Message).where(Message.direction == Direction.IN)).all()
        outbound = session.scalars(select(Message).where(Message.direction == Direction.OUT)).all()
        assert [m.status for m in inbound] == [Status.DONE, Status.DONE]
        assert {m.status for m in outbound} == {Status.SENT}
        assert session.scalars(select(Answer.question)).all() == ["orgullo"]
        assert len(session.scalars(select(Run)).all()) == 1
    said = vendor.read_text().splitlines()
    assert len(said) == len(outbound) + (point in DOUBLED_BY_NATURE)
    assert len(set(said)) == len(outbound)
