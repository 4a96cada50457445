"""What happens after a commitment: the question at its time, quiet hours, shared telephones, the window, milestones."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.export import export_to
from bot.guidance.tables import Commitment, CommitmentEvent, CommitmentStatus, Milestone
from bot.messages import schedule
from bot.messages.inbox import release
from bot.messages.tables import SCHEDULED, Message, Status
from bot.people import tracking
from bot.people.hours import zone
from bot.people.tables import Learner
from tests.guidance.desk import Desk
from tests.guidance.test_talks import PROJECT, STEP, answer, plan, planned, welcomed

MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)  # 10 in the morning in the centre


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=MONDAY)


def waiting(desk: Desk) -> list[Message]:
    with desk.house.db.read() as session:
        mine = (Message.kind == SCHEDULED, Message.status == Status.TODO)
        return list(session.scalars(select(Message).where(*mine).order_by(Message.not_before)))


def words(desk: Desk, message: Message) -> str:
    return desk.house.sealer.unseal(message.sealed)


def came_true(desk: Desk, moment: datetime) -> Message | None:
    """The message that is ready to leave after the planned one was looked at."""
    with desk.house.db.write() as session:
        (planned,) = session.scalars(select(Message).where(Message.kind == SCHEDULED, Message.status == Status.TODO))
        schedule.settle(session, planned, session.get_one(Learner, desk.learner), moment)
    with desk.house.db.read() as session:
        return session.scalar(select(Message).where(Message.kind == "first"))


def test_she_is_asked_an_hour_after_the_agreed_hour_of_her_own_clock(desk):
    planned(desk)
    (message,) = waiting(desk)
    there = message.not_before.astimezone(zone("JAL"))
    assert (there.date().isoformat(), there.time()) == ("2026-11-24", time(18))
    assert "«Buscar mi certificado»" in words(desk, message)
    assert [c["title"] for c in message.choices] == ["Ya lo hice", "Todavía no"]


def test_an_hour_at_night_waits_for_the_morning(desk):
    answer(welcomed(desk), *PROJECT)
    answer(desk, "Volver a estudiar", STEP[0], "el martes", "a las 10 de la noche", *STEP[3:])
    there = waiting(desk)[0].not_before.astimezone(zone("JAL"))
    assert (there.date().isoformat(), there.time()) == ("2026-11-25", time(9))


def test_on_a_shared_telephone_the_first_words_tell_nothing(desk):
    answer(welcomed(desk), *PROJECT)
    answer(desk, "Volver a estudiar", *STEP[:-1], "Lo comparto")
    (message,) = waiting(desk)
    assert words(desk, message) == "¡Hola! ¿Tienes un momento?"
    assert "Rumbo" not in words(desk, message) and "certificado" not in words(desk, message)


def test_who_wants_no_messages_gets_none(desk):
    answer(welcomed(desk), *PROJECT)
    heard = answer(desk, "Volver a estudiar", *STEP[:-1], "No me escribas")
    assert waiting(desk) == [] and "escribe «mi plan»" in heard


def test_at_its_time_it_goes_to_the_end_of_the_conversation(desk):
    planned(desk)
    due = waiting(desk)[0]
    ready = came_true(desk, due.not_before)
    assert ready is not None and ready.id > due.id and ready.status is Status.TODO
    assert waiting(desk) == []


def test_it_does_not_leave_at_night_after_an_outage(desk):
    planned(desk)
    late = waiting(desk)[0].not_before.replace(hour=4) + timedelta(days=1)  # 22 in the centre
    assert came_true(desk, late) is None
    assert waiting(desk)[0].not_before.astimezone(zone("JAL")).time() == time(9)


def test_it_does_not_leave_to_who_stopped_messages(desk):
    planned(desk)
    with desk.house.db.write() as session:
        tracking.opt_out(session, session.get_one(Learner, desk.learner), "chat", desk.at)
    assert came_true(desk, waiting(desk)[0].not_before) is None
    assert waiting(desk) == []


def test_writing_does_not_bring_it_forward(desk):
    planned(desk)
    with desk.house.db.write() as session:
        release(session, desk.address, desk.at)
    assert waiting(desk)[0].not_before > desk.at


def test_a_shown_choice_is_not_one_that_is_still_to_be_said(desk):
    planned(desk)
    assert "Para esta semana" in answer(desk, "1")  # of the money question, not of the message that waits


def test_on_whatsapp_it_is_said_when_the_window_will_be_closed(small_house):
    desk = Desk(small_house, "whatsapp", at=MONDAY)
    planned(desk)
    assert "un «hola»" in "\n".join(b.text for b in desk.said)


def test_done_is_celebrated_in_one_tap(desk):
    planned(desk)
    (message,) = waiting(desk)
    heard = desk._pays(message.choices[0]["payload"])
    assert "¡Lo lograste, Ana!" in heard and waiting(desk) == []
    assert "✅ Ya hiciste: Buscar mi certificado" in plan(desk)
    with desk.house.db.read() as session:
        assert session.scalars(select(CommitmentEvent.what)).all() == ["done"]


def test_not_yet_asks_what_got_in_the_way_and_moves_it(desk):
    planned(desk)
    (message,) = waiting(desk)
    assert "Qué se atravesó" in desk._pays(message.choices[1]["payload"])
    assert "Qué hacemos" in answer(desk, "Se me olvidó")
    heard = answer(desk, "Cambiarlo de día", "el viernes", "A las 12")
    assert "viernes 27 de noviembre" in heard
    (moved,) = waiting(desk)
    assert moved.id != message.id
    with desk.house.db.read() as session:
        assert session.scalars(select(CommitmentEvent.what).order_by(CommitmentEvent.id)).all() == [
            "not_yet",
            "hindered",
            "moved",
        ]


def test_not_yet_may_shrink_replace_or_drop_it(desk):
    planned(desk)
    desk.starts("seguimiento")
    answer(desk, "Todavía no", "El dinero", "Poner otro paso", "preguntarle a mi tía", "mañana", "a las 5")
    assert "preguntarle a mi tía" in plan(desk) and "Buscar mi certificado" not in plan(desk)
    desk.starts("seguimiento")
    answer(desk, "Todavía no", "El dinero", "Hacerlo más chico", "llamarle a mi tía", "mañana", "a las 5")
    assert "llamarle a mi tía" in plan(desk)
    desk.starts("seguimiento")
    assert "lo dejamos" in answer(desk, "Todavía no", "El dinero", "Dejarlo por ahora")
    with desk.house.db.read() as session:
        kept = session.scalars(select(Commitment.status).order_by(Commitment.id)).all()
    assert kept == [CommitmentStatus.REPLACED, CommitmentStatus.DROPPED]


def test_not_yet_may_lead_to_a_service(desk):
    planned(desk)
    desk.starts("seguimiento")
    assert "vendría bien una mano" in answer(desk, "Todavía no", "Tuve que cuidar", "Pedir una mano")


def test_a_vague_step_is_helped_once_and_then_taken_as_it_is(desk):
    answer(welcomed(desk), *PROJECT)
    answer(desk, "Un trabajo", "Otro, con mis palabras")
    assert "más clara" in answer(desk, "echarle ganas")
    assert "Qué día" in answer(desk, "echarle ganas")


def test_at_most_four_steps_are_open(desk):
    planned(desk)
    for _ in range(3):
        desk.starts("compromisos")
        answer(desk, "Preguntar requisitos", "mañana", "a las 5", "En mi casa", "Por mi cuenta", "Nada, yo creo")
    assert "cuatro pasos" in desk.starts("compromisos")
    assert plan(desk).count("Cuándo:") == 4


def test_which_of_several_steps_is_asked(desk):
    planned(desk)
    desk.starts("compromisos")
    answer(desk, "Preguntar requisitos", "mañana", "a las 5", "En mi casa", "Por mi cuenta", "Nada, yo creo")
    assert "De cuál" in desk.starts("seguimiento")
    assert "Preguntar requisitos" in desk.taps("Preguntar requisitos")


def test_a_milestone_told_in_free_words_is_kept_with_its_date_and_evidence(desk):
    welcomed(desk)
    heard = desk.hears(told("ya me contrataron en la panadería"))
    assert "Qué día" in heard
    answer(desk, "ayer", "mi contrato")
    with desk.house.db.read() as session:
        (one,) = session.scalars(select(Milestone))
        unseal = desk.house.sealer.unseal
        assert (one.kind, one.day.isoformat()) == ("found_work", "2026-11-22")
        assert (unseal(one.words), unseal(one.evidence)) == ("ya me contrataron en la panadería", "mi contrato")
    assert "🌟 ya me contrataron en la panadería" in plan(desk)


def told(text: str):
    from bot.guidance.conversation import Said

    return Said(text, "report_progress", 0.97, opening=True)


def test_a_milestone_of_another_kind_is_kept_in_her_words(desk):
    welcomed(desk)
    desk.starts("logro")
    answer(desk, "ya tengo mi acta de nacimiento", "hoy", "el papel")
    with desk.house.db.read() as session:
        assert session.scalars(select(Milestone.kind)).all() == ["other"]


def test_the_export_holds_the_project_the_steps_what_became_of_them_and_the_milestones(desk, tmp_path):
    planned(desk)
    desk.starts("seguimiento")
    answer(desk, "Ya lo hice")
    desk.starts("logro")
    answer(desk, "Hice mi primera venta", "hoy", "saltar")
    rows = {file.stem: count for file, count in export_to(tmp_path, desk.house).items()}
    assert (rows["commitments"], rows["follow_ups"], rows["milestones"]) == (1, 1, 1)
    assert rows["life_projects"] == 7
    assert "17:00" in (tmp_path / "commitments.csv").read_text(encoding="utf-8")


def test_three_later_waves_are_planned_once(desk):
    planned(desk)
    for _ in range(2):
        desk.starts("linea_base")
        while desk.said[-1].content_id.startswith("linea_base."):
            answer(desk, desk.offered[0][0])
    days = [(m.not_before - desk.at).days for m in waiting(desk) if (m.content_id or "").startswith("wave/")]
    assert days == [30, 90, 180]
