"""The list of conversations: words, filters, pages, questions to the database, the export."""

from __future__ import annotations

import csv
import io
import re

import pytest
from sqlalchemy import select, update

from bot.care import incidents
from bot.care.tables import IncidentKind
from bot.db import now
from bot.messages.tables import Message, SaidWord
from bot.people.privacy import erase
from bot.people.tables import Learner
from console import finding
from console.finding import Wanted
from tests.console.desk import acts, people, sit, talk


async def test_a_conversation_is_found_by_a_word_in_it_with_or_without_accents(house):
    who = await talk(house, "quiero estudiar enfermería")
    other = await talk(house, "vendo pan en mi casa", sender="another")
    browser = sit(house)
    for asked in ("enfermeria", "ENFERMERÍA", "estudiar enferm"):
        page = browser.get(f"/conversaciones?q={asked}").text
        assert (f"/conversaciones/{who}" in page, f"/conversaciones/{other}" in page) == (True, False)


async def test_names_cannot_be_looked_for_and_words_go_with_the_person(small_house):
    who = await talk(small_house, "me llamo Guadalupe y vendo pan")
    with small_house.db.write() as session:
        kept = set(session.scalars(select(SaidWord.word)))
        assert "vendo" in kept and "guadalupe" not in kept
        erase(session, who, now())
        assert session.scalars(select(SaidWord)).all() == []


async def test_filters_narrow_the_list(small_house):
    who = await talk(small_house, "hola")
    await talk(small_house, "buenas", sender="another", channel="telegram")
    with small_house.db.write() as session:
        session.execute(
            update(Learner).where(Learner.id == who).values(state="OAX", pathway="education", group_code="n")
        )
        session.execute(update(Message).where(Message.learner_id == who).values(confidence=0.3, intent="greet"))
        (message,) = session.scalars(select(Message.id).where(Message.learner_id == who, Message.direction == "in"))
        incidents.open_incident(session, who, message, IncidentKind.PERSON, now())
    browser = sit(small_house)
    for asked in ("channel=web", "state=OAX", "pathway=education", "cohort=n", "intent=greet", "flagged=1", "unsure=1"):
        assert re.findall(r'href="/conversaciones/(\w+)"', browser.get(f"/conversaciones?{asked}").text) == [who], asked
    assert len(re.findall(r'href="/conversaciones/(\w+)"', browser.get("/conversaciones?since=2020-01-01").text)) == 2


def test_pages_of_the_list_hold_everybody_once_also_at_one_moment(house):
    people(house, 120)
    browser, seen, path = sit(house), [], "/conversaciones"
    for _ in range(3):
        page = browser.get(path).text
        seen += re.findall(r'href="/conversaciones/(\w+)"', page)
        following = re.search(r'href="(/conversaciones\?before=[^"]+)"', page)
        path = following[1] if following else ""
    assert (len(seen), len(set(seen)), path) == (120, 120, "")


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(q="prepa trabajo"),
        Wanted(intent="greet"),
        Wanted(unsure="1"),
        Wanted(flagged="1"),
        Wanted(channel="web", since="2026-01-01"),
    ],
    ids=str,
)
def test_the_list_reads_no_message_without_an_index(small_house, wanted):
    """Also not with statistics: SQLite is told that the table is large."""
    statement = finding.listed(wanted, "grupo", (now(), 7)).compile(
        dialect=small_house.db.engine.dialect, compile_kwargs={"literal_binds": False}
    )
    with small_house.db.engine.connect() as connection:
        processed = statement.construct_params()
        values = [processed[name] for name in statement.positiontup or ()]
        ready = [v.replace(tzinfo=None).isoformat(" ") if hasattr(v, "isoformat") else v for v in values]
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(ready))]
    scans = [line for line in plan if line.startswith("SCAN") and "COVERING INDEX ix_incident" not in line]
    assert [line for line in scans if re.search(r"SCAN (message|said_word)", line)] == []
    assert any("ix_address_last_inbound" in line or "SEARCH address" in line for line in plan)


async def test_the_export_has_one_row_a_conversation_and_no_formula(small_house):
    await talk(small_house, "hola", "=1+1")
    browser = sit(small_house)
    lines = list(csv.reader(io.StringIO(browser.get("/conversaciones.csv").text.lstrip("\ufeff"))))
    assert len(lines) == 2 and lines[1][-1].startswith("'")
    assert acts(small_house) == [("exported", None)]
