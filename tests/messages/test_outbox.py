"""What leaves: in order, tried again where it can help, and never twice where it hurts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.content.library import Bubble
from bot.db import now
from bot.messages import replies
from bot.messages.outbox import ATTEMPTS, LONGEST, pause
from bot.messages.replies import remember, remembered
from bot.messages.tables import UNTIL_SHE_WRITES, Direction, Message, Status
from bot.people.tables import Address, Standing
from channels.base import (
    Blocked,
    Choice,
    Misconfigured,
    Outage,
    Refused,
    Reply,
    Throttled,
    Uncertain,
    Unreachable,
    WindowClosed,
)
from tests.builders import write
from tests.fakes import FakeChannel
from tests.messages.sending import die, everything, free, outbox_of, rows, say, stand, standing

DAY = timedelta(hours=24)


async def test_replies_leave_in_order_with_their_choices(house):
    say(house, "uno", Bubble("dos", (("Menú", "/menu"), ("Mi plan", "/my_plan")), "utter_help"))
    channel = FakeChannel()
    await everything(outbox_of(house, channel))

    first, second = rows(house)
    offered = (Choice(f"{second.id}:0", "Menú"), Choice(f"{second.id}:1", "Mi plan"))
    assert channel.sent == [("someone", Reply("uno")), ("someone", Reply("dos", offered))]
    assert [(m.status, m.provider_id) for m in (first, second)] == [(Status.SENT, "fake-1"), (Status.SENT, "fake-2")]
    assert (second.content_id, second.content_version) == ("utter_help", "v1")


async def test_the_same_answer_queued_again_is_sent_once(house):
    say(house, "uno")
    with house.db.write() as session:
        asked = session.scalars(select(Message).where(Message.direction == Direction.IN)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble("otro")], 1500, "v1", now())
    channel = FakeChannel()
    await everything(outbox_of(house, channel))
    assert channel.texts() == ["uno"]


@pytest.mark.parametrize("error", [Throttled(), Outage(), Misconfigured(), Uncertain()])
async def test_what_may_pass_is_tried_again_and_the_rest_keeps_its_place(small_house, error):
    say(small_house, "uno", "dos")
    channel = FakeChannel(error)
    box = outbox_of(small_house, channel)
    await everything(box)
    assert (channel.texts(), stand(small_house)) == ([], [Status.TODO, Status.TODO])
    free(small_house)
    await everything(box)
    assert (channel.texts(), stand(small_house)) == (["uno", "dos"], [Status.SENT, Status.SENT])


async def test_trouble_with_one_person_keeps_nobody_else_waiting(house):
    say(house, "para una", to="one")
    say(house, "para otra", to="other")
    channel = FakeChannel(Throttled(retry_after=60))
    await everything(outbox_of(house, channel))
    assert channel.sent == [("other", Reply("para otra"))]


async def test_a_wait_the_service_asked_for_is_kept(house):
    say(house, "uno")
    before = now()
    await everything(outbox_of(house, FakeChannel(Throttled(retry_after=60))))
    with house.db.read() as session:
        until = session.scalars(select(Address.busy_until)).one()
    assert timedelta(seconds=60) <= until - before <= timedelta(seconds=63)


async def test_a_service_that_stays_away_is_given_up_in_the_end(small_house):
    say(small_house, "uno")
    channel = FakeChannel(*[Outage()] * 99)
    for _ in range(ATTEMPTS + 3):
        await everything(outbox_of(small_house, channel))
        free(small_house)
    assert (99 - len(channel.failures), stand(small_house)) == (ATTEMPTS, [Status.FAILED])


async def test_a_refused_message_fails_alone_and_staff_can_read_why(house):
    say(house, "uno", "dos")
    channel = FakeChannel(Refused("too long"))
    await everything(outbox_of(house, channel))
    assert (channel.texts(), stand(house)) == (["dos"], [Status.FAILED, Status.SENT])
    assert rows(house)[0].reason == "The service refused the content of this message. too long"


@pytest.mark.parametrize("error, mark", [(Blocked(), Standing.BLOCKED), (Unreachable(), Standing.UNREACHABLE)])
async def test_who_cannot_be_reached_is_not_tried_again_until_she_writes(small_house, error, mark):
    say(small_house, "uno", "dos")
    channel = FakeChannel(error)
    box = outbox_of(small_house, channel)
    await everything(box)
    assert (channel.texts(), stand(small_house), standing(small_house)) == ([], [Status.FAILED, Status.FAILED], mark)

    say(small_house, "tres")
    await everything(box)
    assert (channel.texts(), standing(small_house)) == (["tres"], Standing.OPEN)


async def test_a_person_marked_meanwhile_gets_nothing(house):
    say(house, "uno", "dos")
    with house.db.write() as session:
        session.scalars(select(Address)).one().standing = Standing.BLOCKED
    channel = FakeChannel()
    await everything(outbox_of(house, channel))
    assert (channel.sent, stand(house)) == ([], [Status.FAILED, Status.FAILED])


async def test_outside_the_window_everything_waits_until_she_writes(house):
    say(house, "uno", "dos")
    with house.db.write() as session:
        session.scalars(select(Address)).one().last_inbound_at = now() - DAY - timedelta(seconds=1)
    channel = FakeChannel(window=DAY)
    box = outbox_of(house, channel)
    await everything(box)
    assert (channel.sent, [m.not_before for m in rows(house)]) == ([], [UNTIL_SHE_WRITES] * 2)

    write(house, "ya volví")
    await everything(box)
    assert channel.texts() == ["uno", "dos"]


async def test_a_window_the_service_calls_closed_is_waited_for_too(house):
    say(house, "uno")
    channel = FakeChannel(WindowClosed())
    box = outbox_of(house, channel)
    await everything(box)
    assert (stand(house), rows(house)[0].not_before) == ([Status.TODO], UNTIL_SHE_WRITES)
    write(house, "ya volví")
    await everything(box)
    assert channel.texts() == ["uno"]


@pytest.mark.parametrize("trouble", [Uncertain(), RuntimeError("a fault of ours")])
async def test_what_may_have_arrived_is_tried_again_once_at_most(small_house, trouble):
    say(small_house, "uno", "dos")
    channel = FakeChannel(trouble, trouble)
    for _ in range(3):
        await everything(outbox_of(small_house, channel))
        free(small_house)
    assert (channel.texts(), stand(small_house)) == (["dos"], [Status.FAILED, Status.SENT])


async def test_a_worker_killed_while_sending_leaves_the_message_to_the_next(house):
    say(house, "uno", "dos")
    die(house)
    channel = FakeChannel()
    await everything(outbox_of(house, channel))
    assert (channel.texts(), stand(house)) == (["uno", "dos"], [Status.SENT, Status.SENT])


async def test_a_message_that_was_twice_in_the_hands_of_a_killed_worker_is_not_sent_a_third_time(house):
    say(house, "uno", "dos")
    die(house)
    die(house)
    channel = FakeChannel()
    await everything(outbox_of(house, channel))
    free(house)
    await everything(outbox_of(house, channel))
    assert (channel.texts(), stand(house)) == (["dos"], [Status.FAILED, Status.SENT])


async def test_a_channel_that_is_off_lets_its_messages_wait(house):
    say(house, "uno")
    await everything(outbox_of(house, None))
    assert stand(house) == [Status.TODO]
    free(house)
    channel = FakeChannel()
    await everything(outbox_of(house, channel))
    assert channel.texts() == ["uno"]


@given(st.integers(1, 40))
def test_pauses_double_up_to_five_minutes_and_are_never_the_same_for_all(attempts):
    usual = min(2.0 ** (attempts - 1), LONGEST)
    assert usual * 0.7 <= pause(attempts, Outage()) <= usual * 1.3


def test_an_outcome_is_remembered_word_for_word(small_house):
    said = [Bubble("Hola, Lupita", (("Menú", "/menu"),), "greet_back"), Bubble("¿seguimos?")]
    turn = remember(small_house.sealer, 7, "someone", "ask", said)
    assert remembered(small_house.sealer, turn).bubbles == said
    assert b"Lupita" not in turn.sealed
