"""Real databases that are locked, silent, full, gone or not yet there: nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
from sqlalchemy import create_engine, event, make_url, select
from sqlalchemy.exc import DBAPIError

import bot.db
from bot import limits, spool
from bot.messages.tables import Message
from bot.runtime import Runtime
from tests.conftest import make_settings
from tests.web.calls import ON, TEXT, UPDATE, WORDS, numbered, saved, telegram, twilio
from tests.web.spooling import kept, take_all


def test_what_comes_when_the_database_is_back_lies_down_behind_what_came_before(on, away, open_door):
    twilio(open_door(away), numbered(1))
    assert twilio(open_door(on), numbered(2)).status_code == 200
    assert (len(kept(on)), saved(on)) == (2, [])
    take_all(on)
    assert twilio(open_door(on), numbered(3)).status_code == 200
    with on.db.read() as session:
        found = session.scalars(select(Message.provider_id).order_by(Message.id)).all()
    assert [name[2] for name in found] == ["1", "2", "3"]


def test_without_database_and_disk_the_service_is_asked_to_come_again(on, away, open_door):
    spool.folder(away).write_text("where the folder would be, there is none")
    assert [twilio(open_door(away), TEXT).status_code, telegram(open_door(away), UPDATE).status_code] == [503, 503]
    spool.folder(away).unlink()
    assert twilio(open_door(away), TEXT).status_code == 200
    take_all(on)
    assert saved(on) == [("whatsapp", WORDS)]


def test_sqlite_that_is_locked_for_long(small_house, tmp_path, open_door, monkeypatch):
    monkeypatch.setattr(bot.db, "BUSY_MS", 100)
    house = Runtime(make_settings(tmp_path, **ON))
    other = sqlite3.connect(tmp_path / "rumbo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert twilio(open_door(house), TEXT).status_code == 200
    assert len(kept(house)) == 1
    other.execute("ROLLBACK")
    other.close()
    take_all(house)
    assert (saved(house), kept(house)) == ([("whatsapp", WORDS)], [])
    house.db.close()


def test_postgres_that_is_silent(postgres_on, open_door, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_WITHIN", 0.3)
    door, other = open_door(postgres_on), create_engine(postgres_on.settings.database_url)
    with other.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE message IN ACCESS EXCLUSIVE MODE")
        assert twilio(door, TEXT).status_code == 200
        assert len(kept(postgres_on)) == 1
    take_all(postgres_on)  # and whoever hung at the lock saves it too
    assert (saved(postgres_on), kept(postgres_on)) == ([("whatsapp", WORDS)], [])
    other.dispose()


def test_postgres_that_goes_away_under_a_working_house_and_comes_back(postgres, postgres_on, open_door):
    door, name = open_door(postgres_on), make_url(postgres_on.settings.database_url).database
    assert twilio(door, numbered(1)).status_code == 200
    master = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with master.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        assert [twilio(door, numbered(2)).status_code, twilio(door, numbered(3)).status_code] == [200, 200]
        assert len(kept(postgres_on)) == 2
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    take_all(postgres_on)
    assert (saved(postgres_on), kept(postgres_on)) == ([("whatsapp", WORDS)] * 3, [])
    master.dispose()


def test_a_full_disk_under_sqlite(small_house, tmp_path, open_door):
    house, pages = Runtime(make_settings(tmp_path, **ON)), [1]

    @event.listens_for(house.db.engine, "checkout")
    def fill(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages[-1]}")  # never less than there are

    answer = telegram(open_door(house), UPDATE.replace(WORDS.encode(), b"x" * 3_900))
    assert (answer.status_code, len(kept(house))) == (200, 1)
    with pytest.raises(DBAPIError, match="full"):
        spool.take_up(house)
    pages.append(100_000)
    take_all(house)
    assert ([text[:3] for _, text in saved(house)], kept(house)) == (["xxx"], [])
    house.db.close()


def test_a_house_whose_database_appears_goes_on_without_a_restart(migrated, tmp_path, open_door):
    house = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/disk/rumbo.db", **ON))
    door = open_door(house)
    assert twilio(door, numbered(1)).status_code == 200
    (tmp_path / "disk").mkdir()
    shutil.copy(migrated, tmp_path / "disk" / "rumbo.db")
    take_all(house)
    assert twilio(door, numbered(2)).status_code == 200
    assert (saved(house), kept(house)) == ([("whatsapp", WORDS)] * 2, [])
    house.db.close()
