"""What must never stand in a log: secrets, addresses of people, words of learners. Read once, after the whole run.

Read are the records of the test process and every log file that a Rumbo of the tests has written.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

OURS = ("bot", "channels", "actions", "console")
PEOPLE = [r"\+?52155\d{8}", r"whatsapp:\+\d{8,}", r"\b5000\d{5}\b"]
"""Numbers of WhatsApp, and the ids of Telegram that the conversations use."""
TELLING = 12
"""Learners' words of fewer signs ("menú", "sí") stand everywhere."""
_said: set[str] = set()


def say(text: str) -> str:
    """Note what a learner writes; returns it."""
    if len(text) >= TELLING and " " in text:
        _said.add(text)
    return text


def secrets() -> set[str]:
    """Every key, token and secret that tests give to a Rumbo."""
    from tests import conftest
    from tests.flows import talking
    from tests.hostile import strange
    from tests.web import calls

    return {
        conftest.SECRET,
        *(talking.TOKEN, talking.BOT, talking.BOT_SECRET),
        *(strange.TOKEN, strange.SECRET, strange.ON["telegram_bot_token"]),
        *(calls.NOW, calls.BEFORE, calls.SECRET, calls.ON["telegram_bot_token"]),
    }


def leaks(lines: Iterable[str], words: Iterable[str] = ()) -> list[str]:
    """The lines that hold a secret, an address of a person, or one of some words."""
    told = [re.escape(text) for text in (*secrets(), *words)]
    forbidden = re.compile("|".join([*told, *PEOPLE]))
    return [line for line in lines if forbidden.search(line)]


class Records(logging.Handler):
    """Every record of this process as a line would show it, traceback included."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.update(f"{record.name}: {line}" for line in self.format(record).splitlines())


def written(folder: Path) -> Iterator[str]:
    """The lines of the log files under a folder, each after the name of its file."""
    for file in sorted(folder.rglob("logs/*.log*")):
        yield from {f"{file.name}: {line}" for line in file.read_text(errors="replace").splitlines()}


@pytest.fixture(scope="session", autouse=True)
def clean_logs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fails the run when a log tells what it must not."""
    records = Records()
    logging.getLogger().addHandler(records)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)  # as `rumbo` sets it
    yield
    logging.getLogger().removeHandler(records)
    found = leaks([*records.lines, *written(tmp_path_factory.getbasetemp())], _said)
    if found:
        pytest.fail("These log lines hold a secret or tell of a person:\n" + "\n".join(found[:20]), pytrace=False)
