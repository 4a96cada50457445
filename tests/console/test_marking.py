"""Labels, who is in charge, saved filters, the printed conversation; each within one's cohort."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.db import now
from bot.guidance.tables import Answer, PathwayChoice, Run
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Learner
from bot.staff.case_tables import Charge, Label, SavedFilter
from bot.staff.roles import Role
from tests.builders import write
from tests.console.desk import acts, hire, sit, talk


def listed(browser, query: str) -> list[str]:
    return re.findall(r'href="/conversaciones/(\w+)"', browser.get(f"/conversaciones?{query}").text)


async def test_labels_are_put_on_found_and_taken_off(house):
    who, other = await talk(house, "hola"), await talk(house, "buenas", sender="otra")
    browser, path = sit(house), f"/conversaciones/{who}"
    for _ in range(2):
        browser.post(f"{path}/etiqueta", on=path, name="  Beca   Benito ")
    assert listed(browser, "label=beca+benito") == [who] and other not in listed(browser, "label=beca+benito")
    browser.post(f"{path}/etiqueta", on=path, name="beca benito", off="1")
    with house.db.read() as session:
        assert session.scalars(select(Label)).all() == []
    assert [act for act, _ in acts(house)] == ["label_on", "label_on", "label_off"]


async def test_somebody_is_put_in_charge_and_nobody_of_another_cohort(house):
    who = await talk(house, "hola")
    browser, path = sit(house), f"/conversaciones/{who}"
    mine, north = "1", hire(house, "norte", Role.COUNSELLOR, "norte")
    assert browser.post(f"{path}/cargo", on=path, staff=str(north.id)).status_code == 404
    browser.post(f"{path}/cargo", on=path, staff=mine)
    assert listed(browser, "mine=1") == [who] and "A cargo: Ana" in browser.get(path).text
    browser.post(f"{path}/cargo", on=path, staff="")
    with house.db.read() as session:
        assert session.scalars(select(Charge)).all() == []


async def test_what_is_not_read_and_not_answered_is_found(house):
    who = await talk(house, "hola")
    browser = sit(house)
    assert (listed(browser, "unread=1"), listed(browser, "unanswered=1")) == ([who], [])
    browser.get(f"/conversaciones/{who}")
    assert listed(browser, "unread=1") == []
    write(house, "¿hay alguien?", sender="5215550001111", channel="web")
    assert (listed(browser, "unread=1"), listed(browser, "unanswered=1")) == ([who], [who])
    with house.db.write() as session:
        session.execute(update(Message).where(Message.direction == Direction.IN).values(status=Status.DONE))


async def test_a_filter_is_kept_under_a_name_by_who_made_it(small_house):
    browser, other = sit(small_house), sit(small_house, "Otra")
    query = "state=OAX&flagged=1&evil=%3Cscript%3E"
    browser.post("/filtros", on="/conversaciones?state=OAX", name="De Oaxaca", query=query)
    with small_house.db.read() as session:
        assert session.scalars(select(SavedFilter.query)).one() == "state=OAX&flagged=1"
    assert "De Oaxaca" in browser.get("/conversaciones").text and "De Oaxaca" not in other.get("/conversaciones").text
    other.post("/filtros/1", on="/ahora")
    assert "De Oaxaca" in browser.get("/conversaciones").text
    browser.post("/filtros/1", on="/ahora")
    assert "De Oaxaca" not in browser.get("/conversaciones").text


async def test_a_printed_conversation_is_masked_and_noted(small_house):
    who = await talk(small_house, "me llamo Guadalupe <script>1</script>")
    browser, path = sit(small_house), f"/conversaciones/{who}"
    page = browser.post(f"{path}/imprimir", on=path).text
    assert "Guadalupe" not in page and "<script" not in page and "me llamo" in page
    assert [act for act, _ in acts(small_house)] == ["printed"]


@pytest.mark.parametrize("end", ["etiqueta", "cargo", "imprimir"])
async def test_marks_of_another_cohort_are_out_of_reach(small_house, end):
    who = await talk(small_house, "hola")
    with small_house.db.write() as session:
        session.execute(update(Learner).values(group_code="sur"))
    north = sit(small_house, "norte", Role.COUNSELLOR, "norte")
    assert north.post(f"/conversaciones/{who}/{end}", on="/ahora", name="x").status_code == 404


async def test_only_a_held_conversation_reads_itself_anew(small_house):
    who = await talk(small_house, "hola")
    browser, path = sit(small_house), f"/conversaciones/{who}"
    assert "live.js" not in browser.get(path).text
    browser.post(f"{path}/tomar", on=path)
    page = browser.get(path).text
    assert 'src="/estatico/live.js"' in page and 'id="turnos"' in page and "data-live" in page
    assert browser.get("/estatico/live.js").status_code == 200


async def test_at_a_turn_stands_what_was_known_then(small_house):
    who, other = await talk(small_house, "hola"), await talk(small_house, "buenas", sender="otra")
    with small_house.db.write() as session:
        turn = session.scalars(select(Message).where(Message.learner_id == who).order_by(Message.id)).first()
        number, before, after = turn.id, turn.created_at - timedelta(hours=1), turn.created_at + timedelta(hours=1)
        session.add(Run(id=1, learner_id=who, interview="bienvenida", started_at=now(), changed_at=now()))
        session.flush()
        same = {"run_id": 1, "learner_id": who, "message_id": 1}
        session.add(Answer(question="antes", value="dicho-antes", at=before, **same))
        session.add(Answer(question="luego", value="dicho-luego", at=after, **same))
        chosen = {"learner_id": who, "scores": {}, "reasons": {}, "content_version": "v"}
        session.add(PathwayChoice(message_id=1, chosen="business", at=after, **chosen))
    browser = sit(small_house)
    page = browser.get(f"/conversaciones/{who}?then={number}").text.split('id="entonces"')[1].split("</section>")[0]
    assert "dicho-antes" in page and "dicho-luego" not in page and "business" not in page and "cambió 1" in page
    assert "dicho-antes" not in browser.get(f"/conversaciones/{other}?then={number}").text
