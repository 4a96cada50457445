"""What was erased leaves the write-ahead log too, at once or as soon as nobody reads any more."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from bot import db as database
from bot import erasing
from bot.runtime import Runtime


def log_of(house: Runtime) -> Path:
    return Path(f"{house.db.engine.url.database}-wal")


def test_the_log_is_emptied(small_house: Runtime):
    with small_house.db.write() as session:
        session.execute(text("CREATE TABLE spare (word TEXT)"))
    assert log_of(small_house).stat().st_size > 0
    assert small_house.db.empty_log()
    assert log_of(small_house).stat().st_size == 0


def test_what_a_reader_held_up_is_done_at_the_next_look(small_house: Runtime, monkeypatch):
    monkeypatch.setattr(database, "EMPTYING_MS", 1)
    with small_house.db.read() as reader:
        reader.execute(text("SELECT count(*) FROM learner")).one()
        with small_house.db.write() as session:
            session.execute(text("CREATE TABLE spare (word TEXT)"))
        assert not small_house.db.empty_log()
        erasing.erase_due(small_house)
        assert log_of(small_house).stat().st_size > 0
    erasing.erase_due(small_house)
    assert log_of(small_house).stat().st_size == 0
    assert not small_house.db.owes_emptying
