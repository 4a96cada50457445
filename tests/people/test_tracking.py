"""Who writes, what she agreed to, and whether she may be written to."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.db import now
from bot.people import tracking
from bot.people.tables import Address, Consent, Learner, OptChange, Standing
from bot.runtime import Runtime

AT = now()
PHONE, HIDDEN, META = "whatsapp:+5215550001111", "whatsapp:MX.150", "whatsapp:MX.150"


def meet(house: Runtime, sender: str = "someone", channel: str = "fake", alias: str | None = None, at=AT) -> str:
    """Somebody writes; returns who she is."""
    with house.db.write() as session:
        return tracking.meet(session, house.sealer, channel, sender, alias, "es-MX", at).learner_id


def address(house: Runtime) -> Address:
    with house.db.read() as session:
        return session.scalars(select(Address)).one()


def test_a_first_message_makes_a_learner_with_a_sealed_address(house):
    who = meet(house)
    assert (address(house).learner_id, house.sealer.unseal(address(house).sealed)) == (who, "someone")
    with house.db.read() as session:
        learner = session.scalars(select(Learner)).one()
        assert (learner.id, learner.locale, learner.created_at, learner.unsure) == (who, "es-MX", AT, 0)


def test_the_same_sender_is_the_same_person_on_one_channel_only(house):
    assert meet(house) == meet(house)
    assert meet(house) != meet(house, channel="other")
    assert meet(house) != meet(house, sender="another")


@pytest.mark.parametrize(
    "first, then",
    [
        ((PHONE, META), (PHONE, None)),
        ((PHONE, META), (HIDDEN, None)),
        ((PHONE, META), ("whatsapp:+5215559990000", META)),
        ((PHONE, None), (PHONE, META)),
        ((HIDDEN, None), (PHONE, META)),
    ],
    ids=["same number", "she hid it", "she changed it", "first seen without the other", "she showed it"],
)
def test_a_person_with_two_ids_stays_the_same_person(house, first, then):
    assert meet(house, first[0], alias=first[1]) == meet(house, then[0], alias=then[1])


def test_who_changed_her_number_is_written_to_at_the_new_one(house):
    meet(house, PHONE, alias=META)
    meet(house, "whatsapp:+5215559990000", alias=META)
    assert house.sealer.unseal(address(house).sealed) == "whatsapp:+5215559990000"
    with house.db.read() as session:
        assert tracking.find(session, house.sealer, "fake", PHONE) is None


def test_a_second_id_on_another_channel_is_nobody_we_know(house):
    assert meet(house, PHONE, alias=META) != meet(house, META, channel="other")


def test_whoever_writes_can_be_written_to(house):
    meet(house)
    with house.db.write() as session:
        tracking.mark(session, address(house).id, Standing.UNREACHABLE, AT)
    later = AT + timedelta(days=1)
    meet(house, at=later)
    assert (address(house).standing, address(house).standing_at) == (Standing.OPEN, later)
    assert address(house).last_inbound_at == later


def test_two_first_messages_at_once_make_one_learner(house):
    together, found = threading.Barrier(4), list[str]()

    def write() -> None:
        together.wait()
        found.append(meet(house))

    hands = [threading.Thread(target=write) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    with house.db.read() as session:
        assert (len(found), set(found)) == (4, set(session.scalars(select(Learner.id))))
    assert len(set(found)) == 1


def agree(house: Runtime, who: str, *answers: bool) -> None:
    with house.db.write() as session:
        for number, given in enumerate(answers, 1):
            tracking.record_consent(session, who, given, "2026-11-22", "fake", number, AT)


@pytest.mark.parametrize(
    "answers, expected",
    [((), False), ((True,), True), ((False,), False), ((True, False), False), ((False, True), True)],
)
def test_her_latest_answer_to_consent_counts(house, answers, expected):
    who = meet(house)
    agree(house, who, *answers)
    with house.db.read() as session:
        assert tracking.has_consented(session, who) is expected


def test_consent_is_hers_alone_and_for_this_purpose(house):
    who, another = meet(house), meet(house, sender="another")
    agree(house, who, True)
    with house.db.write() as session:
        row = {"purpose": "research", "given": True, "notice_version": "1", "channel": "fake", "at": AT}
        session.add(Consent(learner_id=another, **row))
    with house.db.read() as session:
        assert tracking.has_consented(session, another) is False


def test_consent_is_recorded_once_a_message_with_what_was_agreed_to(house):
    who = meet(house)
    agree(house, who, True)
    agree(house, who, False)  # the same message again
    with house.db.read() as session:
        kept = session.scalars(select(Consent)).one()
        assert (kept.given, kept.notice_version, kept.channel, kept.at) == (True, "2026-11-22", "fake", AT)


def test_opting_out_and_in_again_is_written_down_each_time_it_changes_something(house):
    who = meet(house)
    changed = []
    for step in (tracking.opt_in, tracking.opt_out, tracking.opt_out, tracking.opt_in, tracking.opt_in):
        with house.db.write() as session:
            changed.append(step(session, session.get_one(Learner, who), "word", AT))
    assert changed == [False, True, False, True, False]
    with house.db.read() as session:
        assert [(c.opted_in, c.method) for c in session.scalars(select(OptChange))] == [(False, "word"), (True, "word")]
        assert session.get_one(Learner, who).opted_out_at is None
