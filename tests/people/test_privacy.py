"""Sealing, look-up and erasure: nothing of a person is left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Enum, Table, create_engine, func, insert, select, text
from sqlalchemy.orm import Session

from bot import erasing
from bot.db import Base, UtcDateTime, now
from bot.people.privacy import Sealer, SealError, due_erasures, erase, forget, new_id, receipt_for
from bot.people.tables import Erasure, Learner
from bot.runtime import Runtime
from bot.staff import accounts
from bot.staff.roles import Role
from tests.builders import consent, learner_id, write

SEALER, OTHER = Sealer("k" * 40), Sealer("x" * 40)
TEAM = {"staff", "staff_session", "staff_invite", "saved_filter", "audit_log"}
"""Who works here. The audit log names a learner only by a hash of which nothing leads back."""
ABOUT_LEARNERS = [t for t in Base.metadata.sorted_tables if "learner_id" in t.c]


@given(st.text(max_size=300))
def test_what_is_sealed_can_be_opened_and_not_be_read(said):
    sealed = SEALER.seal(said)
    assert SEALER.unseal(sealed) == said
    assert len(said) < 4 or said.encode() not in sealed


def test_the_same_words_are_never_sealed_alike():
    assert SEALER.seal("hola") != SEALER.seal("hola")


@pytest.mark.parametrize(
    "sealed", [OTHER.seal("hola"), SEALER.seal("hola")[:-1], b"hola", b""], ids=str.split("other cut plain empty")
)
def test_what_another_key_sealed_or_somebody_changed_is_not_opened(sealed):
    with pytest.raises(SealError, match="another RUMBO_SECRET_KEY"):
        SEALER.unseal(sealed)


def test_lookup_finds_again_and_only_with_the_key():
    found = SEALER.lookup("whatsapp", "+5215512345678")
    assert found == Sealer("k" * 40).lookup("whatsapp", "+5215512345678")
    others = {OTHER.lookup("whatsapp", "+5215512345678"), SEALER.lookup("telegram", "+5215512345678")}
    assert found not in others and "5512345678" not in found


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_lookup_keeps_its_parts_apart(one, other):
    assert (SEALER.lookup(*one) == SEALER.lookup(*other)) == (one == other) or "\0" in "".join(one + other)


def test_a_made_up_name_says_nothing_and_is_not_used_twice():
    names = {new_id() for _ in range(1000)}
    assert (len(names), {len(n) for n in names}) == (1000, {16})


NOBODYS = {"learner", "erasure", "service", "directory_import"}
"""Tables without a `learner_id`: herself, receipts that lead nowhere, and the directory of services."""
SAMPLES: dict[type, Any] = {str: "x", bytes: b"x", bool: True, date: date(2026, 11, 22), dict: {}, object: {}}


def fill(session: Session, table: Table, who: str) -> None:
    """One row about a learner, with whatever its columns must have."""
    known = {"learner_id": who, "lookup": f"{table.name} {who}"}
    needed = [c for c in table.c if not c.nullable and c.default is None and c is not table.autoincrement_column]
    values = {c.name: known.get(c.name) or sample(session, c, who) for c in needed}
    session.execute(insert(table).values(**values))


def sample(session: Session, column: Column[Any], who: str) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        if target.table.name in TEAM:
            return session.scalar(select(target)) or accounts.add(session, "Ana", Role.REVIEWER, None, now()).id
        return session.scalar(select(target).where(target.table.c.learner_id == who))
    if isinstance(column.type, UtcDateTime):
        return now()
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class or ()))
    kind = column.type.python_type
    if column.primary_key and kind is str:
        return who
    return int(who, 16) % 10**9 if kind is int else SAMPLES[kind]


def rows(session: Session, who: str) -> dict[str, int]:
    counts = {t.name: select(func.count()).select_from(t).where(t.c.learner_id == who) for t in ABOUT_LEARNERS}
    return {name: session.scalar(count) or 0 for name, count in counts.items()}


def person(session: Session) -> str:
    """A learner with a row in every table there is."""
    learner = Learner(id=new_id(), created_at=now(), locale="es-MX", unsure=0)
    session.add(learner)
    session.flush()
    for table in ABOUT_LEARNERS:
        fill(session, table, learner.id)
    return learner.id


def test_forget_leaves_no_row_in_any_table_and_touches_nobody_else(house):
    with house.db.write() as session:
        she, another = person(session), person(session)
        full = dict.fromkeys((t.name for t in ABOUT_LEARNERS), 1)
        assert (rows(session, she), rows(session, another)) == (full, full)

        assert forget(session, she) == len(ABOUT_LEARNERS) + 1
        assert rows(session, she) == dict.fromkeys(full, 0)
        assert (rows(session, another), session.scalars(select(Learner.id)).all()) == (full, [another])


def test_every_table_that_could_hold_a_person_names_the_learner():
    assert {t.name for t in Base.metadata.sorted_tables} - {t.name for t in ABOUT_LEARNERS} == NOBODYS | TEAM


def test_erase_keeps_a_receipt_that_leads_nowhere(house):
    who = consent(house)
    with house.db.write() as session:
        receipt = erase(session, who, now())
    assert receipt == receipt_for(who)
    with house.db.read() as session:
        kept = session.scalars(select(Erasure)).one()
        assert (kept.receipt, kept.rows) == (receipt, 4)  # herself, an address, a message, a consent
        assert who not in str(vars(kept))


def test_a_receipt_is_the_same_however_often_she_asks():
    assert receipt_for("a") == receipt_for("a") != receipt_for("b")


def test_an_erasure_is_due_from_the_moment_she_asked(house):
    who, moment = consent(house), now()
    consent(house, sender="another")
    with house.db.write() as session:
        session.get_one(Learner, who).erase_at = moment
    with house.db.read() as session:
        due = [due_erasures(session, moment + timedelta(seconds=s)) for s in (-1, 0, 1)]
    assert due == [[], [who], [who]]


def engine_store(house: Runtime, *people: str) -> None:
    """What the engine remembers of conversations."""
    store = create_engine(house.settings.engine_store.replace("postgresql://", "postgresql+psycopg://"))
    with store.begin() as connection:
        connection.execute(text("CREATE TABLE conversation (sender_id TEXT PRIMARY KEY, kept TEXT)"))
        for who in people:
            connection.execute(text("INSERT INTO conversation VALUES (:who, 'hola, soy Lupita')"), {"who": who})
    store.dispose()


def remembered(house: Runtime) -> list[str]:
    store = create_engine(house.settings.engine_store.replace("postgresql://", "postgresql+psycopg://"))
    with store.connect() as connection:
        found = list(connection.scalars(text("SELECT sender_id FROM conversation")))
    store.dispose()
    return found


def test_erasing_reaches_the_engine_too(house):
    she, another = consent(house), consent(house, sender="another")
    engine_store(house, she, another)
    assert erasing.erase_learner(house, she) == receipt_for(she)
    assert remembered(house) == [another]
    with house.db.read() as session:
        assert session.scalars(select(Learner.id)).all() == [another]


def test_erasing_somebody_unknown_does_nothing(small_house):
    assert erasing.erase_learner(small_house, "nobody") is None


def test_erasing_works_before_the_engine_has_met_anybody(house):
    who = consent(house)
    assert erasing.erase_learner(house, who) == receipt_for(who)


def test_a_failure_in_the_engine_leaves_the_request_standing(small_house):
    who = consent(small_house)
    Path(small_house.settings.rumbo_var, "engine.db").mkdir()
    with pytest.raises(Exception, match="unable to open"):
        erasing.erase_learner(small_house, who)
    assert learner_id(small_house) == who


def test_nothing_erased_is_left_in_the_bytes_of_sqlite(small_house, tmp_path):
    who = consent(small_house, sender="+5215512345678")
    engine_store(small_house, who)
    with small_house.db.write() as session:
        session.execute(text("UPDATE message SET masked = 'busco chamba en Neza'"))
    secrets = who, small_house.sealer.lookup("fake", "+5215512345678"), "Neza", "Lupita"

    def left() -> list[str]:
        files = b"".join(f.read_bytes() for f in tmp_path.glob("*.db*"))
        return [secret for secret in secrets if secret.encode() in files]

    assert left() == list(secrets)
    erasing.erase_learner(small_house, who)
    assert left() == []


def test_data_goes_when_the_good_bye_has_left(house):
    who = consent(house)
    engine_store(house, who)
    with house.db.write() as session:
        session.get_one(Learner, who).erase_at = now() - erasing.ELSEWHERE
    erasing.erase_due(house)
    assert learner_id(house) == who  # "hola" is still in hand

    with house.db.write() as session:
        session.execute(text("UPDATE message SET status = 'done'"))
    erasing.erase_due(house)
    with house.db.read() as session:
        assert session.scalars(select(Learner.id)).all() == []


def test_data_goes_without_the_good_bye_when_it_cannot_leave(small_house):
    who = consent(small_house)
    engine_store(small_house, who)
    with small_house.db.write() as session:
        session.get_one(Learner, who).erase_at = now() - erasing.FAREWELL - timedelta(seconds=1)
    erasing.erase_due(small_house)
    with small_house.db.read() as session:
        assert session.scalars(select(Learner.id)).all() == []


def test_who_writes_after_an_erasure_is_somebody_new(house):
    who = consent(house)
    engine_store(house, who)
    erasing.erase_learner(house, who)
    write(house, "hola")
    assert learner_id(house) != who
