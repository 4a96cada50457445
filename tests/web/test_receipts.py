"""Receipts: what Twilio tells later about a message of ours, late, twice, out of order."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from bot import web
from bot.messages.tables import UNTIL_SHE_WRITES, Message, Status
from bot.people.tables import Address, Standing
from tests.web.calls import becomes, ours, receipt, sent


def test_receipts_move_a_message_forward_in_whatever_order_they_come(on, open_door):
    sent(on, "SMours")
    door = open_door(on)
    assert receipt(door, "status_read").status_code == 200
    assert becomes(on, Status.READ) is Status.READ
    for name in ("status_sent", "status_delivered", "status_read"):
        receipt(door, name)
    time.sleep(0.1)
    assert ours(on).status is Status.READ


def test_a_receipt_that_comes_before_we_noted_the_sending_is_not_lost(on, open_door, monkeypatch):
    monkeypatch.setattr(web, "LATE_RECEIPT", (0.2, 0.2))
    sent(on, None, Status.DOING)
    assert receipt(open_door(on), "status_delivered").status_code == 200
    with on.db.write() as session:
        message = session.get_one(Message, ours(on).id)
        message.status, message.provider_id = Status.SENT, "SMours"
    assert becomes(on, Status.DELIVERED) is Status.DELIVERED


@pytest.mark.parametrize(
    "name, status, standing",
    [
        ("status_failed_unknown_code", Status.FAILED, Standing.OPEN),
        ("status_failed_without_code", Status.FAILED, Standing.OPEN),
        ("status_canceled", Status.FAILED, Standing.OPEN),
        ("status_undelivered_blocked", Status.FAILED, Standing.BLOCKED),
        ("status_undelivered_rate", Status.TODO, Standing.OPEN),
        ("status_failed_window", Status.TODO, Standing.OPEN),
    ],
)
def test_a_failing_receipt_says_what_follows(small_on, open_door, name, status, standing):
    sent(small_on, "SMours")
    receipt(open_door(small_on), name)
    assert becomes(small_on, status) is status
    with small_on.db.read() as session:
        assert session.scalars(select(Address.standing)).one() is standing
    assert (ours(small_on).not_before == UNTIL_SHE_WRITES) == (name == "status_failed_window")


def test_a_receipt_about_nothing_of_ours_is_accepted(small_on, open_door, monkeypatch):
    monkeypatch.setattr(web, "LATE_RECEIPT", ())
    sent(small_on, "SMours")
    assert receipt(open_door(small_on), "status_read", of="SManother").status_code == 200
    assert ours(small_on).status is Status.SENT
