"""A new key: everything is found and opened before, while and after it is brought in, and nobody is doubled."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import LargeBinary, func, select, update
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from bot import rekey, spool, web
from bot.db import Base, now
from bot.messages import linking
from bot.messages.tables import Message
from bot.people import tracking
from bot.people.privacy import Sealer, SealError
from bot.people.tables import Address, Learner
from bot.runtime import Runtime
from channels.base import Hook
from tests.builders import learner_id, write
from tests.conftest import SECRET, make_settings
from tests.people.test_privacy import person

NEW = "a key that nobody has seen until now"
QUIET = Console(quiet=True)


def keyed(house: Runtime, *keys: str) -> Runtime:
    """The same database and folder under other keys."""
    has = house.settings
    return Runtime(make_settings(has.rumbo_var, database_url=has.database, rumbo_secret_key=",".join(keys)))


def sealed_values(session: Session) -> list[bytes]:
    columns = [c for t in Base.metadata.sorted_tables for c in t.c if isinstance(c.type, LargeBinary)]
    return [value for c in columns for value in session.scalars(select(c).where(c.is_not(None)))]


def fill(house: Runtime, people: int) -> None:
    for number in range(people):
        write(house, f"soy {number}", f"+5215500{number:06d}")


def opens_all(house: Runtime) -> bool:
    with house.db.read() as session:
        return all(house.sealer.is_current(value) for value in sealed_values(session))


def test_of_several_keys_the_first_seals_and_all_open():
    old, both = Sealer(SECRET), Sealer(NEW, SECRET)
    assert both.unseal(old.seal("hola")) == "hola"
    assert (both.is_current(both.seal("x")), both.is_current(old.seal("x"))) == (True, False)
    assert both.lookups("web", "ana") == [Sealer(NEW).lookup("web", "ana"), old.lookup("web", "ana")]
    with pytest.raises(SealError):
        old.unseal(both.seal("hola"))


@pytest.mark.parametrize("keys", [f"{NEW},corta", "corta", ",", f"{NEW} , ,{NEW[:-1]},x"])
def test_each_key_of_the_list_must_be_long(tmp_path, keys):
    with pytest.raises(Exception, match="at least 32"):
        _ = make_settings(tmp_path, rumbo_secret_key=keys).secret_keys


def test_every_sealed_column_is_sealed_again_and_nothing_else_is_touched(house):
    with house.db.write() as session:
        who = person(session)
        for table in rekey._tables():
            columns = {c.name: house.sealer.seal(f"{table.name} {c.name}") for c in rekey.sealed_columns(table)}
            session.execute(update(table).values(**columns))
        before = session.get_one(Learner, who).created_at
    done = rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    assert (done.changed, done.unopened) == (len(rekey._tables()), 0)
    only = keyed(house, NEW)
    with only.db.read() as session:
        said = sorted(only.sealer.unseal(value) for value in sealed_values(session))
        assert said == sorted(f"{t.name} {c.name}" for t in rekey._tables() for c in rekey.sealed_columns(t))
        assert session.get_one(Learner, who).created_at == before


def test_who_is_known_stays_known_before_while_and_after(house):
    fill(house, 3)
    who = [learner_id(house, f"+5215500{n:06d}") for n in range(3)]
    for keys in ((SECRET, NEW), (NEW, SECRET)):
        both = keyed(house, *keys)
        write(both, "hola otra vez", "+5215500000001")
        assert [learner_id(both, f"+5215500{n:06d}") for n in range(3)] == who
    rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    only = keyed(house, NEW)
    assert [learner_id(only, f"+5215500{n:06d}") for n in range(3)] == who
    write(only, "y otra", "+5215500000002")
    with only.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Learner)) == 3


def test_what_is_interrupted_goes_on_where_it_was(house, monkeypatch):
    monkeypatch.setattr(rekey, "BATCH", 10)
    fill(house, 40)
    both, seal, batches = keyed(house, NEW, SECRET), rekey._seal, []

    def dies(*given: Any) -> int:
        batches.append(len(given[2]))
        if len(batches) == 6:
            raise KeyboardInterrupt
        return seal(*given)

    monkeypatch.setattr(rekey, "_seal", dies)
    with pytest.raises(KeyboardInterrupt):
        rekey.rekey(both, QUIET)
    assert not opens_all(both)
    first = sum(batches[:5])
    monkeypatch.setattr(rekey, "_seal", seal)
    assert 0 < first < 80 and rekey.rekey(both, QUIET).changed == 80 - first
    assert opens_all(keyed(house, NEW))
    assert rekey.rekey(both, QUIET) == rekey.Done()


def test_people_write_meanwhile_and_nobody_is_doubled(house, monkeypatch):
    """Two processes write, one not yet restarted with the new key first."""
    monkeypatch.setattr(rekey, "BATCH", 5)
    fill(house, 60)
    late, early, stop, mistakes = keyed(house, SECRET, NEW), keyed(house, NEW, SECRET), threading.Event(), []

    def talk(rumbo: Runtime) -> None:
        number = 0
        while not stop.is_set():
            try:
                write(rumbo, f"mensaje {number}", f"+5215500{number % 70:06d}", provider_id=f"{id(rumbo)}-{number}")
            except Exception as mistake:
                mistakes.append(mistake)
            number += 1

    threads = [threading.Thread(target=talk, args=(rumbo,)) for rumbo in (late, early)]
    for thread in threads:
        thread.start()
    try:
        threading.Timer(0.5, stop.set).start()
        rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    only = keyed(house, NEW)
    assert (mistakes, opens_all(only)) == ([], True)
    with only.db.read() as session:
        people = [only.sealer.unseal(a.sealed) for a in session.scalars(select(Address))]
        hashes = {
            a.lookup == only.sealer.lookup(a.channel, only.sealer.unseal(a.sealed))
            for a in session.scalars(select(Address))
        }
        learners = session.scalar(select(func.count()).select_from(Learner))
    assert (len(people), learners, hashes) == (len(set(people)), len(people), {True})


def test_what_no_key_opens_is_counted_and_left(house):
    fill(house, 2)
    with house.db.write() as session:
        session.execute(update(Message).where(Message.id == 1).values(sealed=Sealer("z" * 40).seal("perdido")))
    done = rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    assert (done.changed, done.unopened) == (3, 1)
    problem = rekey.run(keyed(house, NEW, SECRET), QUIET)
    assert problem is not None and problem.startswith("1 cannot be opened with any key")


def test_a_row_somebody_has_in_hand_is_done_when_it_is_free(postgres, tmp_path):
    from bot.migrations import upgrade
    from tests.conftest import make_postgres_database

    url = make_postgres_database(postgres)
    upgrade(url)
    house = Runtime(make_settings(tmp_path, database_url=url))
    fill(house, 3)
    both = keyed(house, NEW, SECRET)
    with house.db.write() as session:
        session.execute(select(Message).where(Message.id == 2).with_for_update())
        looked = [missed for _, missed in rekey._round(both, rekey.Done())]
        assert True in looked and not opens_all(both)
    assert rekey.rekey(both, QUIET).changed == 1 and opens_all(both)
    for rumbo in (house, both):
        rumbo.db.close()


def test_a_code_that_joins_two_channels_outlives_the_change(house):
    write(house, "hola", "ana", "web")
    write(house, "hola", "+52", "fake")
    with house.db.write() as session:
        code = linking.make_code(session, house.sealer, learner_id(house, "ana", "web"), now())
    both = keyed(house, NEW, SECRET)
    with both.db.write() as session:
        assert linking.redeem(session, both.sealer, code, learner_id(both, "+52"), now()) is not None


def test_a_cookie_of_the_old_key_is_good_and_given_anew(small_house):
    def door(*keys: str) -> TestClient:
        return TestClient(web.create_app(keyed(small_house, *keys)))

    old = door(SECRET).get("/chat/messages").cookies["rumbo"]
    given = door(NEW, SECRET).get("/chat/messages", headers={"cookie": f"rumbo={old}"}).cookies["rumbo"]
    assert given.partition(".")[0] == old.partition(".")[0] and given != old
    assert "rumbo" not in door(NEW).get("/chat/messages", headers={"cookie": f"rumbo={given}"}).cookies
    stranger = door(NEW).get("/chat/messages", headers={"cookie": f"rumbo={old}"}).cookies["rumbo"]
    assert stranger.partition(".")[0] != old.partition(".")[0]


def test_the_spool_is_sealed_again_too(small_house):
    call = spool.Call("telegram", Hook("https://x", {}, b"{}"), now() - timedelta(minutes=1))
    spool.put(small_house, call)
    spool.put(small_house, call)
    place = spool.folder(small_house)
    (place / "broken").mkdir()
    one = next(place.glob("*.sealed"))
    one.rename(place / "broken" / one.name)
    (place / "broken" / "half.sealed").write_bytes(b"half of someth")
    done = rekey.rekey(keyed(small_house, NEW, SECRET), QUIET)
    assert (done.files, done.unopened) == (2, 1)
    only = keyed(small_house, NEW).sealer
    files = [file for file in place.rglob("*.sealed") if file.stem != "half"]
    assert [spool.unpack(only.unseal(file.read_bytes())) for file in files] == [call, call]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600} and not list(place.rglob("*.part"))


def test_the_address_and_the_number_are_found_again_by_the_new_key(house):
    fill(house, 1)
    rekey.rekey(keyed(house, NEW, SECRET), QUIET)
    with house.db.read() as session:
        assert tracking.find(session, Sealer(NEW), "fake", "+5215500000000") is not None
        assert tracking.find(session, Sealer(SECRET), "fake", "+5215500000000") is None


def test_the_command_says_what_it_did(tmp_path: Path, small_house, capsys):
    fill(small_house, 2)
    assert rekey.run(keyed(small_house, NEW, SECRET), Console(width=200)) is None
    assert "4 rows and 0 files were sealed again" in capsys.readouterr().out
