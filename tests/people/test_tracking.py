"""Who writes, what she agreed to, and whether she may be written to."""

from __future__ import annotations

import threading
from datetime import timedelta

from sqlalchemy import select

from bot.db import now
from bot.people import tracking
from bot.people.tables import Address, Consent, Learner, OptChange, Standing
from bot.runtime import Runtime

AT = now()
PHONE, META = "whatsapp:+5215550001111", "whatsapp:MX.1502576394655843"


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


SAME_PERSON = {
    "same number": ((PHONE, META), (PHONE, None)),
    "she hid it": ((PHONE, META), (META, None)),
    "she changed it": ((PHONE, META), ("whatsapp:+5215559990000", META)),
    "first seen without the other": ((PHONE, None), (PHONE, META)),
    "she showed it": ((META, None), (PHONE, META)),
}


def test_a_person_with_two_ids_stays_the_same_person(house):
    for case, (first, then) in SAME_PERSON.items():
        met = [meet(house, sender, channel=case[:16], alias=alias) for sender, alias in (first, then)]
        assert met[0] == met[1], case


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


def agree(house: Runtime, who: str, given: bool, message: int = 1) -> None:
    with house.db.write() as session:
        tracking.record_consent(session, who, given, "2026-11-22", "fake", message, AT)


def test_her_latest_answer_to_consent_counts(house):
    who, found = meet(house), []
    for number, given in enumerate([True, False, True, True, False], 1):
        agree(house, who, given, number)
        with house.db.read() as session:
            found.append(tracking.has_consented(session, who))
    assert found == [True, False, True, True, False]


def test_who_was_never_asked_has_not_consented(small_house):
    who = meet(small_house)
    with small_house.db.read() as session:
        assert tracking.has_consented(session, who) is False


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
