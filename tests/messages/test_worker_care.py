"""The worker and the people behind it: cries for help, doubts, staff, and who wants no more messages."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.care.safety import Finding, Risk
from bot.care.tables import Incident
from bot.content.library import Bubble
from bot.db import now
from bot.messages.rasa import EngineDown
from bot.messages.tables import Direction
from bot.people.tables import Learner
from tests.builders import consent, write
from tests.fakes import FakeRasa
from tests.messages.working import everything, free, rows, said, worker_of


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
