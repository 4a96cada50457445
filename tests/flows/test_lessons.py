"""Lessons on the real engine: in taps and words, paused and taken up elsewhere, a module; a tip asked about later."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.config import ROOT
from bot.content.library import load
from bot.db import now
from bot.guidance import lessons
from bot.guidance.facts import Person
from bot.guidance.lessons import steps
from bot.guidance.tables import LessonTaken, Milestone, TipGiven
from bot.people.tables import Learner
from tests.flows.threads import comes_due

CONTENT = load(ROOT / "content", "es-MX")
LESSONS = CONTENT.lessons


@pytest.fixture
def her(rumbo):
    """Someone on WhatsApp who agreed and chose a business of her own."""
    talk = rumbo.whatsapp().agree()
    with rumbo.house.db.write() as session:
        session.get_one(Learner, talk.learner).pathway = "business"
    return talk


def taken(rumbo, talk) -> dict[str, tuple[str, int, str | None]]:
    with rumbo.house.db.read() as session:
        mine = session.scalars(select(LessonTaken).where(LessonTaken.learner_id == talk.learner))
        return {one.lesson: (str(one.status), one.step, one.answer) for one in mine}


def test_a_whole_lesson_in_taps_and_words(rumbo, her):
    assert "lo que ya sabes" in her.says("quiero aprender").lower()
    first = LESSONS["lo_que_ya_sabes"]
    heard = her.taps("Empezar")
    assert first.bubbles[0] in heard and len(her.read) - 1 <= 3
    assert first.bubbles[2] in her.says("sigue")
    heard = her.says("va")
    assert "Para probar" in heard and first.question.text in heard
    assert "cuál se parece más" in her.says("xk pss ntp grfx zzz")
    kind = first.question.options[-1]
    heard = her.says(kind.title)
    assert kind.feedback in heard and "Ya van 1 de 20" in heard
    assert taken(rumbo, her)["lo_que_ya_sabes"] == ("done", len(steps(first)) - 1, kind.id)
    other = first.question.options[0]
    assert other.feedback in her.taps(other.title)  # she thinks again: kindly met as well
    assert LESSONS["primera_venta"].title in her.says("siguiente lección")
    assert "1 de 20" in her.says("mis lecciones")


def test_paused_on_whatsapp_and_taken_up_on_telegram_after_other_talk(rumbo, her):
    her.says("menú")
    her.taps("Aprender algo")
    her.taps("Empezar")
    her.taps("Sigue")
    assert "guardé dónde ibas" in her.says("pausa")
    her.says("menú")
    code = next(w for w in her.taps("Usar otro canal").split() if w.startswith("RUMBO-"))
    there = rumbo.telegram()
    there.says("hola")
    there.says(code)
    assert there.learner == her.learner
    assert "Soy un programa" in there.says("eres un robot?")
    there.says("hola")
    heard = there.taps("Seguir la lección")
    assert LESSONS["lo_que_ya_sabes"].bubbles[2] in heard
    assert "Para probar" in there.taps("Sigue")


def test_words_that_may_be_an_answer_stay_one_while_a_question_waits(rumbo):
    talk = rumbo.web(consented=True)
    talk.says("quiero hacer mi proyecto de vida")
    heard = talk.says("quiero aprender")
    assert "¿La vemos?" not in heard
    heard = talk.says("mis lecciones")
    assert "Llevas 0 de 14" in heard
    talk.taps("Siguiente lección")
    assert "Empezar" in talk.offered


def test_the_last_lesson_of_a_topic_is_a_milestone(rumbo, her):
    module = [one for one in CONTENT.guide.lesson_paths["business"] if LESSONS[one].topic == "business"]
    with rumbo.house.db.write() as session:
        content = rumbo.house.library.current()
        for name in module[:-1]:
            _done(session, her.learner, name, content)
    her.says("mis lecciones")
    her.taps("Tu negocio")
    her.taps(LESSONS[module[-1]].title)
    while "Sigue" in her.offered:
        her.taps("Sigue")
    heard = her.taps(LESSONS[module[-1]].question.options[0].title)
    assert "🌟" in heard and "Tu negocio" in heard
    with rumbo.house.db.read() as session:
        kinds = session.scalars(select(Milestone.kind).where(Milestone.learner_id == her.learner)).all()
    assert kinds == ["module_business"]
    assert "Terminé las lecciones de «Tu negocio»" in her.says("mi plan")


def test_a_tip_is_asked_about_later_and_answered_in_one_tap(rumbo):
    talk = rumbo.telegram().agree()
    with rumbo.house.db.write() as session:
        session.get_one(Learner, talk.learner).may_remind = True
    talk.says("menú")
    talk.taps("Mi dinero")
    talk.taps("Un consejo de dinero")
    talk.taps("Quiero ahorrar")
    talk.taps("Sí, lo intento")
    with rumbo.house.db.read() as session:
        tip = session.scalars(select(TipGiven.tip).where(TipGiven.learner_id == talk.learner)).one()
    assert comes_due(talk, f"tip/{tip}") == f"¡Hola! {CONTENT.tips[tip].ask_later}"
    assert CONTENT.guide.money.smaller[CONTENT.tips[tip].topic] in talk.taps("Todavía no")
    heard = talk.taps("Otro consejo")
    assert "Para esta semana" in heard and CONTENT.tips[tip].title not in heard
    with rumbo.house.db.read() as session:
        assert session.get_one(TipGiven, (talk.learner, tip)).outcome == "not_yet"


def _done(session, learner: str, name: str, content) -> None:
    person = Person(session, None, content, session.get_one(Learner, learner), "", now())  # type: ignore[arg-type]
    lessons.finish(person, content.lessons[name], content.lessons[name].question.options[0].id)
