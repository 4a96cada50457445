"""The worker: every message answered once, in order, whatever breaks in between."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.care.safety import Finding, Risk
from bot.care.tables import Incident
from bot.content.library import Bubble
from bot.db import now
from bot.messages.rasa import EngineDown, NoAnswer
from bot.messages.tables import Direction, Message, Status
from bot.messages.worker import Worker
from bot.people.tables import Learner
from bot.runtime import Runtime
from tests.builders import consent, learner_id, write
from tests.fakes import FakeRasa


def worker_of(house: Runtime, rasa: FakeRasa, slow: float = 10) -> Worker:
    return replace(house.worker, rasa=rasa, slow=timedelta(seconds=slow), lease=timedelta(seconds=30))


def rows(house: Runtime, direction: Direction = Direction.OUT) -> list[Message]:
    with house.db.read() as session:
        return list(session.scalars(select(Message).where(Message.direction == direction).order_by(Message.id)))


def said(house: Runtime) -> list[str]:
    return [house.sealer.unseal(m.sealed) for m in rows(house)]


def free(house: Runtime) -> None:
    """The pause after a failure is over."""
    with house.db.write() as session:
        for learner in session.scalars(select(Learner)):
            learner.busy_until = None


async def everything(worker: Worker) -> None:
    while await worker.work_one():
        pass


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


async def test_silence_while_the_actions_are_down_is_no_fault_of_the_message(house):
    consent(house)
    rasa = FakeRasa(trouble=[NoAnswer()] * 8, inner_up=False)
    worker = worker_of(house, rasa)
    for _ in range(9):
        await everything(worker)
        free(house)
    assert said(house) == ["oí hola"]


async def test_a_cry_for_help_is_answered_while_rasa_is_down_and_for_opted_out_people(house):
    who = consent(house)
    rasa = FakeRasa(trouble=[EngineDown("ConnectError")] * 50)
    with house.db.write() as session:
        session.get_one(Learner, who).opted_out_at = now()
    worker = worker_of(house, rasa)
    write(house, "ya no quiero vivir", sender="another")
    await everything(worker)
    text = " ".join(said(house))
    assert "800 911 2000" in text
    with house.db.read() as session:
        assert [i.kind.value for i in session.scalars(select(Incident))] == ["self_harm"]


@pytest.fixture
def doubt(monkeypatch) -> Finding:
    """Whatever is written, the net is not sure whether somebody is being hurt."""
    finding = Finding(Risk.VIOLENCE, "high", "violence: a word", doubtful=True)
    monkeypatch.setattr("bot.messages.reading.safety.assess", lambda text: finding)
    return finding


async def test_in_doubt_one_gentle_question_comes_first_and_the_message_goes_its_way(house, doubt):
    consent(house)
    write(house, "mi novio revisa mi celular")
    await everything(worker_of(house, FakeRasa()))
    gentle, ordinary = [m for m in rows(house) if m.answers_id == rows(house, Direction.IN)[-1].id]
    assert "079" in house.sealer.unseal(gentle.sealed) and house.sealer.unseal(ordinary.sealed).startswith("oí")
    assert gentle.choices == [{"title": "Necesito ayuda", "payload": "/help_me_with_violence"}]
    with house.db.read() as session:
        assert {i.kind.value for i in session.scalars(select(Incident))} == {"violence"}


async def test_who_wants_help_gets_it_without_the_engine(house, doubt):
    consent(house)
    write(house, "mi novio revisa mi celular")
    await everything(worker_of(house, FakeRasa()))
    gentle = next(m for m in rows(house) if m.choices)
    write(house, "Necesito ayuda", choice=f"{gentle.id}:0")
    before = len(said(house))
    await everything(worker_of(house, FakeRasa(trouble=[EngineDown("ConnectError")])))
    assert "Te creo" in said(house)[before]


async def test_in_doubt_the_line_is_given_while_rasa_is_down_and_only_once(house, doubt):
    consent(house)
    worker = worker_of(house, FakeRasa(trouble=[EngineDown("ConnectError")] * 3))
    for _ in range(5):
        await everything(worker)
        free(house)
    assert [("079" in text) for text in said(house)] == [True, False]


async def test_a_tap_is_never_in_doubt(house, doubt):
    consent(house)
    await everything(worker_of(house, FakeRasa(answer=lambda said: [Bubble("¿Cómo vas?", (("Mal", "/deny"),))])))
    before = len(said(house))
    write(house, "Mal", choice=f"{rows(house)[-1].id}:0")
    await everything(worker_of(house, FakeRasa()))
    assert said(house)[before:] == ["oí /deny"]


async def test_a_conversation_held_by_staff_is_left_to_them(house):
    who = consent(house)
    with house.db.write() as session:
        session.get_one(Learner, who).held_at = now()
    rasa = FakeRasa()
    await everything(worker_of(house, rasa))
    assert (rasa.asked, said(house)) == ([], [])
    assert rows(house, Direction.IN)[0].understanding == {"intent": "held"}


async def test_stop_holds_from_the_moment_it_is_read_even_if_rasa_is_down(house):
    who = consent(house)
    rasa = FakeRasa(trouble=[EngineDown("ConnectError")] * 9)
    write(house, "BAJA")
    worker = worker_of(house, rasa)
    await everything(worker)
    free(house)
    rasa.trouble.clear()
    await everything(worker)
    with house.db.read() as session:
        assert session.get_one(Learner, who).opted_out_at is not None


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
