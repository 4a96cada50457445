"""The worker while the engine is away, slow or without an answer."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.care.tables import Incident
from bot.db import now
from bot.messages.rasa import EngineDown, NoAnswer
from bot.messages.tables import Direction, Status
from bot.people.tables import Learner
from tests.builders import consent, learner_id, write
from tests.fakes import FakeRasa
from tests.messages.working import everything, free, rows, said, worker_of


async def test_an_engine_that_is_away_loses_nothing(house):
    consent(house)
    rasa = FakeRasa(trouble=[EngineDown("ConnectError"), EngineDown("ReadTimeout")])
    worker = worker_of(house, rasa)
    for _ in range(3):
        await everything(worker)
        free(house)
    assert said(house) == ["oí hola"]
    assert rows(house, Direction.IN)[0].attempts == 3


async def test_she_is_told_once_when_it_takes_long(house):
    consent(house)
    rasa = FakeRasa(trouble=[EngineDown("ConnectError")] * 3)
    worker = worker_of(house, rasa, slow=0.001)
    for _ in range(4):
        await everything(worker)
        free(house)
    waiting = house.library.current().words("waiting")
    assert said(house) == [waiting, "oí hola"]


async def test_she_is_told_while_a_hanging_engine_is_still_asked(house):
    consent(house)

    class Hanging(FakeRasa):
        async def ask(self, *a):  # type: ignore[no-untyped-def]
            await asyncio.sleep(0.2)
            return await super().ask(*a)

    await everything(worker_of(house, Hanging(), slow=0.05))
    assert said(house) == [house.library.current().words("waiting"), "oí hola"]


async def test_a_message_that_fails_by_itself_is_given_up_and_shown_to_staff(house):
    who = consent(house)
    rasa = FakeRasa(trouble=[NoAnswer()] * 3)
    worker = worker_of(house, rasa)
    write(house, "lo que sigue")
    for _ in range(5):
        await everything(worker)
        free(house)

    first, second = rows(house, Direction.IN)
    assert (first.status, first.reason) == (Status.FAILED, "The engine had no answer.")
    assert second.status is Status.DONE
    with house.db.read() as session:
        assert [(i.learner_id, i.kind.value) for i in session.scalars(select(Incident))] == [(who, "unanswered")]


async def test_what_passes_within_some_seconds_costs_nobody_her_answer(house):
    who = consent(house)
    worker = worker_of(house, FakeRasa(trouble=[NoAnswer()] * 2))
    waits = []
    for _ in range(2):
        await everything(worker)
        with house.db.read() as session:
            waits.append((session.get_one(Learner, who).busy_until - now()).total_seconds())
        free(house)
    await everything(worker)

    assert waits == pytest.approx([2, 12], abs=1.9)
    assert said(house) == ["oí hola"]


async def test_silence_while_the_actions_are_down_is_no_fault_of_the_message(house):
    consent(house)
    rasa = FakeRasa(trouble=[NoAnswer()] * 8, inner_up=False)
    worker = worker_of(house, rasa)
    for _ in range(9):
        await everything(worker)
        free(house)
    assert said(house) == ["oí hola"]


async def test_a_lease_that_ran_out_is_taken_up_again_and_the_slow_worker_writes_nothing(house):
    consent(house)
    rasa = FakeRasa()
    first, second = worker_of(house, rasa), worker_of(house, rasa)
    job = first.take()
    free(house)
    await everything(second)
    await first.work(job)
    assert said(house) == ["oí hola"]
    assert learner_id(house)
