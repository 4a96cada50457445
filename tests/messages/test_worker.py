"""The worker: every message answered once and in order."""

from __future__ import annotations

import asyncio

import pytest

from bot.content.library import Bubble
from bot.db import now
from bot.messages.linking import make_code, redeem
from bot.messages.tables import Direction, Status
from tests.builders import consent, write
from tests.fakes import FakeRasa
from tests.messages.working import everything, rows, said, worker_of


async def test_a_message_is_answered_once(house):
    consent(house)
    rasa = FakeRasa()
    write(house, "quiero trabajar", provider_id="a")
    write(house, "quiero trabajar", provider_id="a")

    await everything(worker_of(house, rasa))

    assert said(house) == ["oí hola", "oí quiero trabajar"]
    assert [m.status for m in rows(house, Direction.IN)] == [Status.DONE, Status.DONE]
    assert rows(house, Direction.IN)[1].understanding == {"intent": "test", "confidence": 1.0}


async def test_rasa_sees_a_learner_and_never_an_address(house):
    who = consent(house, sender="whatsapp:+5215512345678")
    rasa = FakeRasa()
    await everything(worker_of(house, rasa))
    assert [asked[0] for asked in rasa.asked] == [who]
    assert "5215512345678" not in str(rasa.asked)


async def test_someone_new_is_welcomed_whatever_she_writes(house):
    rasa = FakeRasa()
    write(house, "busco chamba")
    await everything(worker_of(house, rasa))
    assert [(a[2], a[3]) for a in rasa.asked] == [('/start_interview{"interview": "bienvenida"}', True)]


async def test_messages_of_one_learner_are_answered_in_order_by_many_hands(house):
    consent(house)
    for n in range(12):
        write(house, f"mensaje {n}")

    class Slow(FakeRasa):
        async def ask(self, *a):  # type: ignore[no-untyped-def]
            await asyncio.sleep(0.01 * (a[1] % 3))
            return await super().ask(*a)

    rasa = Slow()
    worker = worker_of(house, rasa)

    async def hand() -> None:
        for _ in range(60):
            if not await worker.work_one():
                await asyncio.sleep(0.01)

    await asyncio.gather(*(hand() for _ in range(4)))
    assert [a[2] for a in rasa.asked] == ["hola", *(f"mensaje {n}" for n in range(12))]
    assert len(said(house)) == 13


async def test_a_typed_slash_is_taken_off_and_a_choice_keeps_it(house):
    consent(house)
    rasa = FakeRasa(answer=lambda said: [Bubble("elige", (("Menú", "/menu"), ("Mi plan", "/my_plan")))])
    write(house, "/restart")
    await everything(worker_of(house, rasa))
    write(house, "el segundo")
    await everything(worker_of(house, rasa))
    assert [(a[2], a[3]) for a in rasa.asked] == [("hola", False), ("/restart", False), ("/my_plan", True)]


@pytest.mark.parametrize("kind", ["voice", "media", "sticker", "location", "contact", "edited", "other"])
async def test_whatever_is_sent_gets_a_kind_answer(small_house, kind):
    write(small_house, "", kind=kind)
    await everything(worker_of(small_house, FakeRasa()))
    assert said(small_house) == [small_house.library.current().words(f"got_{kind}")]


async def test_the_same_button_tapped_twice_is_answered_once(house):
    consent(house)
    rasa = FakeRasa(answer=lambda said: [Bubble("elige", (("Menú", "/menu"),))])
    await everything(worker_of(house, rasa))
    choice = f"{rows(house)[0].id}:0"
    write(house, "Menú", choice=choice, kind="choice")
    write(house, "Menú", choice=choice, kind="choice")
    await everything(worker_of(house, rasa))
    assert [a[2] for a in rasa.asked] == ["hola", "/menu"]


async def test_the_answer_to_a_code_that_joins_two_learners_goes_to_who_is_left(house):
    """At once: not when the lease of the message has run out."""
    she = consent(house)
    with house.db.write() as session:
        code = make_code(session, house.sealer, she, now())

    class Joining(FakeRasa):
        async def ask(self, learner, *more):  # type: ignore[no-untyped-def]
            with house.db.write() as session:
                redeem(session, house.sealer, code, learner, now())
            return await super().ask(learner, *more)

    await everything(worker_of(house, FakeRasa()))
    write(house, code, sender="her other phone")
    worker = worker_of(house, Joining())
    assert await worker.work_one()
    assert rows(house)[-1].learner_id == she
    assert rows(house, Direction.IN)[-1].status is Status.DONE
