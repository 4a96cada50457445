"""What arrives is saved once; what is heard of our own messages only moves forward."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.content.library import Bubble
from bot.db import now
from bot.messages import inbox, replies
from bot.messages.tables import AT_ONCE, UNTIL_SHE_WRITES, Direction, Message, Status
from bot.people.tables import Address, Learner, Standing
from bot.runtime import Runtime
from channels.base import (
    Blocked,
    Delivery,
    Gone,
    Inbound,
    Kind,
    Outage,
    Receipt,
    Refused,
    Throttled,
    Unreachable,
    WindowClosed,
)
from tests.builders import write

AT = now()


def save(house: Runtime, *items: Inbound | Gone, channel: str = "fake") -> list[Inbound]:
    with house.db.write() as session:
        return inbox.save(session, house.sealer, channel, items, "es-MX", AT)


def everything(house: Runtime, direction: Direction = Direction.IN) -> list[Message]:
    with house.db.read() as session:
        return list(session.scalars(select(Message).where(Message.direction == direction).order_by(Message.id)))


def address(house: Runtime) -> Address:
    with house.db.read() as session:
        return session.scalars(select(Address)).one()


def test_a_message_is_saved_sealed_and_waits_for_a_worker(house):
    item = Inbound("a", "+5215512345678", "hola, soy Lupita", Kind.CHOICE, choice="7:1")
    assert save(house, item) == [item]
    [row] = everything(house)
    assert house.sealer.unseal(row.sealed) == "hola, soy Lupita"
    assert (row.status, row.kind, row.picked, row.provider_id) == (Status.TODO, "choice", "7:1", "a")
    assert (row.masked, row.created_at, row.not_before) == (None, AT, AT_ONCE)


def test_nothing_of_a_number_or_a_text_stands_open_in_the_rows(house):
    save(house, Inbound("a", "+5215512345678", "hola, soy Lupita", alias="MX.1502576394655843"))
    with house.db.read() as session:
        rows = [*session.scalars(select(Message)), *session.scalars(select(Address)), *session.scalars(select(Learner))]
        kept = str([vars(row) for row in rows])
    assert [secret for secret in ("5512345678", "Lupita", "1502576394655843") if secret in kept] == []


def test_the_same_message_twice_is_saved_once(house):
    item = Inbound("a", "someone", "hola")
    assert [save(house, item), save(house, item, item)] == [[item], []]
    assert len(everything(house)) == 1


def test_the_same_number_on_another_channel_is_another_message(house):
    item = Inbound("a", "someone", "hola")
    assert [save(house, item), save(house, item, channel="other")] == [[item], [item]]


def test_of_a_location_only_the_nearest_place_is_kept_and_of_a_broken_one_the_words(house):
    save(house, Inbound("a", "someone", "aquí", Kind.LOCATION, place=(19.43, -99.13)))
    save(house, Inbound("b", "someone", "aquí", Kind.LOCATION))
    save(house, Inbound("c", "someone", "", Kind.LOCATION, place=(0.0, 0.0)))
    said = [house.sealer.unseal(row.sealed) for row in everything(house)]
    assert said == ["CMX: Ciudad de México", "aquí", ""]


def test_a_text_nobody_typed_is_cut(small_house):
    save(small_house, Inbound("a", "someone", "x" * 9_000))
    assert len(small_house.sealer.unseal(everything(small_house)[0].sealed)) == inbox.MAX_TEXT


def test_a_choice_of_any_length_a_channel_allows_is_saved(house):
    items = [Inbound(f"a{n}", "someone", "", Kind.CHOICE, choice="x" * n) for n in (1, 64, 256)]
    assert save(house, *items) == items


def test_who_blocked_us_is_remembered_until_she_writes(house):
    save(house, Inbound("a", "someone", "hola"))
    save(house, Gone("someone"), Gone("unheard of"))
    assert address(house).standing is Standing.BLOCKED
    save(house, Inbound("b", "someone", "ya volví"))
    assert address(house).standing is Standing.OPEN


def sent(house: Runtime, status: Status = Status.SENT, **more: object) -> int:
    """A message of ours that the service has taken as `out`; returns its number."""
    write(house, "hola")
    with house.db.write() as session:
        asked = session.scalars(select(Message).order_by(Message.id.desc())).first()
        replies.queue_replies(session, house.sealer, asked, [Bubble("qué tal")], 1500, "v1", AT)
        session.flush()
        message = session.scalars(select(Message).where(Message.direction == Direction.OUT)).one()
        message.status, message.provider_id = status, "out"
        for name, value in more.items():
            setattr(message, name, value)
        return message.id


def receive(house: Runtime, *receipts: Receipt, channel: str = "fake") -> list[bool]:
    with house.db.write() as session:
        return [inbox.receive(session, channel, receipt, AT) for receipt in receipts]


def ours(house: Runtime) -> Message:
    return everything(house, Direction.OUT)[0]


STEPS = [Delivery.SENT, Delivery.DELIVERED, Delivery.READ]


def test_receipts_only_move_forward_in_whatever_order_they_come(small_house):
    number, orders = sent(small_house), [o for n in (1, 2, 3) for o in itertools.permutations(STEPS, n)]
    for order in orders:
        with small_house.db.write() as session:
            session.get_one(Message, number).status = Status.SENT
        receive(small_house, *(Receipt("out", step) for step in order), Receipt("out", order[0]))
        assert ours(small_house).status == max(order, key=STEPS.index)


def test_a_receipt_about_nothing_of_ours_is_not_known(house):
    sent(house)
    write(house, "hola", provider_id="hers")
    delivered = Receipt("unheard of", Delivery.READ), Receipt("hers", Delivery.READ)
    assert receive(house, *delivered) == [False, False]
    assert receive(house, Receipt("out", Delivery.READ), channel="other") == [False]
    assert [m.status for m in everything(house)] == [Status.TODO, Status.TODO]


@pytest.mark.parametrize(
    "error, reason",
    [
        (Refused(), "The service refused the content of this message."),
        (Blocked(), "The person stopped or blocked messages from this number."),
        (None, "The service did not deliver it."),
    ],
)
def test_a_failure_is_final_and_staff_can_read_why(small_house, error, reason):
    sent(small_house)
    receive(small_house, Receipt("out", Delivery.FAILED, error), Receipt("out", Delivery.DELIVERED))
    assert (ours(small_house).status, ours(small_house).reason) == (Status.FAILED, reason)


@pytest.mark.parametrize(
    "error, standing",
    [(Blocked(), Standing.BLOCKED), (Unreachable(), Standing.UNREACHABLE), (Refused(), Standing.OPEN)],
)
def test_who_cannot_be_reached_is_marked(small_house, error, standing):
    sent(small_house)
    receive(small_house, Receipt("out", Delivery.FAILED, error))
    assert address(small_house).standing is standing


def test_what_was_read_did_not_fail(small_house):
    sent(small_house, Status.READ)
    receive(small_house, Receipt("out", Delivery.FAILED, Refused()))
    assert ours(small_house).status is Status.READ


@pytest.mark.parametrize("error", [Throttled(), Outage()])
def test_a_failure_that_passes_is_sent_again_a_few_times(small_house, error):
    sent(small_house, attempts=inbox.LATE_ATTEMPTS - 1)
    receive(small_house, Receipt("out", Delivery.FAILED, error))
    assert (ours(small_house).status, ours(small_house).not_before) == (Status.TODO, AT + inbox.LATE_PAUSE)
    with small_house.db.write() as session:
        again = session.get_one(Message, ours(small_house).id)
        again.status, again.attempts = Status.SENT, inbox.LATE_ATTEMPTS
    receive(small_house, Receipt("out", Delivery.FAILED, error))
    assert ours(small_house).status is Status.FAILED


def test_a_closed_window_lets_it_wait_until_she_writes(house):
    sent(house)
    receive(house, Receipt("out", Delivery.FAILED, WindowClosed()))
    assert (ours(house).status, ours(house).not_before) == (Status.TODO, UNTIL_SHE_WRITES)
    later = AT + timedelta(days=3)
    write(house, "ya volví", at=later)
    assert (ours(house).status, ours(house).not_before) == (Status.TODO, AT_ONCE)


def test_what_waits_for_one_person_is_not_released_by_another(house):
    sent(house, Status.TODO, not_before=UNTIL_SHE_WRITES)
    write(house, "hola", sender="another")
    assert ours(house).not_before == UNTIL_SHE_WRITES
