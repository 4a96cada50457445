"""What the pages show and do: reading the cause, revealing, taking over, closing; each within one's cohort."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.care import incidents
from bot.care.tables import Incident, IncidentKind, Outcome
from bot.content.library import Bubble
from bot.db import now
from bot.messages import replies
from bot.messages.tables import Direction, Message, Status
from bot.people.privacy import erase
from bot.people.tables import Address, Learner
from bot.staff import holding
from bot.staff.audit import subject_of
from bot.staff.roles import Role
from bot.staff.tables import Hold, Note
from tests.builders import consent, write
from tests.console.desk import NUMBER, acts, bots, sit, talk
from tests.fakes import FakeRasa
from tests.messages.working import everything, rows, said, worker_of

# Reading


async def test_the_cause_stands_beside_the_turn(small_house):
    who = await talk(small_house, "quiero estudiar")
    with small_house.db.write() as session:
        ranking = [{"name": "want_education", "confidence": 0.81}, {"name": "want_employment", "confidence": 0.12}]
        known = {"intent": "want_education", "confidence": 0.81, "ranking": ranking}
        session.execute(update(Message).where(Message.direction == "in").values(understanding=known))
        session.execute(
            update(Message).where(Message.direction == "out").values(content_id="menu", content_version="v7")
        )
    page = sit(small_house).get(f"/conversaciones/{who}").text
    assert [w for w in ("want_education", "0.81", "want_employment 0.12", "menu", "v7") if w not in page] == []


async def test_what_a_learner_writes_stays_text(small_house):
    who = await talk(small_house, "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "{{ 7*7 }}")
    browser = sit(small_house)
    browser.post(f"/conversaciones/{who}/nota", on=f"/conversaciones/{who}", text="<b>nota</b><script>3</script>")
    with small_house.db.write() as session:
        session.execute(update(Learner).values(group_code="<script>4</script>"))
    for path in (f"/conversaciones/{who}", "/conversaciones", "/conversaciones?q=<script>5</script>", "/ahora"):
        page = browser.get(path).text
        assert "<script" not in page and "<img" not in page and "<b>" not in page, path
    assert "&lt;script&gt;alert(1)" in browser.get(f"/conversaciones/{who}").text


async def test_an_original_is_shown_for_a_reason_only_and_noted(house):
    who = await talk(house, "me llamo Guadalupe y vivo con mi tía")
    browser, path = sit(house), ""
    path = f"/conversaciones/{who}"
    number = rows(house, Direction.IN)[0].id
    assert "Guadalupe" not in browser.get(path).text and NUMBER not in browser.get(path).text
    refused = browser.post(f"{path}/revelar", on=path, what=str(number), reason="sí")
    assert (refused.status_code, "Guadalupe" in refused.text, acts(house)) == (422, False, [])
    assert (
        "Guadalupe"
        in browser.post(f"{path}/revelar", on=path, what=str(number), reason="la llamo hoy por su cita").text
    )
    assert NUMBER in browser.post(f"{path}/revelar", on=path, what="number", reason="la llamo hoy por su cita").text
    assert acts(house) == [("revealed", subject_of(who))] * 2
    assert "Guadalupe" not in browser.get(path).text


async def test_nobody_s_message_is_revealed_through_another_conversation(small_house):
    who, other = await talk(small_house, "me llamo Guadalupe"), await talk(small_house, "hola", sender="another")
    number = rows(small_house, Direction.IN)[0].id
    browser = sit(small_house)
    answer = browser.post(f"/conversaciones/{other}/revelar", on="/ahora", what=str(number), reason="porque quiero")
    assert (answer.status_code, who != other, acts(small_house)) == (404, True, [])


async def test_a_counsellor_reaches_no_other_cohort_by_any_page(small_house):
    who = await talk(small_house, "hola, necesito ayuda")
    with small_house.db.write() as session:
        session.execute(update(Learner).values(group_code="sur"))
        message = session.scalars(select(Message.id)).first()
        incidents.open_incident(session, who, message, IncidentKind.PERSON, now())
    north, south = (sit(small_house, name, Role.COUNSELLOR, name) for name in ("norte", "sur"))
    assert who in south.get("/ahora").text and who in south.get("/conversaciones").text
    for path in ("/ahora", "/conversaciones", "/conversaciones?cohort=sur"):
        assert who not in north.get(path).text
    hers = f"/conversaciones/{who}"
    assert (south.get(hers).status_code, north.get(hers).status_code) == (200, 404)
    forms = {"/revelar": {"what": "number", "reason": "porque quiero"}, "/nota": {"text": "x"}, "/tomar": {}}
    forms |= {"/escribir": {"text": "hola"}, "/devolver": {}}
    assert {north.post(hers + end, on="/ahora", **fields).status_code for end, fields in forms.items()} == {404}
    assert north.post("/avisos/1", on="/ahora", what="seen").status_code == 404
    assert acts(small_house) == []


# Taking over


async def test_while_a_person_holds_it_the_bot_is_silent_and_afterwards_goes_on(house):
    who = await talk(house, "hola")
    browser, path = sit(house), f"/conversaciones/{who}"
    assert browser.post(f"{path}/tomar", on=path).status_code == 303
    assert "soy Ana, del equipo" in said(house)[-1]
    await talk(house, "¿sigues ahí?")
    assert len(bots(house)) == 1
    assert browser.post(f"{path}/escribir", on=path, text="Aquí estoy, cuéntame.").status_code == 303
    last = rows(house)[-1]
    assert (said(house)[-1], last.kind, last.status) == ("Aquí estoy, cuéntame.", "person", Status.TODO)
    browser.post(f"{path}/devolver", on=path, text="quiere la prepa abierta")
    assert rows(house)[-1].choices[0]["payload"] == "/resume"
    await talk(house, "gracias")
    assert len(bots(house)) == 2
    assert "quiere la prepa abierta" in browser.get(path).text
    assert [act for act, _ in acts(house)] == ["taken_over", "wrote", "handed_back"]


async def test_an_answer_under_way_when_a_person_takes_over_is_not_said(house):
    """The worker has read the message before; what it brings afterwards is dropped, as is what lay ready to leave."""
    who = await talk(house, "hola")
    browser, path = sit(house), f"/conversaciones/{who}"
    assert [m.status for m in rows(house)] == [Status.TODO]
    write(house, "otra cosa", sender=NUMBER, channel="web")
    rasa = FakeRasa(answer=lambda said: [browser.post(f"{path}/tomar", on=path), Bubble("tarde")][1:])
    await everything(worker_of(house, rasa))
    assert "tarde" not in said(house)
    first = rows(house)[0]
    assert (first.status, first.reason) == (Status.FAILED, holding.TAKEN_OVER)


async def test_care_is_said_also_while_a_person_holds_it(house):
    who = await talk(house, "hola")
    browser, path = sit(house), f"/conversaciones/{who}"
    browser.post(f"{path}/tomar", on=path)
    await talk(house, "ya no quiero vivir")
    assert rows(house)[-1].content_id.startswith(replies.CARE)


async def test_two_people_cannot_hold_or_answer_the_same_conversation(house):
    who = await talk(house, "hola")
    one, two, path = sit(house), sit(house, "Eva", Role.COUNSELLOR, "x"), f"/conversaciones/{who}"
    with house.db.write() as session:
        session.execute(update(Learner).values(group_code="x"))
    one.post(f"{path}/tomar", on=path)
    answer = two.post(f"{path}/tomar", on=path)
    assert (answer.status_code, "Ana tiene esta conversación" in answer.text) == (409, True)
    lost = two.post(f"{path}/escribir", on=path, text="yo también contesto")
    assert (lost.status_code, "yo también contesto" in lost.text) == (409, True)  # and her words are still there
    assert two.post(f"{path}/devolver", on=path).status_code == 409
    with house.db.read() as session:
        assert [h.staff_id for h in session.scalars(select(Hold))] == [1]
    assert "yo también contesto" not in said(house)


@pytest.mark.parametrize("hours, is_open", [(23, True), (25, False)])
def test_whatsapp_lets_a_person_write_for_a_day(hours, is_open):
    at = now()
    address = Address(last_inbound_at=at - timedelta(hours=hours))
    left = holding.window_left(address, timedelta(hours=24), at)
    assert (left > timedelta(0), holding.why_not("hola", address, 100, left)) == (
        is_open,
        None if is_open else "closed",
    )
    assert holding.why_not("x" * 101, address, 100, None) == "long"


async def test_notes_and_holds_go_when_a_person_is_erased_and_the_log_stays(house):
    who = await talk(house, "hola")
    browser, path = sit(house), f"/conversaciones/{who}"
    browser.post(f"{path}/nota", on=path, text="le gusta cocinar")
    browser.post(f"{path}/tomar", on=path)
    with house.db.write() as session:
        erase(session, who, now())
        assert (session.scalars(select(Note)).all(), session.scalars(select(Hold)).all()) == ([], [])
    assert [act for act, _ in acts(house)] == ["noted", "taken_over"]
    assert browser.get("/bitacora").status_code == 200 and who not in browser.get("/bitacora").text


# Incidents


async def test_an_incident_is_seen_taken_and_closed_with_what_came_of_it(house):
    who = consent(house)
    with house.db.write() as session:
        message = session.scalars(select(Message.id)).first()
        incidents.open_incident(session, who, message, IncidentKind.VIOLENCE, now() - timedelta(days=1), "now")
    browser = sit(house)
    assert "atrasados: 1" in browser.get("/ahora").text
    for fields in ({"what": "seen"}, {"what": "assign"}, {"what": "close", "outcome": "accompanied"}):
        assert browser.post("/avisos/1", on="/ahora", **fields).status_code == 303
    with house.db.read() as session:
        done = session.scalars(select(Incident)).one()
        assert (done.assignee_id, done.outcome, done.closed_at is not None) == (1, Outcome.ACCOMPANIED, True)
    assert "Nadie espera" in browser.get("/ahora").text
    assert browser.post("/avisos/1", on="/ahora", what="close", outcome="accompanied").status_code == 409
    assert [act for act, _ in acts(house)] == ["incident_seen", "incident_assigned", "incident_closed"]


async def test_an_incident_is_not_closed_without_an_outcome(small_house):
    who = consent(small_house)
    with small_house.db.write() as session:
        message = session.scalars(select(Message.id)).first()
        incidents.open_incident(session, who, message, IncidentKind.PERSON, now())
    browser = sit(small_house)
    assert browser.post("/avisos/1", on="/ahora", what="close", outcome="nonsense").status_code == 422
    assert (acts(small_house), "Pidió una persona" in browser.get("/ahora").text) == ([], True)
