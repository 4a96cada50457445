"""While the database is away, what services bring is kept on disk, and nothing of it is lost, doubled or readable."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, make_url, select
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

import bot.db
from bot import limits, loops, spool, web
from bot.db import now
from bot.messages.tables import Direction, Message, Status
from bot.runtime import Runtime
from channels.base import Hook
from tests.conftest import SECRET, make_settings
from tests.web.test_webhooks import ON, TEXT, UPDATE, WORDS, ours, receipt, saved, sent, telegram, twilio

Open = Callable[[Runtime], TestClient]
BOTH = [("whatsapp", WORDS), ("telegram", WORDS)]


@pytest.fixture
def open_it() -> Iterator[Open]:
    """The public port of a house."""
    doors: list[TestClient] = []

    def open_door(house: Runtime) -> TestClient:
        doors.append(TestClient(web.create_app(house), raise_server_exceptions=False).__enter__())
        return doors[-1]

    yield open_door
    for door in doors:
        door.__exit__(None, None, None)


@pytest.fixture
def on(fresh: str, tmp_path: Path) -> Iterator[Runtime]:
    """A house with both channels on and its database at hand, on both kinds of database."""
    rumbo = Runtime(make_settings(tmp_path, database_url=fresh, **ON))
    yield rumbo
    rumbo.db.close()


@pytest.fixture
def away(on: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    """The same house, whose database is where nobody answers."""
    url = make_url(on.settings.database_url)
    nowhere = url.set(database=f"{tmp_path}/nowhere/rumbo.db")
    if not on.settings.database_url.startswith("sqlite"):
        nowhere = url.set(host="127.0.0.1", port=9, query={})
    unreachable = nowhere.render_as_string(hide_password=False)
    rumbo = Runtime(make_settings(tmp_path, database_url=unreachable, **ON))
    yield rumbo
    rumbo.db.close()


def kept(house: Runtime) -> list[Path]:
    return sorted(spool.folder(house).glob("*.sealed"))


def broken(house: Runtime) -> list[Path]:
    return sorted((spool.folder(house) / "broken").glob("*"))


def take_all(house: Runtime) -> None:
    while spool.take_up(house):
        pass


def in_time(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


def test_what_comes_while_the_database_is_away_is_answered_kept_and_saved_later(on, away, open_it):
    door, before = open_it(away), now()
    answers = [twilio(door, TEXT), telegram(door, UPDATE)]
    after = now()
    assert [(a.status_code, a.content) for a in answers] == [
        (200, away.channels["whatsapp"].accepted[0]),
        (200, away.channels["telegram"].accepted[0]),
    ]
    time.sleep(0.01)
    take_all(on)
    assert (saved(on), kept(on), broken(on)) == (BOTH, [], [])
    with on.db.read() as session:
        came = session.scalars(select(Message.created_at)).all()
    assert all(before - timedelta(milliseconds=1) <= at <= after for at in came)


def test_nothing_is_taken_from_the_spool_while_the_database_is_still_away(away, open_it):
    twilio(open_it(away), TEXT)
    with pytest.raises(DBAPIError):
        spool.take_up(away)
    assert (len(kept(away)), broken(away)) == (1, [])


def test_what_lies_there_tells_nothing_and_is_ours_alone(away, open_it):
    twilio(open_it(away), TEXT)
    [file] = kept(away)
    held = file.read_bytes()
    assert [word for word in (b"whatsapp", b"52155", b"enfermer", b"MessageSid") if word in held] == []
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(file.parent.glob("*.part")) == []


def test_a_forged_call_is_not_kept(away, open_it):
    door = open_it(away)
    assert [twilio(door, TEXT, "eA==").status_code, telegram(door, UPDATE, "wrong").status_code] == [403, 403]
    assert kept(away) == []


def test_what_says_nothing_to_us_is_not_kept(away, open_it):
    assert telegram(open_it(away), b'{"update_id": 1}').status_code == 200
    assert telegram(open_it(away), b"[]").status_code == 200
    assert kept(away) == []


def test_a_call_that_is_kept_twice_or_was_saved_before_is_saved_once(on, away, open_it):
    twilio(open_it(on), TEXT)
    for _ in range(2):
        assert twilio(open_it(away), TEXT).status_code == 200
    assert len(kept(away)) == 2
    take_all(on)
    assert (saved(on), kept(on)) == ([("whatsapp", WORDS)], [])


def test_who_died_after_saving_and_before_removing_takes_it_up_again(on, away, open_it):
    telegram(open_it(away), UPDATE)
    [file] = kept(away)
    copy = file.read_bytes()
    take_all(on)
    file.write_bytes(copy)
    take_all(on)
    assert (saved(on), kept(on)) == ([("telegram", WORDS)], [])


def numbered(number: int) -> bytes:
    return TEXT.replace(b"MessageSid=SM", f"MessageSid=SM{number}".encode())


def test_what_comes_when_the_database_is_back_lies_down_behind_what_came_before(on, away, open_it):
    twilio(open_it(away), numbered(1))
    assert twilio(open_it(on), numbered(2)).status_code == 200
    assert (len(kept(on)), saved(on)) == (2, [])
    take_all(on)
    assert twilio(open_it(on), numbered(3)).status_code == 200
    with on.db.read() as session:
        found = session.scalars(select(Message.provider_id).order_by(Message.id)).all()
    assert [name[2] for name in found] == ["1", "2", "3"]


def test_without_database_and_disk_the_service_is_asked_to_come_again(on, away, open_it):
    spool.folder(away).write_text("where the folder would be, there is none")
    assert [twilio(open_it(away), TEXT).status_code, telegram(open_it(away), UPDATE).status_code] == [503, 503]
    spool.folder(away).unlink()
    assert twilio(open_it(away), TEXT).status_code == 200
    take_all(on)
    assert saved(on) == [("whatsapp", WORDS)]


def test_sqlite_that_is_locked_for_long(small_house, tmp_path, open_it, monkeypatch):
    monkeypatch.setattr(bot.db, "BUSY_MS", 100)
    house = Runtime(make_settings(tmp_path, **ON))
    other = sqlite3.connect(tmp_path / "rumbo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert twilio(open_it(house), TEXT).status_code == 200
    assert len(kept(house)) == 1
    other.execute("ROLLBACK")
    other.close()
    take_all(house)
    assert (saved(house), kept(house)) == ([("whatsapp", WORDS)], [])
    house.db.close()


def test_postgres_that_is_silent(postgres_house, open_it, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_WITHIN", 0.3)
    door, other = open_it(postgres_house), create_engine(postgres_house.settings.database_url)
    with other.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE message IN ACCESS EXCLUSIVE MODE")
        assert twilio(door, TEXT).status_code == 200
        assert len(kept(postgres_house)) == 1
    take_all(postgres_house)  # and whoever hung at the lock saves it too
    assert (saved(postgres_house), kept(postgres_house)) == ([("whatsapp", WORDS)], [])
    other.dispose()


@pytest.fixture
def postgres_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Runtime]:
    from tests.conftest import make_postgres_database, upgrade

    url = make_postgres_database(request.getfixturevalue("postgres"))
    upgrade(url)
    rumbo = Runtime(make_settings(tmp_path, database_url=url, **ON))
    yield rumbo
    rumbo.db.close()


def test_postgres_that_goes_away_under_a_working_house_and_comes_back(postgres, postgres_house, open_it):
    door, name = open_it(postgres_house), make_url(postgres_house.settings.database_url).database
    assert twilio(door, numbered(1)).status_code == 200
    master = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with master.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        assert [twilio(door, numbered(2)).status_code, twilio(door, numbered(3)).status_code] == [200, 200]
        assert len(kept(postgres_house)) == 2
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    take_all(postgres_house)
    assert (saved(postgres_house), kept(postgres_house)) == ([("whatsapp", WORDS)] * 3, [])
    master.dispose()


def test_a_full_disk_under_sqlite(small_house, tmp_path, open_it):
    house, pages = Runtime(make_settings(tmp_path, **ON)), [1]

    @event.listens_for(house.db.engine, "checkout")
    def fill(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages[-1]}")  # never less than there are

    answer = telegram(open_it(house), UPDATE.replace(WORDS.encode(), b"x" * 3_900))
    assert (answer.status_code, len(kept(house))) == (200, 1)
    with pytest.raises(DBAPIError, match="full"):
        spool.take_up(house)
    pages.append(100_000)
    take_all(house)
    assert ([text[:3] for _, text in saved(house)], kept(house)) == (["xxx"], [])
    house.db.close()


def test_a_house_whose_database_appears_goes_on_without_a_restart(migrated, tmp_path, open_it):
    house = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/disk/rumbo.db", **ON))
    door = open_it(house)
    assert twilio(door, numbered(1)).status_code == 200
    (tmp_path / "disk").mkdir()
    shutil.copy(migrated, tmp_path / "disk" / "rumbo.db")
    take_all(house)
    assert twilio(door, numbered(2)).status_code == 200
    assert (saved(house), kept(house)) == ([("whatsapp", WORDS)] * 2, [])
    house.db.close()


def spoil(house: Runtime, how: str) -> None:
    """Something that can never be taken up, before everything else."""
    place, call = spool.folder(house), spool.Call("telegram", Hook("", {}, UPDATE), now() - timedelta(hours=1))
    if how == "cut off":
        place.mkdir(exist_ok=True)
        (place / "20260101T000000.0-00.sealed").write_bytes(b"half of someth")
    if how == "another key":
        spool.put(Runtime(make_settings(house.settings.rumbo_var, rumbo_secret_key=SECRET[::-1])), call)
    if how == "a channel that is off":
        spool.put(house, spool.Call("pigeon", call.hook, call.at))
    if how == "no sense":
        spool.put(house, spool.Call("telegram", Hook("", {}, b"[]"), call.at))
    if how == "never fits":
        spool.put(house, spool.Call("whatsapp", Hook("", {}, b"MessageSid=SM\0&From=%2B52\0&Body=hola"), call.at))


@pytest.mark.parametrize("how", ["cut off", "another key", "a channel that is off", "no sense"])
def test_what_cannot_be_taken_up_is_set_aside_and_stops_nobody(on, away, open_it, caplog, how):
    spoil(on, how)
    [bad] = kept(on)
    twilio(open_it(away), TEXT)
    caplog.clear()
    take_all(on)
    assert (saved(on), kept(on), [f.name for f in broken(on)]) == ([("whatsapp", WORDS)], [], [bad.name])
    told = [r.getMessage() for r in caplog.records if r.name == "bot.spool"]
    assert len(told) == 1 and bad.name in told[0] and "enfermer" not in caplog.text and "5215" not in caplog.text


def test_what_postgres_refuses_for_ever_is_set_aside(postgres_house):
    spoil(postgres_house, "never fits")
    take_all(postgres_house)
    assert (saved(postgres_house), kept(postgres_house), len(broken(postgres_house))) == ([], [], 1)


def test_a_receipt_is_kept_too_and_noted_later(on, away, open_it):
    sent(on, "SMours")
    assert receipt(open_it(away), "status_delivered").status_code == 200
    assert in_time(lambda: len(kept(away)) == 1)
    take_all(on)
    assert (ours(on).status, kept(on)) == (Status.DELIVERED, [])


def test_what_died_half_written_is_removed_when_it_is_old(small_house):
    place = spool.folder(small_house)
    place.mkdir()
    for name, age in (("old.part", 2 * spool.OLD), ("new.part", 0.0)):
        (place / name).write_bytes(b"x")
        os.utime(place / name, (time.time() - age,) * 2)
    spool.sweep(small_house)
    assert [f.name for f in place.iterdir()] == ["new.part"]


async def test_the_worker_takes_it_up_as_soon_as_it_starts(small_house, tmp_path):
    house = Runtime(make_settings(tmp_path, **ON))
    spool.put(house, spool.Call("telegram", Hook("", {}, UPDATE), now()))
    working = asyncio.create_task(loops.run(house))
    for _ in range(1_000):
        if not kept(house):
            break
        await asyncio.sleep(0.02)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 60)
    with house.db.read() as session:
        [message] = session.scalars(select(Message).where(Message.direction == Direction.IN)).all()
    assert house.sealer.unseal(message.sealed) == WORDS
    house.db.close()


async def test_the_loop_waits_out_a_database_that_is_away(away, on, monkeypatch):
    monkeypatch.setattr(loops, "TROUBLE", 0.05)
    spool.put(away, spool.Call("telegram", Hook("", {}, UPDATE), now()))
    stop, houses = asyncio.Event(), [away, away, on]

    async def one_more() -> bool:
        return await loops.take_up(houses.pop(0) if len(houses) > 1 else houses[0])

    going = asyncio.create_task(loops.keep_on(one_more, stop, 0.05))
    for _ in range(500):
        if not kept(on):
            break
        await asyncio.sleep(0.02)
    stop.set()
    await going
    assert saved(on) == [("telegram", WORDS)]
