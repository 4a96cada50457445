"""While the database is away, what services bring is kept on disk, and nothing of it is lost or doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot import loops, spool
from bot.db import now
from bot.messages.tables import Direction, Message, Status
from bot.runtime import Runtime
from channels.base import Hook
from tests.conftest import make_settings
from tests.web.calls import ON, TEXT, UPDATE, WORDS, ours, receipt, saved, sent, telegram, twilio
from tests.web.spooling import broken, kept, take_all


def test_what_comes_while_the_database_is_away_is_answered_kept_and_saved_later(on, away, open_door):
    door, before = open_door(away), now()
    answers = [twilio(door, TEXT), telegram(door, UPDATE)]
    after = now()
    assert [(a.status_code, a.content) for a in answers] == [
        (200, away.channels["whatsapp"].accepted[0]),
        (200, away.channels["telegram"].accepted[0]),
    ]
    time.sleep(0.01)
    take_all(on)
    assert saved(on) == [("whatsapp", WORDS), ("telegram", WORDS)]
    assert (kept(on), broken(on)) == ([], [])
    with on.db.read() as session:
        came = session.scalars(select(Message.created_at)).all()
    assert all(before - timedelta(milliseconds=1) <= at <= after for at in came)


def test_nothing_is_taken_from_the_spool_while_the_database_is_still_away(away, open_door):
    twilio(open_door(away), TEXT)
    with pytest.raises(DBAPIError):
        spool.take_up(away)
    assert (len(kept(away)), broken(away)) == (1, [])


def test_a_forged_call_is_not_kept(away, open_door):
    door = open_door(away)
    assert [twilio(door, TEXT, "eA==").status_code, telegram(door, UPDATE, "wrong").status_code] == [403, 403]
    assert kept(away) == []


def test_what_says_nothing_to_us_is_not_kept(away, open_door):
    assert telegram(open_door(away), b'{"update_id": 1}').status_code == 200
    assert telegram(open_door(away), b"[]").status_code == 200
    assert kept(away) == []


def test_a_call_that_is_kept_twice_or_was_saved_before_is_saved_once(on, away, open_door):
    twilio(open_door(on), TEXT)
    for _ in range(2):
        assert twilio(open_door(away), TEXT).status_code == 200
    assert len(kept(away)) == 2
    take_all(on)
    assert (saved(on), kept(on)) == ([("whatsapp", WORDS)], [])


def test_who_died_after_saving_and_before_removing_takes_it_up_again(on, away, open_door):
    telegram(open_door(away), UPDATE)
    [file] = kept(away)
    copy = file.read_bytes()
    take_all(on)
    file.write_bytes(copy)
    take_all(on)
    assert (saved(on), kept(on)) == ([("telegram", WORDS)], [])


def in_time(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 5
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


def test_a_receipt_is_kept_too_and_noted_later(on, away, open_door):
    sent(on, "SMours")
    assert receipt(open_door(away), "status_delivered").status_code == 200
    assert in_time(lambda: len(kept(away)) == 1)
    take_all(on)
    assert (ours(on).status, kept(on)) == (Status.DELIVERED, [])


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
