"""The overview over a real database: who is counted, of whom, and what is hidden."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from bot.db import now
from bot.guidance.tables import Answer, LessonTaken, Run, RunStatus
from bot.indicators import sheets
from bot.indicators.overview import Cut, overview
from bot.indicators.reading import read
from bot.people.tables import Address, Consent, Learner
from bot.referrals.states import State
from bot.referrals.tables import Referral

AT = now()
BLOCKS = ("bienvenida", "linea_base")


def person(session, n: int, **more) -> str:
    """Somebody who agreed, `n` days after the first."""
    learner = Learner(id=f"p{n:03}", created_at=AT, locale="es-MX", unsure=0, **more)
    address = Address(learner=learner, channel="web", lookup=f"{n}", sealed=b"", last_inbound_at=AT)
    session.add(address)
    session.flush()
    agreed = Consent(learner_id=learner.id, purpose="guidance", given=True, notice_version="1", channel="web", at=AT)
    session.add(agreed)
    return learner.id


def block(
    session, who: str, name: str, days: int = 0, wave: str = "start", asked: str | None = None, **answers
) -> None:
    """A block she finished so many days ago in ten minutes, or left at a question."""
    ended = AT - timedelta(days=days)
    status = RunStatus.ACTIVE if asked else RunStatus.DONE
    times = {"started_at": ended - timedelta(minutes=10), "changed_at": ended}
    run = Run(learner_id=who, interview=name, status=status, asked=asked, wave=wave, **times)
    session.add(run)
    session.flush()
    for question, value in answers.items():
        given = {"question": question, "value": value, "wave": wave, "message_id": 1, "at": ended}
        session.add(Answer(run_id=run.id, learner_id=who, **given))


def counted(house, least: int = 1, **cut):
    with house.db.read() as session:
        return overview(read(session, AT), Cut(**cut), BLOCKS, least)


def named(shares, name):
    return next(one for one in shares if one.name == name)


def test_an_empty_database_has_an_overview(house):
    found = counted(house)
    assert (found.reach, found.stops, named(found.funnel, "consented").percent) == (0, (), None)


def test_the_funnel_counts_everybody_who_arrived(house):
    with house.db.write() as session:
        for n in range(4):
            who = person(session, n)
            if n < 3:
                block(session, who, "bienvenida")
        session.get_one(Consent, 1).given = False
    found = counted(house)
    assert found.reach == 4
    assert [(named(found.funnel, s).yes, named(found.funnel, s).of) for s in ("consented", "done:bienvenida")] == [
        (3, 4),
        (3, 4),
    ]
    assert found.blocks[0].minutes.value == pytest.approx(10)
    assert (found.blocks[0].done.yes, found.blocks[0].done.of) == (2, 3)  # of those who agree


def test_who_withdrew_her_consent_counts_no_more_as_having_agreed(house):
    with house.db.write() as session:
        who = person(session, 1)
        again = {"purpose": "guidance", "notice_version": "1", "channel": "web", "at": AT}
        session.add(Consent(learner_id=who, given=False, **again))
    assert named(counted(house).funnel, "consented").yes == 0


def test_a_wave_counts_who_answered_and_who_should_have(house):
    """Three are due after 30 days: one answers yes, one skips, one does not come back. A fourth started yesterday."""
    with house.db.write() as session:
        for n, (days, later) in enumerate([(40, "si"), (40, None), (40, "-"), (1, "-")]):
            who = person(session, n)
            block(session, who, "linea_base", days, bl_trabaja="no")
            if later != "-":
                block(session, who, "linea_base", 5, "30", bl_trabaja=later)
    wave = next(w for w in counted(house).waves if w.name == "works")
    start, after = wave.shares[0], wave.shares[1]
    assert (start.yes, start.of, start.missing) == (0, 4, 0)
    assert (after.yes, after.of, after.missing) == (1, 1, 2)
    assert (wave.pairs[0].before.yes, wave.pairs[0].now.yes, wave.pairs[0].now.of) == (0, 1, 1)


def test_where_people_stop_is_named_by_its_question_after_a_week_of_silence(house):
    with house.db.write() as session:
        for n, days in enumerate((8, 9, 2)):
            block(session, person(session, n), "bienvenida", days, asked="edad")
    (stop,) = counted(house).stops
    assert (stop.name, stop.yes, stop.of) == ("bienvenida/edad", 2, 3)


def test_services_are_counted_of_those_who_wanted_them(house):
    with house.db.write() as session:
        for n, state in enumerate((State.OFFERED, State.ACCEPTED, State.ATTENDED, State.FAILED)):
            session.add(Referral(learner_id=person(session, n), service="s", need="x", status=state, at=AT))
    found = counted(house).relations
    assert [(s.name, s.yes, s.of) for s in found[2:]] == [("accepted", 3, 4), ("attended", 1, 3), ("failed", 1, 3)]


def test_lessons_are_counted_of_those_who_agreed_and_of_those_who_began(house):
    with house.db.write() as session:
        for n, ended in enumerate((None, AT, AT)):
            times = {"started_at": AT, "changed_at": AT, "done_at": ended}
            session.add(LessonTaken(learner_id=person(session, n), lesson="limites", **times))
        person(session, 3)
    assert [(s.yes, s.of) for s in counted(house).lessons] == [(3, 4), (2, 3)]


def test_a_cut_counts_only_its_group_and_groups_stand_side_by_side(house):
    with house.db.write() as session:
        for n in range(20):
            person(session, n, state="OAX" if n % 2 else "JAL", group_code="sur" if n < 12 else None)
    assert counted(house, only={"state": "OAX"}).reach == 10
    assert counted(house, only={"state": "OAX", "cohort": "sur"}).reach == 6
    assert counted(house, only={"state": "ZAC"}).reach == 0
    parts = counted(house, by="cohort").parts
    assert [(p.group, named(p.shares, "consented").of) for p in parts] == [("", 8), ("sur", 12)]


def test_few_people_are_not_shown(house):
    with house.db.write() as session:
        for n in range(3):
            person(session, n)
    found = counted(house, least=5)
    assert found.reach is None
    assert {one.hidden for one in found.funnel} == {True}


def test_asking_for_another_cohort_does_not_leave_one_s_own():
    assert Cut.of({"cohort": "sur", "by": "nonsense", "state": "OAX"}, "norte") == Cut(
        {"cohort": "norte", "state": "OAX"}, "", "norte"
    )


def test_tables_hold_every_number_and_no_formula(house):
    with house.db.write() as session:
        for n in range(12):
            person(session, n, group_code="=1+1")
    found = counted(house, by="cohort")
    lines = list(csv.reader(io.StringIO(sheets.as_csv(found).decode("utf-8-sig"))))
    assert tuple(lines[0]) == sheets.COLUMNS and len(lines) - 1 == len(list(sheets.rows(found)))
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx(found, [("works", "=x")], "Panorama")))
    sheet = book["Panorama"]
    assert sheet.max_row == len(lines)
    kinds = {cell.data_type for one in book for row in one.iter_rows() for cell in row}
    assert "f" not in kinds
