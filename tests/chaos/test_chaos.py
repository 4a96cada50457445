"""The short version of `make chaos`: things break while learners write, and every message is accounted for."""

from __future__ import annotations

import asyncio
import os
import struct
import subprocess
import sys
import time

import pytest

from bench.chaos.clock import Clock
from bench.chaos.crowd import learners
from bench.chaos.faults import FAULTS
from bench.chaos.run import Told, Wanted, run
from bench.chaos.script import script
from bot.training import ENGINE, is_fresh

pytestmark = pytest.mark.timeout(600)
BROKEN = (
    "kill worker",
    "kill web",
    "disk full",
    "database locked",
    "Rasa answers rubbish",
    "actions refuse",
    "vendor: 429",
    "vendor: took it and reset",
    "webhooks three times",
    "webhooks out of order",
    "burst",
)
SHORT = Wanted(
    "sqlite",
    messages=260,
    people=20,
    seed=7,
    pace=0.1,
    pairs=0,
    names=BROKEN,
    settings=(("RUMBO_LEASE_SECONDS", "10"),),
)


@pytest.fixture(scope="module")
def told() -> Told:
    if not ENGINE.exists() or not is_fresh():
        pytest.fail("the engine is missing or not trained: run these tests with `make test`")
    return asyncio.run(run(SHORT, lambda count, name: None))


def test_all_of_it_happened(told):
    assert set(told.injected) == set(BROKEN)
    assert told.findings.seen["messages"] == SHORT.messages + 40  # the burst
    assert told.spoilt and told.webhooks["webhooks brought again though taken"]


def test_nothing_is_lost_or_doubled(told):
    assert (told.findings.seen["lost"], told.findings.seen["doubled"]) == (0, 0)
    assert told.findings.wrong["every message is there once"] == []
    assert told.findings.wrong["nothing reached a phone twice but by nature"] == []


def test_everything_else_is_true_as_well(told):
    assert {name: cases for name, cases in told.findings.wrong.items() if cases} == {}


def test_the_same_seed_is_the_same_script_and_the_same_messages():
    assert script("sqlite", 1000, 3) == script("sqlite", 1000, 3) != script("sqlite", 1000, 4)
    lines = [[person.lines for person in learners(5, 100, seed)] for seed in (3, 3, 4)]
    assert lines[0] == lines[1] != lines[2]
    assert sum(map(len, lines[0])) == 100


def test_every_fault_comes_alone_and_no_pair_is_about_the_same_thing():
    scenes = script("postgresql", 1000, 1, pairs=50)
    alone = {scene.name for scene in scenes if len(scene.faults) == 1}
    assert alone == set(FAULTS)
    assert all(a.area != b.area for a, b in (scene.faults for scene in scenes if len(scene.faults) == 2))
    assert "PostgreSQL restarted" not in {scene.name for scene in script("sqlite", 1000, 1)}


def test_the_clock_of_a_process_jumps_and_only_its_time_of_day(tmp_path):
    clock = Clock(tmp_path)
    if not clock.env:
        pytest.skip("there is no C compiler")
    clock.jump(-7200)
    ask = "import time; print(time.time(), time.monotonic(), time.time_ns() / 1e9)"
    said = subprocess.run(
        [sys.executable, "-c", ask], env=os.environ | clock.env, capture_output=True, text=True, check=True
    )
    day, still, nanoseconds = map(float, said.stdout.split())
    assert abs(day - time.time() + 7200) < 600 and abs(nanoseconds - day) < 600
    assert abs(still - time.monotonic()) < 600
    assert struct.unpack("=q", clock.file.read_bytes()) == (-7200,)
