"""Killed and restarted at any question, she goes on where she was: she hears and keeps what anyone else would."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from bot.config import ROOT
from bot.messages.tables import Status
from tests.flows.blocks import answers, runs
from tests.flows.running import Running
from tests.flows.scripts import read
from tests.flows.talking import Talk, Web
from tests.flows.threads import STILL_HERE, warm, wrote
from tests.flows.vendors import Vendor
from tests.flows.walking import Walk

pytestmark = pytest.mark.timeout(600)
NAME = "prisa"


TURNS = (("worker", "inner"), ("engine1",), ("web", "worker"), ("web", "worker", "inner", "engine1"))
"""Who is killed next; starting all of them at each question takes five minutes."""


class Struck(Web):
    """Of every two messages of hers, one is cut short: whatever works on it is killed as soon as it is saved."""

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self.cut, self.turns = itertools.cycle((True, False)), itertools.cycle(TURNS)

    def send(self, text: str, choice: str | None = None, number: str | None = None) -> None:
        super().send(text, choice, number)
        if next(self.cut):
            self.running.restart(*next(self.turns))


@pytest.fixture(scope="module")
def rumbo(tmp_path_factory: pytest.TempPathFactory, vendor: Vendor) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("killed")
    shutil.copytree(ROOT / "content", folder / "content")
    with Running(folder, vendor) as running:
        warm(running)
        yield running


@pytest.fixture(scope="module")
def undisturbed(rumbo: Running) -> Walk:
    return walked(rumbo, Web(rumbo))


def walked(rumbo: Running, talk: Talk, before: Callable[[str], None] | None = None) -> Walk:
    return Walk(rumbo, read(NAME), talk, before).go()


def heard(walk: Walk) -> list[str]:
    return [sent.text for sent in walk.talk.fetch()[0] if sent.text != STILL_HERE]


def check_the_same(walk: Walk, undisturbed: Walk) -> None:
    """What she heard, in its order; what is kept of her; and every message of hers answered."""
    assert heard(walk) == heard(undisturbed)
    assert answers(walk.talk) == answers(undisturbed.talk)
    assert runs(walk.talk) == runs(undisturbed.talk)
    assert {status for _, _, status in wrote(walk.talk)} == {Status.DONE}
    assert len(wrote(walk.talk)) == len(wrote(undisturbed.talk))


def test_every_process_is_killed_at_every_question(rumbo: Running, undisturbed: Walk):
    """In turn while a question stands open, and while the answer to it is worked on."""
    spared, turns = itertools.cycle((False, True)), itertools.cycle(reversed(TURNS))
    struck: list[str] = []

    def strike(question: str) -> None:
        struck.append(question)
        if next(spared):
            rumbo.restart(*next(turns))

    walk = walked(rumbo, Struck(rumbo), strike)
    check_the_same(walk, undisturbed)
    assert len(struck) >= len(answers(walk.talk)) > 20


def test_the_engine_forgets_her_at_every_question(rumbo: Running, undisturbed: Walk):
    store = sqlite3.connect(rumbo.settings.engine_store.removeprefix("sqlite:///"), isolation_level=None)
    forgotten: list[int] = []

    def forget(question: str) -> None:
        gone = store.execute("DELETE FROM conversation WHERE sender_id = ?", (talk.learner,))
        forgotten.append(gone.rowcount)

    talk = Web(rumbo)
    check_the_same(walked(rumbo, talk, forget), undisturbed)
    assert forgotten and set(forgotten) == {1}
