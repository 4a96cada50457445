"""Now: who waits although nobody rang. Each within one's cohort."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.care import incidents
from bot.care.tables import Incident, IncidentKind
from bot.db import now
from bot.guidance import commitments
from bot.guidance.tables import Commitment
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Learner
from bot.referrals import directory
from bot.referrals.states import State
from bot.referrals.tables import Referral
from bot.staff.case_tables import CallBack
from bot.staff.roles import Role
from channels.base import SendError
from console.waiting import why
from console.words import book
from tests.console.desk import acts, sit, talk


async def of_south(house) -> str:
    who = await talk(house, "hola")
    with house.db.write() as session:
        session.execute(update(Learner).values(group_code="sur"))
    return who


def promise(house, who: str, number: int, tries: int, days: int) -> None:
    with house.db.write() as session:
        day = (now() - timedelta(days=days)).date()
        one = Commitment(learner_id=who, message_id=number, words=house.sealer.seal("ir"), day=day, at=now())
        session.add(one)
        session.flush()
        for n in range(tries):
            commitments.note(session, one, 100 * number + n, "not_yet", now())


@pytest.mark.parametrize(
    "tries, days, quiet, is_stalled", [(2, 0, 0, True), (1, 30, 0, False), (0, 30, 22, True), (0, 5, 22, False)]
)
async def test_a_plan_stands_still_after_two_tries_or_weeks_of_silence(small_house, tries, days, quiet, is_stalled):
    who = await of_south(small_house)
    promise(small_house, who, 1, tries, days)
    with small_house.db.write() as session:
        session.execute(update(Address).values(last_inbound_at=now() - timedelta(days=quiet)))
    assert (f"/personas/{who}" in sit(small_house).get("/ahora").text) is is_stalled


async def test_services_that_failed_stand_there_with_their_reason_and_private_ones_without_a_name(small_house):
    who = await of_south(small_house)
    with small_house.db.write() as session:
        same = {"learner_id": who, "status": State.FAILED, "at": now()}
        session.add(Referral(service="una-escuela", need="school", reason="far", **same))
        sealed = small_house.sealer.seal('{"need": "violence", "service": "refugio-secreto"}')
        session.add(Referral(sealed=sealed, reason="fear", **same))
    page = sit(small_house).get("/ahora").text
    assert [w for w in ("una-escuela", "queda lejos", "Privado", "le dio miedo") if w not in page] == []
    assert "refugio-secreto" not in page
    assert who not in sit(small_house, "norte", Role.COUNSELLOR, "norte").get("/ahora").text


async def test_who_wants_to_be_called_stands_there_until_somebody_did(small_house):
    who = await of_south(small_house)
    with small_house.db.write() as session:
        session.add(CallBack(learner_id=who, message_id=1, day=now().date(), part="pm", at=now(), called=False))
    north, south = (sit(small_house, name, Role.COUNSELLOR, name) for name in ("norte", "sur"))
    assert "por la tarde" in south.get("/ahora").text and "dice que no le llamaron" in south.get("/ahora").text
    assert "por la tarde" not in north.get("/ahora").text
    assert north.post("/llamadas/1", on="/ahora").status_code == 404
    assert south.post("/llamadas/1", on="/ahora").status_code == 303
    assert "por la tarde" not in south.get("/ahora").text
    assert [act for act, _ in acts(small_house)] == ["call_closed"]


async def test_what_did_not_arrive_says_why_in_spanish(small_house):
    await of_south(small_house)
    with small_house.db.write() as session:
        failed = {"status": Status.FAILED, "reason": "The person stopped or blocked messages from this number. 63024"}
        session.execute(update(Message).where(Message.direction == Direction.OUT).values(**failed))
    assert "bloqueó o detuvo" in sit(small_house).get("/ahora").text


def kinds(of: type[SendError]) -> list[type[SendError]]:
    return [kind for one in of.__subclasses__() for kind in (one, *kinds(one))]


@pytest.mark.parametrize("kind", kinds(SendError), ids=lambda kind: kind.__name__)
def test_every_reason_of_a_channel_has_words(kind):
    assert f"delivery.{why(kind.__doc__)}" in book("es")


@pytest.mark.parametrize("kind", list(IncidentKind))
async def test_every_kind_of_incident_is_seen_taken_and_closed(small_house, kind):
    who = await of_south(small_house)
    with small_house.db.write() as session:
        message = session.scalars(select(Message.id)).first()
        incidents.open_incident(session, who, message, kind, now())
    browser = sit(small_house)
    assert book("es")[f"kinds.{kind}"] in browser.get("/ahora").text
    for fields in ({"what": "seen"}, {"what": "assign"}, {"what": "close", "outcome": "referred"}):
        assert browser.post("/avisos/1", on="/ahora", **fields).status_code == 303
    with small_house.db.read() as session:
        assert session.scalars(select(Incident.closed_at)).one() is not None


async def test_services_nobody_verified_lately_stand_there(small_house, monkeypatch):
    await of_south(small_house)
    assert "Servicios por verificar" not in sit(small_house).get("/ahora").text
    monkeypatch.setattr(directory, "FRESH", timedelta(days=-1))
    assert "Servicios por verificar" in sit(small_house, "otra").get("/ahora").text
