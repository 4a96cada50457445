"""What a log tells of an error: where and of which kind, and never what a person wrote."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest
from sqlalchemy import text

from bot.config import ROOT, RumboError
from bot.logs import Discreet

SECRET = "mi esposo me pega"


def line_of(raise_it) -> str:
    """The lines that a process of ours would write about what is raised."""
    try:
        raise_it()
    except Exception:
        record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "it failed", (), sys.exc_info())
    return Discreet("%(message)s").format(record)


def unreadable() -> None:
    int(SECRET)


def in_between() -> None:
    try:
        unreadable()
    except ValueError as error:
        raise RuntimeError(f"cannot read {SECRET}") from error


def test_an_error_is_told_by_place_and_kind():
    told = line_of(unreadable)
    assert told.startswith("it failed\nTraceback (most recent call last):\n")
    assert "test_logs.py" in told and told.endswith("builtins.ValueError")


@pytest.mark.parametrize("raise_it", [unreadable, in_between])
def test_no_words_of_a_person(raise_it):
    assert SECRET not in line_of(raise_it)


def test_what_led_to_it_is_told_before_it():
    told = line_of(in_between)
    assert 0 < told.index("builtins.ValueError") < told.index("builtins.RuntimeError")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RumboError("The key is too short.")])
def test_words_of_the_machine_and_our_own_stay(error):
    def fail() -> None:
        raise error

    assert str(error) in line_of(fail)


def test_a_row_that_the_database_refuses_is_not_told(house):
    """PostgreSQL quotes it ("Failing row contains …")."""

    def refused() -> None:
        with house.db.write() as session:
            session.execute(text("INSERT INTO message (masked) VALUES (:said)"), {"said": SECRET})

    told = line_of(refused)
    assert "IntegrityError" in told and SECRET not in told


def test_what_ends_a_process_is_told_the_same_way():
    code = f"from bot import logs; logs.to_stderr(); int({SECRET!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("CRITICAL rumbo: stopped\n") and done.stderr.endswith("builtins.ValueError\n")
