"""The books of a chaos run: what is planted in them is found, and what is right is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bench.chaos import audit
from bench.chaos.audit import Findings
from bench.chaos.crowd import Written
from bench.chaos.ledger import Ledger, balance
from bench.chaos.vendor import Taken
from bot.db import now
from bot.messages.tables import SCHEDULED, Direction, Message, Status

PERSON = "whatsapp:+5215500000001"
THEN = datetime(2026, 11, 22, tzinfo=UTC)
HOUSE = SimpleNamespace(shadows=[(50.0, 60.0, "the worker was killed")], during=lambda moment: "calm")


def row(number: int, direction: Direction, status: Status, provider_id: str, **more: object) -> Message:
    values = {"learner_id": "ana", "address_id": 1, "channel": "whatsapp", "created_at": THEN, "not_before": THEN}
    return Message(id=number, direction=direction, status=status, provider_id=provider_id, **(values | more))


@pytest.fixture
def ledger() -> Ledger:
    """Two messages, a bubble each, both on the phone."""
    hers = [row(n, Direction.IN, Status.DONE, f"in{n}") for n in (1, 2)]
    ours = [row(n + 2, Direction.OUT, Status.SENT, f"SM{n:032x}", answers_id=n, part=0) for n in (1, 2)]
    written = [Written("whatsapp", PERSON, f"in{n}", n, 0.0, taken=True) for n in (1, 2)]
    found = Ledger(written, {("whatsapp", m.provider_id): m for m in hers}, ours, people={1: PERSON})
    for bubble in ours:
        found.texts[bubble.id] = "hola"
        found.answers[bubble.answers_id].append(bubble)
    return found


def taken(*bubbles: tuple[int, float], told: bool = True) -> list[Taken]:
    return [Taken(number, PERSON, "hola", at, told) for number, at in bubbles]


def test_right_books_are_right(ledger):
    balance(ledger, taken((1, 1.0), (2, 2.0)))
    found = Findings()
    cases = [*audit.lost(ledger, found), *audit.order_in(ledger), *audit.order_out(HOUSE, ledger)]
    cases += [*audit.sent(ledger, found), *audit.copies(HOUSE, ledger, found), *audit.stuck(ledger)]
    assert [*cases, *audit.illegal(ledger)] == []


def test_a_message_that_is_not_in_the_database_is_lost(ledger):
    del ledger.inbound["whatsapp", "in1"]
    found = Findings()
    assert len(list(audit.lost(ledger, found))) == found.seen["lost"] == 1


def test_a_bubble_no_vendor_has_was_not_sent(ledger):
    balance(ledger, taken((1, 1.0)))
    assert len(list(audit.sent(ledger, Findings()))) == 1


def test_answers_in_the_wrong_order_are_seen(ledger):
    balance(ledger, taken((2, 1.0), (1, 2.0)))
    assert len(list(audit.order_out(HOUSE, ledger))) == 1


def test_messages_in_the_wrong_order_are_seen(ledger):
    ledger.written[0].rank = 3
    assert len(list(audit.order_in(ledger))) == 1


@pytest.mark.parametrize(
    ("at", "told", "why"),
    [(30.0, True, ""), (55.0, True, "the worker was killed"), (30.0, False, "the vendor took it and reset")],
)
def test_a_copy_is_a_fault_unless_something_explains_it(ledger, at, told, why):
    balance(ledger, taken((1, 1.0), (2, 2.0)) + taken((3, at), told=told))
    found = Findings()
    assert len(list(audit.copies(HOUSE, ledger, found))) == found.seen["doubled"] == (not why)
    assert found.seen[f"doubled by nature: {why}"] == bool(why)


def test_what_still_waits_is_stuck_and_what_is_no_status_is_illegal(ledger):
    ledger.outbound[0].status = Status.DOING
    ledger.outbound[1].status = Status.DONE
    assert (len(list(audit.stuck(ledger))), len(list(audit.illegal(ledger)))) == (1, 1)


@pytest.mark.parametrize(("due", "late"), [(timedelta(hours=2), 0), (-timedelta(hours=2), 1)])
def test_what_is_planned_for_later_is_not_stuck_but_what_is_overdue_is(ledger, due, late):
    ledger.outbound.append(row(9, Direction.OUT, Status.TODO, "", kind=SCHEDULED, not_before=now() + due))
    assert len(list(audit.stuck(ledger))) == late
