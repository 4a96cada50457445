"""A person's page: what it shows masked, joining and unlinking channels, handing out, erasing, and deadlines."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.db import now
from bot.guidance.tables import Commitment, LessonTaken, Milestone, PathwayChoice, Run
from bot.messages import joining, linking
from bot.messages.tables import SCHEDULED, Direction, Message, SaidWord, Status
from bot.people import tracking
from bot.people.tables import Address, Consent, Erasure, Learner
from bot.referrals import ledger
from bot.staff.case_tables import Label, RightsRequest
from bot.staff.deadlines import days_left, holidays, last_day
from bot.staff.roles import Role
from tests.builders import consent, learner_id
from tests.console.desk import NUMBER, acts, sit, talk

WHY = "la llamo hoy por su cita"


def agree(house, who: str, number: int) -> None:
    with house.db.write() as session:
        tracking.record_consent(session, who, True, "test", "web", number, now())


async def with_history(house) -> str:
    who = await talk(house, "hola, soy Guadalupe")
    seal = house.sealer.seal
    with house.db.write() as session:
        same = {"learner_id": who, "at": now()}
        session.execute(update(Learner).values(called=seal("Lupita"), state="OAX", group_code="sur"))
        session.add(
            Commitment(message_id=1, words=seal("hablarle a mi prima Guadalupe"), day=date(2026, 12, 1), **same)
        )
        session.add(Milestone(message_id=1, kind="empleo", words=seal("me dieron trabajo"), **same))
        chosen = {"chosen": "employment", "suggested": "education", "scores": {}, "content_version": "v"}
        session.add(PathwayChoice(message_id=1, reasons={"employment": ["buscas trabajo"]}, **chosen, **same))
        times = {"started_at": now(), "changed_at": now()}
        session.add(LessonTaken(learner_id=who, lesson=next(iter(house.library.current().lessons)), **times))
        ledger.refer(session, house.sealer, who, "violence", "refugio-secreto", now())
        ledger.refer(session, house.sealer, who, "school", "una-escuela", now())
    return who


async def test_the_page_shows_what_is_known_masked(house):
    who = await with_history(house)
    page = sit(house).get(f"/personas/{who}").text
    shown = (
        "Oaxaca",
        "Un trabajo",
        "buscas trabajo",
        "hablarle a mi prima",
        "me dieron trabajo",
        "una-escuela",
        "a medias",
    )
    assert [words for words in shown if words not in page] == []
    assert [words for words in ("Lupita", "Guadalupe", NUMBER, "refugio-secreto") if words in page] == []


async def test_name_and_number_are_shown_once_for_a_reason(house):
    who = await with_history(house)
    browser, path = sit(house), f"/personas/{who}"
    refused = browser.post(f"{path}/revelar", on=path, reason="sí")
    assert (refused.status_code, "Lupita" in refused.text, acts(house)) == (422, False, [])
    shown = browser.post(f"{path}/revelar", on=path, reason=WHY).text
    assert "Lupita" in shown and NUMBER in shown
    assert [act for act, _ in acts(house)] == ["revealed"] and "Lupita" not in browser.get(path).text


async def test_a_counsellor_reaches_no_page_or_form_of_another_cohort(small_house):
    who = await with_history(small_house)
    north = sit(small_house, "norte", Role.COUNSELLOR, "norte")
    south = sit(small_house, "sur", Role.COUNSELLOR, "sur")
    hers = f"/personas/{who}"
    assert (south.get(hers).status_code, north.get(hers).status_code) == (200, 404)
    south.post(f"{hers}/solicitud", on=hers, kind="access")
    forms = {"/revelar": {"reason": WHY}, "/solicitud": {"kind": "access"}}
    assert {north.post(hers + end, on="/ahora", **fields).status_code for end, fields in forms.items()} == {404}
    assert who in south.get("/solicitudes").text and who not in north.get("/solicitudes").text
    for end in ("/codigo", "/desligar", "/datos", "/borrar"):  # not hers at all
        assert south.post(hers + end, on="/ahora", reason=WHY).status_code == 403


async def test_a_code_of_the_team_joins_two_histories_and_her_own_does_not(house):
    who = await talk(house, "quiero terminar la prepa")
    agree(house, who, 900)
    other = consent(house, sender="otra", channel="telegram")
    browser, path = sit(house), f"/personas/{who}"
    page = browser.post(f"{path}/codigo", on=path).text
    code = re.findall(r"RUMBO-\w{6}", page)[0]
    with house.db.write() as session:
        session.add(Run(learner_id=other, interview="bienvenida", started_at=now(), changed_at=now()))
        session.add(Label(learner_id=other, name="beca", staff_id=1, at=now()))
        session.add(Label(learner_id=who, name="beca", staff_id=1, at=now()))
        own = linking.make_code(session, house.sealer, who, now())
        assert linking.redeem(session, house.sealer, own, other, now()) is None
        assert linking.redeem(session, house.sealer, code, other, now()) == who
    with house.db.read() as session:
        assert (session.get(Learner, other), tracking.has_consented(session, who)) == (None, True)
        assert {a.channel for a in session.scalars(select(Address).where(Address.learner_id == who))} == {
            "web",
            "telegram",
        }
        assert [r.status for r in session.scalars(select(Run).where(Run.learner_id == who))] == ["paused"]
        assert len(session.scalars(select(Label)).all()) == 1
        assert session.scalars(select(Message.id).where(Message.learner_id == other)).all() == []
    assert [act for act, _ in acts(house)] == ["join_code"]


async def test_a_channel_that_is_not_hers_leaves_with_what_was_said_over_it(house):
    who = await talk(house, "vendo pan")
    with house.db.write() as session:
        code = linking.make_code(session, house.sealer, who, now())
    other = await talk(house, "busco empleo", sender="otra", channel="telegram")
    with house.db.write() as session:
        assert linking.redeem(session, house.sealer, code, other, now()) == who
        address = session.scalars(select(Address).where(Address.channel == "telegram")).one()
        planned = {"channel": "telegram", "direction": Direction.OUT, "kind": SCHEDULED, "sealed": b""}
        session.add(Message(learner_id=who, address_id=address.id, created_at=now(), not_before=now(), **planned))
    browser, path = sit(house), f"/personas/{who}"
    assert browser.post(f"{path}/desligar", on=path, address=str(address.id), reason="sí").status_code == 422
    assert browser.post(f"{path}/desligar", on=path, address=str(address.id), reason=WHY).status_code == 303
    fresh = learner_id(house, "otra", "telegram")
    with house.db.read() as session:
        words = {w.word: w.learner_id for w in session.scalars(select(SaidWord))}
        assert (words["vendo"], words["empleo"], tracking.has_consented(session, fresh)) == (who, fresh, False)
        going = select(Message).where(Message.learner_id == fresh, Message.kind == SCHEDULED)
        assert [(m.status, m.reason) for m in session.scalars(going)] == [(Status.FAILED, joining.UNLINKED)]
    only = str(address.id - 1)
    assert browser.post(f"{path}/desligar", on=path, address=only, reason=WHY).status_code == 409
    assert [act for act, _ in acts(house)] == ["unlinked", "unlinked"]


async def test_everything_kept_is_handed_out_open_for_a_reason(house):
    who = await with_history(house)
    browser, path = sit(house), f"/personas/{who}"
    browser.post(f"/conversaciones/{who}/nota", on=f"/conversaciones/{who}", text="le gusta cocinar")
    assert browser.post(f"{path}/datos", on=path, form="json", reason="").status_code == 422
    found = json.loads(browser.post(f"{path}/datos", on=path, form="json", reason=WHY).text)
    assert found["learner"][0]["called"] == "Lupita" and found["note"][0]["sealed"] == "le gusta cocinar"
    assert found["message"][0]["sealed"] == "hola, soy Guadalupe" and found["address"][0]["sealed"] == NUMBER
    assert "refugio-secreto" in found["referral"][0]["sealed"]
    page = browser.post(f"{path}/datos", on=path, form="page", reason=WHY).text
    assert "Lupita" in page and "hola, soy Guadalupe" in page
    assert [act for act, _ in acts(house)] == ["noted", "handed_out", "handed_out"]


async def test_erasing_is_asked_twice_and_leaves_a_receipt(house):
    who = await with_history(house)
    browser, path = sit(house), f"/personas/{who}"
    browser.post(f"{path}/solicitud", on=path, kind="cancel")
    again = f"{path}/borrar"
    assert browser.get(again).status_code == 200
    assert browser.post(again, on=again, reason=WHY, again="otra").status_code == 422
    done = browser.post(again, on=again, reason=WHY, again=who[:6])
    with house.db.read() as session:
        receipt = session.scalars(select(Erasure.receipt)).one()
        assert session.get(Learner, who) is None and session.scalars(select(Consent)).all() == []
    assert receipt in done.text and browser.get(path).status_code == 404
    assert [act for act, _ in acts(house)] == ["request_opened", "erase_asked", "erased"]


async def test_requests_stand_with_their_deadline_until_answered(house):
    who = await talk(house, "hola")
    browser, path = sit(house), f"/personas/{who}"
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    assert browser.post(f"{path}/solicitud", on=path, kind="access", asked_on=tomorrow).status_code == 422
    browser.post(f"{path}/solicitud", on=path, kind="access", asked_on="2026-03-02")
    with house.db.read() as session:
        assert session.scalars(select(RightsRequest.due_on)).one() == date(2026, 3, 31)
    assert "vencida" in browser.get("/solicitudes").text
    browser.post("/solicitudes/1", on="/solicitudes")
    assert "No hay solicitudes" in browser.get("/solicitudes").text


@pytest.mark.parametrize(
    "asked, due",
    [
        ("2026-03-02", "2026-03-31"),
        ("2026-12-18", "2027-01-19"),
        ("2026-11-13", "2026-12-14"),
        ("2026-11-14", "2026-12-14"),
    ],
)
def test_working_days_skip_weekends_and_days_of_rest(asked, due):
    assert last_day(date.fromisoformat(asked)) == date.fromisoformat(due)


def test_days_left_count_down_and_go_below_nothing():
    due = date(2026, 3, 31)
    assert [days_left(date(2026, 3, day), due) for day in (2, 27, 30, 31)] == [20, 2, 1, 0]
    assert days_left(date(2026, 4, 2), due) == -2


def test_days_of_obligatory_rest():
    assert {date(2026, 2, 2), date(2026, 3, 16), date(2026, 11, 16)} <= holidays(2026)
    assert (date(2030, 10, 1) in holidays(2030), date(2026, 10, 1) in holidays(2026)) == (True, False)
