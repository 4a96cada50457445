"""A week after a tip: asked once whether she did it, in two taps, by day, and only who wants to be written to."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.config import ROOT
from bot.content.library import load
from bot.guidance import tip_followup
from bot.guidance.tables import TipGiven
from bot.messages import schedule
from bot.messages.tables import Message
from bot.people import tracking
from bot.people.tables import Learner
from tests.guidance.desk import Desk
from tests.guidance.test_business_pages import read, see, tap_page
from tests.guidance.test_followup import waiting, words
from tests.guidance.test_talks import PROJECT, STEP, answer, plan, planned, welcomed

CONTENT = load(ROOT / "content", "es-MX")
DAYS = timedelta(days=CONTENT.guide.money.tip_days)
MONDAY = datetime(2026, 11, 23, 16, tzinfo=UTC)  # 10 in the morning in the centre


@pytest.fixture
def desk(small_house):
    return Desk(small_house, at=MONDAY)


def given(desk: Desk) -> list[TipGiven]:
    with desk.house.db.read() as session:
        return list(session.scalars(select(TipGiven).order_by(TipGiven.at)))


def asked(desk: Desk) -> list[Message]:
    return [m for m in waiting(desk) if (m.content_id or "").startswith("tip/")]


def tried(desk: Desk, phone: str = "Es solo mío") -> Message:
    """She has a plan and will try the tip; the question that waits."""
    answer(welcomed(desk), *PROJECT, "Volver a estudiar", *STEP[:-1], phone)
    answer(desk, "Quiero ahorrar", "Sí, lo intento")
    (message,) = asked(desk)
    return message


def open_choice(desk: Desk, message: Message, title: str) -> str:
    payload = next(c["payload"] for c in message.choices if c["title"] == title)
    asked_for = json.loads(payload.removeprefix("/see"))
    see(desk, asked_for["page"], asked_for.get("v", ""), 500)
    return read(desk)


def test_who_will_try_is_asked_after_a_week_in_the_words_of_the_tip(desk):
    message, (one,) = tried(desk), given(desk)
    assert one.answer == "lo_intento" and message.not_before == MONDAY + DAYS
    assert CONTENT.tips[one.tip].ask_later in words(desk, message)
    assert [c["title"] for c in message.choices] == ["Sí, lo hice", "Todavía no"]


@pytest.mark.parametrize("said", ["Más adelante", "No es para mí"])
def test_who_will_not_try_is_not_asked(desk, said):
    answer(planned(desk), "Quiero ahorrar", said)
    assert asked(desk) == []


def test_done_is_celebrated_in_one_line_kept_and_the_next_tip_offered(desk):
    message, (one,) = tried(desk), given(desk)
    heard = open_choice(desk, message, "Sí, lo hice")
    assert "¡Qué bien!" in heard and "\n" not in heard
    assert [(g.outcome, g.outcome_at) for g in given(desk)] == [("done", desk.at)]
    following = tap_page(desk, "Otro consejo", 501)
    assert CONTENT.tips[one.tip].title not in following and "Para esta semana" in following
    assert asked(desk) == []


def test_not_done_gets_a_smaller_step_and_is_not_asked_again(desk):
    message, (one,) = tried(desk), given(desk)
    heard = open_choice(desk, message, "Todavía no")
    assert CONTENT.guide.money.smaller[CONTENT.tips[one.tip].topic] in heard
    assert given(desk)[0].outcome == "not_yet" and asked(desk) == []
    with desk.house.db.write() as session:
        tip_followup.arrange_all(desk.person(session))
    assert asked(desk) == []
    open_choice(desk, message, "Sí, lo hice")
    open_choice(desk, message, "Todavía no")
    assert given(desk)[0].outcome == "done"  # what she did stays done


def test_it_is_asked_once_even_when_it_was_answered_with_silence(desk):
    message = tried(desk)
    with desk.house.db.write() as session:
        schedule.settle(
            session, session.get_one(Message, message.id), session.get_one(Learner, desk.learner), message.not_before
        )
    with desk.house.db.write() as session:
        tip_followup.arrange_all(desk.person(session))
    assert asked(desk) == []


def test_on_a_shared_telephone_it_tells_nothing_until_she_answers(desk):
    message, (one,) = tried(desk, "Lo comparto"), given(desk)
    assert words(desk, message) == "¡Hola! ¿Tienes un momento?"
    assert CONTENT.tips[one.tip].ask_later in open_choice(desk, message, "Sí, ahora")
    assert "¡Qué bien!" in tap_page(desk, "Sí, lo hice", 502)


def test_who_wants_no_messages_is_not_asked_and_who_changes_her_mind_is(desk):
    answer(welcomed(desk), *PROJECT, "Volver a estudiar", *STEP[:-1], "No me escribas")
    answer(desk, "Quiero ahorrar", "Sí, lo intento")
    assert asked(desk) == []
    with desk.house.db.write() as session:
        desk.person(session).learner.may_remind = True
        tip_followup.arrange_all(desk.person(session))
        tip_followup.arrange_all(desk.person(session))
    assert len(asked(desk)) == 1


def test_it_does_not_leave_to_who_stopped_messages(desk):
    message = tried(desk)
    with desk.house.db.write() as session:
        tracking.opt_out(session, session.get_one(Learner, desk.learner), "chat", desk.at)
        schedule.settle(
            session, session.get_one(Message, message.id), session.get_one(Learner, desk.learner), message.not_before
        )
    assert asked(desk) == []


def test_it_waits_for_the_morning(desk):
    desk.at = MONDAY.replace(hour=4)  # 22 of Sunday in the centre
    message = tried(desk)
    assert message.not_before == MONDAY.replace(hour=15) + DAYS  # 9 in the morning


def test_a_tip_on_its_own_page_is_kept_planned_and_in_her_plan(desk):
    planned(desk)
    desk.starts("dinero")
    desk.types("pausa", "pause", 1.0)
    see(desk, "tip")
    first = read(desk)
    assert "En unos días te pregunto" in tap_page(desk, "Sí, lo intento", 600)
    assert len(asked(desk)) == 1 and "Tu dinero:" in plan(desk)
    see(desk, "tip")
    assert read(desk) != first
    assert "Tú sabes" in tap_page(desk, "No es para mí", 601)
    assert [g.answer for g in given(desk)] == ["lo_intento", "no_es_para_mi"]


def test_a_change_of_mind_takes_the_question_back(desk):
    tried(desk)
    (one,) = given(desk)
    see(desk, "tip_answer", f"{one.tip}:despues")
    assert asked(desk) == [] and given(desk)[0].answer == "despues"


def test_what_is_not_hers_or_gone_is_not_kept(desk):
    welcomed(desk)
    for page, value in (("tip_done", "ahorro_meta"), ("tip_not_yet", "nada"), ("tip_asked", "nada")):
        assert see(desk, page, value)[-1].content_id == "nothing_open"
    see(desk, "tip_answer", "nada:lo_intento")
    assert given(desk) == [] and "Para esta semana" in read(desk)


def test_when_all_are_seen_that_is_said(desk):
    welcomed(desk)
    with desk.house.db.write() as session:
        for tip in CONTENT.tips:
            tip_followup.answer(desk.person(session), tip, "no_es_para_mi")
    assert see(desk, "tip")[-1].content_id == "tip_none_left"
