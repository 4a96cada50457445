"""What was erased is in no byte of SQLite's files: neither in the log nor in unused parts of pages."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot import scrubbing
from bot.db import Database
from bot.messages.tables import Message
from bot.people.privacy import forget
from bot.runtime import Runtime
from tests.builders import learner_id, write

NIGHT, DAY = True, False


def owed(db: Database) -> int:
    with db.read() as session:
        return session.execute(text("PRAGMA user_version")).scalar_one()


def erase(db: Database, who: str) -> None:
    with db.write() as session:
        forget(session, who)
        scrubbing.owe(session.connection())


def bytes_of(house: Runtime) -> bytes:
    folder = Path(house.db.engine.url.database).parent
    return b"".join(file.read_bytes() for file in (folder / "rumbo.db", folder / "rumbo.db-wal"))


def talked(house: Runtime, dice: random.Random) -> list[str]:
    """Many talk at once, and what they wrote is masked a little later, so that rows grow and move to other pages."""
    for n in range(300):
        write(house, "hola", sender=f"person {dice.randrange(30)}")
        with house.db.write() as session:
            for message in session.scalars(select(Message).where(Message.id > n - 3)):
                message.masked = message.learner_id + dice.randbytes(dice.randrange(3, 90)).hex()
    return [learner_id(house, f"person {n}") for n in range(30)]


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_of_who_was_erased_is_in_the_files(small_house: Runtime, seed):
    gone, *others = talked(small_house, random.Random(seed))
    assert gone.encode() in bytes_of(small_house)
    erase(small_house.db, gone)
    assert scrubbing.scrub(small_house.db.engine, DAY)
    assert gone.encode() not in bytes_of(small_house)
    assert all(other.encode() in bytes_of(small_house) for other in others)


def test_nothing_is_written_when_nothing_is_owed(small_house: Runtime):
    write(small_house, "hola")
    before = bytes_of(small_house)
    assert scrubbing.scrub(small_house.db.engine, NIGHT)
    assert bytes_of(small_house) == before


def test_a_reader_holds_it_up_and_it_is_done_later(small_house: Runtime, monkeypatch):
    monkeypatch.setattr(scrubbing, "WAIT_MS", 1)
    write(small_house, "hola")
    with small_house.db.read() as reader:
        reader.execute(text("SELECT count(*) FROM learner")).one()
        erase(small_house.db, learner_id(small_house))
        assert not scrubbing.scrub(small_house.db.engine, DAY)
    assert scrubbing.scrub(small_house.db.engine, DAY)
    assert owed(small_house.db) == 0


def test_a_writer_holds_it_up_and_it_stays_owed(small_house: Runtime, monkeypatch):
    monkeypatch.setattr(scrubbing, "WAIT_MS", 1)
    write(small_house, "hola")
    erase(small_house.db, learner_id(small_house))
    with small_house.db.write() as writer:
        writer.execute(text("SELECT count(*) FROM learner")).one()
        assert not scrubbing.scrub(small_house.db.engine, DAY)
    assert owed(small_house.db) == 1


def test_a_large_file_waits_for_the_night(small_house: Runtime, monkeypatch):
    monkeypatch.setattr(scrubbing, "AT_ONCE", 1)
    write(small_house, "hola")
    erase(small_house.db, learner_id(small_house))
    assert not scrubbing.scrub(small_house.db.engine, DAY)
    assert scrubbing.scrub(small_house.db.engine, NIGHT)


def test_postgresql_cleans_up_by_itself(house: Runtime):
    write(house, "hola")
    erase(house.db, learner_id(house))
    assert scrubbing.scrub(house.db.engine, DAY)
