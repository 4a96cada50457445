"""One person on two channels."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.care import incidents
from bot.care.tables import Incident, IncidentKind
from bot.db import now
from bot.messages.linking import LETTERS, LIFE, find_code, make_code, redeem
from bot.messages.tables import Message
from bot.people.tables import Address, Learner, LinkCode
from bot.runtime import Runtime
from tests.builders import consent, learner_id, write

AT = now()


@pytest.mark.parametrize(
    "text, expected",
    [
        ("RUMBO-7KQ2MX", "RUMBO-7KQ2MX"),
        ("rumbo 7kq2mx", "RUMBO-7KQ2MX"),
        ("  Rumbo-7kq2mx\n", "RUMBO-7KQ2MX"),
        ("rumbo7KQ2MX", "RUMBO-7KQ2MX"),
        ("mi código es RUMBO-7KQ2MX", None),
        ("RUMBO-7KQ2M", None),
        ("RUMBO-7KQ2MXX", None),
        ("RUMBO-0KQ2MX", None),
        ("rumbo", None),
        ("7KQ2MX", None),
        ("", None),
    ],
)
def test_find_code_reads_a_message_that_is_nothing_but_a_code(text, expected):
    assert find_code(text) == expected


@given(
    st.text(alphabet=LETTERS, min_size=5, max_size=5).map("{}7".format),
    st.sampled_from([str.upper, str.lower, str.title]),
)
def test_a_code_is_found_however_it_is_typed(letters, typed):
    assert find_code(typed(f"rumbo {letters}")) == f"RUMBO-{letters}"


def ask(house: Runtime, who: str) -> str:
    with house.db.write() as session:
        return make_code(session, house.sealer, who, AT)


def write_code(house: Runtime, code: str, who: str, at: datetime = AT) -> str | None:
    with house.db.write() as session:
        return redeem(session, house.sealer, code, who, at)


def test_a_code_is_kept_as_a_hash_and_found_in_what_is_typed(house):
    code = ask(house, consent(house))
    assert find_code(code) == code
    with house.db.read() as session:
        assert code not in str([vars(row) for row in session.scalars(select(LinkCode))])


def test_who_writes_the_code_is_the_one_who_asked_for_it(house):
    first = consent(house)
    write(house, "hola", sender="77", channel="other")
    second = learner_id(house, "77", "other")
    with house.db.write() as session:
        said = session.scalars(select(Message).where(Message.learner_id == second)).one()
        incidents.open_incident(session, second, said.id, IncidentKind.PERSON, AT)

    assert write_code(house, ask(house, first), second) == first
    with house.db.read() as session:
        assert session.scalars(select(Learner.id)).all() == [first]
        for table in (Address, Message, Incident):
            assert set(session.scalars(select(table.learner_id))) == {first}
    assert learner_id(house, "77", "other") == first


def test_a_code_works_once(house):
    code = ask(house, consent(house))
    for sender in ("77", "88"):
        write(house, "hola", sender=sender, channel="other")
    found = [write_code(house, code, learner_id(house, sender, "other")) is not None for sender in ("77", "88")]
    assert found == [True, False]


@pytest.mark.parametrize("age, works", [(timedelta(0), True), (LIFE, True), (LIFE + timedelta(seconds=1), False)])
def test_a_code_lives_half_an_hour(small_house, age, works):
    code = ask(small_house, consent(small_house))
    write(small_house, "hola", sender="77", channel="other")
    found = write_code(small_house, code, learner_id(small_house, "77", "other"), AT + age)
    assert (found is not None) == works


def test_a_code_nobody_was_given_is_no_good(small_house):
    ask(small_house, consent(small_house))
    write(small_house, "hola", sender="77", channel="other")
    assert write_code(small_house, "RUMBO-222222", learner_id(small_house, "77", "other")) is None


def test_her_own_code_changes_nothing(small_house):
    who = consent(small_house)
    assert write_code(small_house, ask(small_house, who), who) is None
    assert learner_id(small_house) == who


def test_two_histories_are_not_joined(house):
    code, second = ask(house, consent(house)), consent(house, sender="77", channel="other")
    assert write_code(house, code, second) is None
    assert learner_id(house, "77", "other") == second
