"""The one table of a referral's states: what is in it is done and written down, what is not is refused and logged."""

from __future__ import annotations

import logging
from itertools import product

import pytest
from sqlalchemy import select

from bot.db import now
from bot.people import tracking
from bot.referrals import ledger
from bot.referrals.ledger import IllegalMove, Step
from bot.referrals.states import MOVES, By, State, may
from bot.referrals.tables import Referral, ReferralEvent


@pytest.fixture
def her(small_house) -> str:
    with small_house.db.write() as session:
        return tracking.meet(session, small_house.sealer, "web", "someone", None, "es-MX", now()).learner_id


def refer(house, session, her, need="legal", service="ifdp") -> Referral:
    return ledger.refer(session, house.sealer, her, need, service, now())


@pytest.mark.parametrize(("before", "after", "by"), list(product(State, State, By)))
def test_a_move_happens_exactly_when_the_table_has_it(small_house, her, before, after, by):
    with small_house.db.write() as session:
        one = refer(small_house, session, her)
        one.status = before
        session.flush()
        step = Step(by, now(), reason="far" if after is State.FAILED else None)
        if before is after or may(by, before, after):
            ledger.move(session, one, after, step)
            assert one.status is after
        else:
            with pytest.raises(IllegalMove):
                ledger.move(session, one, after, step)
            assert one.status is before


def test_every_state_is_reached_and_resolved_is_the_end():
    reached = {after for _, after in MOVES}
    assert reached == set(State)
    assert not [move for move in MOVES if move[0] is State.RESOLVED]


def test_every_step_is_written_down_and_a_refused_one_is_logged(small_house, her, caplog):
    with small_house.db.write() as session:
        one = refer(small_house, session, her)
        for to in (State.ACCEPTED, State.CONTACTED, State.ATTENDED, State.RESOLVED):
            ledger.move(session, one, to, Step(By.LEARNER, now(), 7))
        with caplog.at_level(logging.WARNING), pytest.raises(IllegalMove):
            ledger.move(session, one, State.FAILED, Step(By.LEARNER, now(), 8, "far"))
        steps = session.scalars(select(ReferralEvent).order_by(ReferralEvent.id)).all()
        assert [s.after for s in steps] == ["offered", "accepted", "contacted", "attended", "resolved"]
        assert f"referral {one.id}" in caplog.text and her not in caplog.text


def test_a_failure_needs_a_reason_we_know(small_house, her):
    with small_house.db.write() as session:
        one = refer(small_house, session, her)
        ledger.move(session, one, State.ACCEPTED, Step(By.LEARNER, now()))
        with pytest.raises(IllegalMove):
            ledger.move(session, one, State.FAILED, Step(By.LEARNER, now()))


@pytest.mark.parametrize("need", sorted(ledger.PRIVATE))
def test_of_a_private_need_nothing_stands_in_the_open(small_house, her, need):
    with small_house.db.write() as session:
        one = refer(small_house, session, her, need, "secret_service")
        assert ledger.what(small_house.sealer, one) == (need, "secret_service")
        assert one.need is one.service is None and not one.for_staff
        again = refer(small_house, session, her, need, "secret_service")
        assert again.id == one.id
