"""The engine loses what it knew of a conversation, and she notices nothing."""

from __future__ import annotations

import sqlite3
import time

from tests.flows.blocks import CUIDA, GUARDADA, HORAS, SABE, answers, loop, start
from tests.flows.talking import Talk


def engine_store(talk: Talk) -> sqlite3.Connection:
    return sqlite3.connect(talk.running.settings.engine_store.removeprefix("sqlite:///"), isolation_level=None)


def test_the_engine_loses_the_last_turn_of_a_block(talk):
    start(talk, "situacion")
    talk.says("sí")
    row = "SELECT doc FROM conversation WHERE sender_id = ?"
    before = engine_store(talk).execute(row, (talk.learner,)).fetchone()[0]
    assert GUARDADA in talk.says("zapatos")
    put = "UPDATE conversation SET ver = ?, doc = ? WHERE sender_id = ?"
    engine_store(talk).execute(put, (time.time_ns(), before, talk.learner))
    assert loop(talk) == "interview"
    assert "Encontré esto para ti" in talk.says("necesito una guardería")
    assert loop(talk) is None


def forget(talk: Talk) -> None:
    engine_store(talk).execute("DELETE FROM conversation WHERE sender_id = ?", (talk.learner,))


def test_the_engine_forgets_her_and_she_taps(talk):
    start(talk, "intereses")
    talk.says("bailar")
    forget(talk)
    assert HORAS in talk.taps("A mis hijos")
    assert SABE in talk.says("6")


def test_the_engine_forgets_her_and_she_writes(talk):
    start(talk, "intereses")
    forget(talk)
    assert CUIDA in talk.says("zapatos bonitos")
    assert HORAS in talk.says("a mis hijos")
    assert answers(talk) == {"int_gusta": "zapatos bonitos", "int_cuida": "hijos"}
