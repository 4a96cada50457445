"""The table as a queue: in order, one at a time for each person."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Bubble
from bot.db import now
from bot.messages import queue, replies
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Learner
from bot.runtime import Runtime
from tests.builders import learner_id, write

LEASE = timedelta(seconds=30)
AT = now()


def claim(house: Runtime, later: float = 0, direction: Direction = Direction.IN, holds=()) -> str | None:
    """The words of the message a worker gets; None when there is none for it."""
    with house.db.write() as session:
        message = queue.claim(session, direction, AT + timedelta(seconds=later), LEASE, holds)
        return house.sealer.unseal(message.sealed) if message else None


def finish(house: Runtime, text: str, status: Status = Status.DONE) -> None:
    with house.db.write() as session:
        message = _named(session, house, text)
        message.status = status
        queue.let_go(session, message)


def put_back(house: Runtime, text: str, wait: float, ahead: float = 0) -> None:
    """To be tried again after `wait`, says a clock that is `ahead`; seconds."""
    with house.db.write() as session:
        message = _named(session, house, text)
        message.status = Status.TODO
        queue.keep_busy(session, message, AT + timedelta(seconds=ahead), timedelta(seconds=wait))


def _named(session: Session, house: Runtime, text: str) -> Message:
    return next(m for m in session.scalars(select(Message)) if house.sealer.unseal(m.sealed) == text)


def say(house: Runtime, text: str, sender: str = "someone") -> None:
    write(house, text, sender, at=AT)


def test_an_empty_queue_has_nothing(house):
    assert claim(house) is None


def test_messages_of_one_learner_come_one_at_a_time_and_in_order(house):
    say(house, "uno")
    say(house, "dos")
    assert [claim(house), claim(house)] == ["uno", None]
    finish(house, "uno")
    assert claim(house) == "dos"


def test_another_learner_does_not_wait(house):
    say(house, "uno")
    say(house, "dos")
    say(house, "otra", sender="another")
    assert [claim(house), claim(house), claim(house)] == ["uno", "otra", None]


def test_a_message_whose_worker_died_is_taken_up_after_the_lease_and_says_so(house):
    say(house, "uno")
    claim(house)
    assert [claim(house, 29), claim(house, 30)] == [None, "uno"]
    with house.db.read() as session:
        message = session.scalars(select(Message)).one()
        assert (message.status, message.attempts, message.reason) == (Status.DOING, 2, queue.INTERRUPTED)


def test_nothing_passes_a_message_that_is_only_slow_even_when_the_clock_jumped(house):
    say(house, "uno")
    say(house, "dos")
    say(house, "otra", sender="another")
    assert claim(house) == "uno"
    holds = {learner_id(house)}
    assert [claim(house, 120, holds=holds), claim(house, 120, holds=holds)] == ["otra", None]
    assert claim(house, 120) == "uno", "to another process it is lost"


def test_a_claimed_message_is_kept_as_doing(house):
    say(house, "uno")
    claim(house)
    with house.db.read() as session:
        message = session.scalars(select(Message)).one()
        assert (message.status, message.attempts, message.reason) == (Status.DOING, 1, None)
        assert session.get_one(Learner, learner_id(house)).busy_until == AT + LEASE


def test_nothing_of_a_learner_is_taken_until_the_pause_is_over(house):
    say(house, "uno")
    say(house, "dos")
    claim(house)
    put_back(house, "uno", wait=5)
    assert [claim(house, 4), claim(house, 5)] == [None, "uno"]


@pytest.mark.parametrize("ahead, found", [(30, None), (31, "uno"), (120, "uno"), (1e6, "uno")])
@pytest.mark.parametrize("wait", [5, 30, 390])
def test_nobody_waits_for_a_clock_that_was_wrong(house, wait, ahead, found):
    """An engine or a vendor was away, or a worker killed, while the clock was ahead: that wait is not kept."""
    say(house, "uno")
    claim(house)
    put_back(house, "uno", wait, ahead)
    assert claim(house) == found


@pytest.mark.parametrize("direction", Direction)
def test_a_long_pause_by_a_right_clock_is_kept(house, direction):
    say(house, "uno")
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble("respuesta")], 1500, "v1", AT)
    first = claim(house, direction=direction)
    put_back(house, first, wait=390)
    assert [claim(house, 389, direction), claim(house, 390, direction)] == [None, first]


def test_what_came_in_while_the_clock_was_ahead_is_due_when_it_is_right(house):
    write(house, "uno", "someone", at=AT + timedelta(days=9))
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble("dos")], 1500, "v1", AT + timedelta(days=9))
    assert [claim(house), claim(house, direction=Direction.OUT)] == ["uno", "dos"]


def test_a_message_waits_for_its_time(house):
    say(house, "uno")
    with house.db.write() as session:
        session.scalars(select(Message)).one().not_before = AT + timedelta(seconds=9)
    assert [claim(house, 8), claim(house, 9)] == [None, "uno"]


@pytest.mark.parametrize("status", [Status.DONE, Status.FAILED, Status.SENT, Status.DELIVERED, Status.READ])
def test_what_is_over_is_not_taken_again(small_house, status):
    say(small_house, "uno")
    finish(small_house, "uno", status=status)
    assert claim(small_house) is None


def test_sending_and_answering_do_not_wait_for_each_other(house):
    say(house, "uno")
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble("respuesta"), Bubble("más")], 1500, "v1", AT)
    found = [claim(house), claim(house, direction=Direction.OUT), claim(house, direction=Direction.OUT)]
    assert found == ["uno", "respuesta", None]


def test_many_workers_at_once_never_hold_two_messages_of_one_learner(house):
    people = [f"p{n}" for n in range(6)]
    for n in range(3):
        for who in people:
            say(house, f"{who} {n}", sender=who)
    taken: list[str] = []

    def work() -> None:
        for _ in range(6):
            taken.append(claim(house) or "")

    hands = [threading.Thread(target=work) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(filter(None, taken)) == [f"{who} 0" for who in people]
