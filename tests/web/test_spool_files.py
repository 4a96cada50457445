"""The files of the spool: readable to nobody, and a broken one stops nobody."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest

from bot import spool
from bot.db import now
from bot.runtime import Runtime
from channels.base import Hook
from tests.conftest import SECRET, make_settings
from tests.web.calls import TEXT, UPDATE, WORDS, saved, twilio
from tests.web.spooling import broken, kept, take_all


def test_what_lies_there_tells_nothing_and_is_ours_alone(away, open_door):
    twilio(open_door(away), TEXT)
    [file] = kept(away)
    held = file.read_bytes()
    assert [word for word in (b"whatsapp", b"52155", b"enfermer", b"MessageSid") if word in held] == []
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(file.parent.glob("*.part")) == []


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
def test_what_cannot_be_taken_up_is_set_aside_and_stops_nobody(on, away, open_door, caplog, how):
    spoil(on, how)
    [bad] = kept(on)
    twilio(open_door(away), TEXT)
    caplog.clear()
    take_all(on)
    assert (saved(on), kept(on), [f.name for f in broken(on)]) == ([("whatsapp", WORDS)], [], [bad.name])
    told = [r.getMessage() for r in caplog.records if r.name == "bot.spool"]
    assert len(told) == 1 and bad.name in told[0] and "enfermer" not in caplog.text and "5215" not in caplog.text


def test_what_postgres_refuses_for_ever_is_set_aside(postgres_on):
    spoil(postgres_on, "never fits")
    take_all(postgres_on)
    assert (saved(postgres_on), kept(postgres_on), len(broken(postgres_on))) == ([], [], 1)


def test_what_died_half_written_is_removed_when_it_is_old(small_house):
    place = spool.folder(small_house)
    place.mkdir()
    for name, age in (("old.part", 2 * spool.OLD), ("new.part", 0.0)):
        (place / name).write_bytes(b"x")
        os.utime(place / name, (time.time() - age,) * 2)
    spool.sweep(small_house)
    assert [f.name for f in place.iterdir()] == ["new.part"]
