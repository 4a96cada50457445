"""The reading of all logs at the end of a run (`tests/hygiene.py`) finds what it is for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.config import ROOT
from tests.hygiene import leaks, secrets

PLANTED = """
import logging
from tests.hygiene import say

def test_plants(tmp_path):
    say("mi hermana vende tamales")
    {act}
"""
ACTS = {
    "a record": 'logging.getLogger("bot.x").info("got %s", "mi hermana vende tamales")',
    "a file": '(tmp_path / "logs").mkdir(); (tmp_path / "logs" / "web.log").write_text("from +5215512345678")',
    "a traceback": """
    try:
        raise ValueError("mi hermana vende tamales")
    except ValueError:
        logging.getLogger("bot.x").exception("message 7 could not be answered")""",
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """Outside the folder of this run, whose own logs are read in the end."""
    with TemporaryDirectory() as place:
        yield Path(place)


def run(folder: Path, act: str) -> subprocess.CompletedProcess[str]:
    """A run of its own with one test in it."""
    (folder / "test_planted.py").write_text(PLANTED.format(act=act))
    command = [sys.executable, "-m", "pytest", "-p", "tests.hygiene", "-p", "no:cacheprovider", f"--rootdir={folder}"]
    more = [f"--basetemp={folder}/base", str(folder)]
    return subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("act", ACTS)
def test_a_planted_line_fails_the_run(folder, act):
    ran = run(folder, ACTS[act])
    assert ran.returncode == 1 and "These log lines hold a secret" in ran.stdout


def test_a_clean_run_passes(folder):
    ran = run(folder, 'logging.getLogger("bot.x").info("message 7 was not sent: Timeout")')
    assert (ran.returncode, "1 passed" in ran.stdout) == (0, True), ran.stdout


def test_every_secret_and_every_kind_of_address_is_known():
    lines = [*(f"token={secret}" for secret in secrets()), "+5215500001000", "whatsapp:+5215512345678", "500001000"]
    assert leaks(lines) == lines and len(secrets()) > 5


def test_ids_are_no_leak():
    assert leaks(["message 500 was given up: no answer", "learner 7f3a9c in 12 ms", "SM0000000000001000"]) == []


def test_an_error_of_the_database_does_not_say_what_was_to_be_saved(house):
    """Its text is part of the traceback that is logged."""
    with pytest.raises(DBAPIError) as error, house.db.write() as session:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "mi hermana vende tamales"})
    assert "tamales" not in str(error.value) and "nowhere" in str(error.value)
