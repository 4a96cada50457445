"""Lessons as she takes them: small steps, a kind word to every answer, pause, skip, the list, a module completed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import ROOT
from bot.content.gender import longest
from bot.content.library import load
from bot.guidance import journey, lessons
from bot.guidance.lessons import following, steps
from bot.guidance.pages.lesson import in_own_words
from bot.guidance.tables import LessonStatus, LessonTaken, Milestone
from bot.messages import choices
from tests.guidance.desk import Desk
from tests.guidance.test_business_pages import read, see, tap_page
from tests.guidance.test_talks import answer, plan, planned, welcomed

CONTENT = load(ROOT / "content", "es-MX")
LESSONS = CONTENT.lessons


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def through(desk: Desk, name: str, option: int = 0) -> str:
    """A whole lesson, with one of its answers."""
    see(desk, "lesson", f"{name}:0")
    for _ in steps(LESSONS[name])[1:]:
        tap_page(desk, "Sigue", 200 + desk.count)
    desk.count += 1
    return tap_page(desk, LESSONS[name].question.options[option].title, 1000 + desk.count)


def rows(desk: Desk) -> dict[str, LessonTaken]:
    with desk.house.db.read() as session:
        return lessons.taken(desk.person(session))


def on_the_way(desk: Desk, pathway: str) -> Desk:
    welcomed(desk)
    with desk.house.db.write() as session:
        desk.person(session).learner.pathway = pathway
    return desk


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.id)
def test_a_lesson_is_a_few_small_steps_and_every_answer_gets_its_own_words(desk, lesson):
    welcomed(desk)
    said = see(desk, "lesson", f"{lesson.id}:0")
    heard = [*said]
    while desk.offered[0][0] == "Sigue":
        tap_page(desk, "Sigue", 5)
        heard += desk.said
    assert [b.text for b in heard[1:]][: len(lesson.bubbles)] == list(desk_words(desk, lesson))
    assert len(said) <= 3 and all(longest(b.text) <= 600 for b in heard)
    assert lesson.one_thing.split(".")[0][:20] in heard[-2].text and len(desk.said) <= 3
    assert (lesson.source in heard[-2].text) if lesson.source else ("Fuente" not in heard[-2].text)
    feedback = {tap_again(desk, lesson, option.id).split("\n")[0] for option in lesson.question.options}
    assert len(feedback) == len(lesson.question.options)


def desk_words(desk: Desk, lesson) -> tuple[str, ...]:
    with desk.house.db.read() as session:
        return desk.person(session).content.lessons[lesson.id].bubbles


def tap_again(desk: Desk, lesson, option: str) -> str:
    see(desk, "lesson_answer", f"{lesson.id}:{option}")
    return read(desk)


def test_the_next_lesson_follows_from_the_way_she_chose(desk):
    for pathway, path in CONTENT.guide.lesson_paths.items():
        on_the_way(desk, "" if pathway == "any" else pathway)
        with desk.house.db.read() as session:
            assert [one.id for one in lessons.path(desk.person(session))] == list(path)
    said = see(on_the_way(desk, "business"), "next_lesson")
    assert LESSONS["lo_que_ya_sabes"].title in said[-1].text and "3 minutos" in said[-1].text


def test_done_is_counted_and_leads_to_the_next(desk):
    heard = through(on_the_way(desk, "business"), "lo_que_ya_sabes")
    assert "Ya van 1 de 20" in heard and f"Sigue «{LESSONS['primera_venta'].title}»" in heard
    assert LESSONS["primera_venta"].bubbles[0] in tap_page(desk, "Siguiente lección", 9)


def test_a_pause_keeps_where_she_was_for_days_and_other_talk(desk):
    see(on_the_way(desk, "study"), "lesson", "hacer_tiempo:0")
    tap_page(desk, "Sigue", 5)
    assert "guardé dónde ibas" in tap_page(desk, "Pausa", 6)
    desk.at += timedelta(days=9)
    desk.starts("dinero")
    assert "te quedaste" in read_of(see(desk, "next_lesson")).lower()
    assert LESSONS["hacer_tiempo"].bubbles[2] in tap_page(desk, "Seguir la lección", 7)
    assert rows(desk)["hacer_tiempo"].step == 1


def read_of(said) -> str:
    return "\n".join(b.text for b in said)


def test_a_question_that_waits_is_kept_and_its_way_back_comes_after_the_lesson(desk):
    welcomed(desk)
    desk.starts("dinero")
    see(desk, "lesson", "sobres:0")
    assert [t for t, _ in desk.offered] == ["Sigue", "Saltar esta", "Pausa"]
    with desk.house.db.read() as session:
        assert not journey.is_asking(session, desk.learner)
    through(desk, "sobres")
    assert "Seguir" in dict(desk.offered)


def test_what_is_written_instead_of_a_tap(desk):
    see(on_the_way(desk, "study"), "lesson", "hacer_tiempo:1")
    hears = list(desk.said[-1].hears)
    leads = {word: hears[choices.otherwise(word, hears)][1] for word in ("va", "SALTAR", "pausa", "atrás", "otra vez")}
    assert [payload.split('"v": "')[1].rstrip('"}') for payload in leads.values()] == [
        "hacer_tiempo:2",
        "hacer_tiempo",
        "hacer_tiempo",
        "hacer_tiempo:0",
        "hacer_tiempo:1",
    ]
    see(desk, "lesson", "hacer_tiempo:2")
    assert choices.otherwise("sigue", list(desk.said[-1].hears)) is None  # a question is not passed over by accident


def test_her_own_words_under_the_question_are_met_with_the_choices_for_a_while(desk):
    see(on_the_way(desk, "study"), "lesson", "hacer_tiempo:1")
    assert own_words(desk) == []
    see(desk, "lesson", "hacer_tiempo:2")
    assert [t for t, _ in own_words(desk)[-1].buttons] == [o.title for o in LESSONS["hacer_tiempo"].question.options]
    desk.at += timedelta(hours=2)
    assert own_words(desk) == []


def own_words(desk: Desk):
    with desk.house.db.read() as session:
        return in_own_words(desk.person(session))


def test_what_she_skips_comes_back_at_the_end(desk):
    see(on_the_way(desk, "business"), "next_lesson")
    heard = tap_page(desk, "Saltar esta", 4)
    assert LESSONS["primera_venta"].title in heard and rows(desk)["lo_que_ya_sabes"].status is LessonStatus.SKIPPED
    for lesson in CONTENT.guide.lesson_paths["business"][1:]:
        through(desk, lesson)
    assert f"Sigue «{LESSONS['lo_que_ya_sabes'].title}»" in read(desk)
    assert "todas las lecciones de tu camino" in through(desk, "lo_que_ya_sabes")
    assert see(desk, "next_lesson")[-1].content_id == "lesson_all_done"


def test_the_list_says_how_far_she_is_and_a_lesson_may_be_read_again(desk):
    through(on_the_way(desk, "business"), "primera_venta")
    see(desk, "lesson", "poner_precio:0")
    see(desk, "lessons")
    assert "1 de 20" in read(desk) and "• Tu negocio: 1 de 5" in read(desk)
    heard = tap_page(desk, "Tu negocio", 3)
    assert "✅ Tu primera venta" in heard and "🔸 Ponerle precio a lo tuyo" in heard and "▫️ Fotos" in heard
    assert len(desk.said) == 1 and len(desk.offered) <= 10
    tap_page(desk, "Tu primera venta", 4)
    assert rows(desk)["primera_venta"].status is LessonStatus.DONE


@pytest.mark.parametrize("pathway", CONTENT.pathways)
@pytest.mark.parametrize("topic", ["socioemotional", "digital", "money", "business", "study", "employment"])
def test_every_topic_fits_one_message(desk, pathway, topic):
    (said,) = see(on_the_way(desk, pathway), "lesson_topic", topic)
    titles = [t for t, _ in said.buttons]
    assert len(said.text) <= 600 and len(titles) <= 10 and len(set(titles)) == len(titles)


def test_a_complete_module_is_a_milestone_once(desk):
    on_the_way(desk, "business")
    module = [one for one in CONTENT.guide.lesson_paths["business"] if LESSONS[one].topic == "business"]
    assert all("🌟" not in through(desk, one) for one in module[:-1])
    assert "🌟 ¡Ya viste todo el tema «Tu negocio»!" in through(desk, module[-1])
    assert "🌟" not in through(desk, module[0], option=1)
    with desk.house.db.read() as session:
        assert [m.kind for m in session.scalars(select(Milestone))] == ["module_business"]
    assert "Terminé las lecciones de «Tu negocio»" in plan(desk)


def test_one_lesson_of_a_topic_is_no_module(desk):
    assert "🌟" not in through(on_the_way(desk, "employment"), "papeles_en_orden")


def test_a_lesson_an_editor_took_away_leads_to_the_list(desk):
    welcomed(desk)
    for page, value in (("lesson", "nada:0"), ("lesson_answer", "sobres:nada"), ("lesson_skip", "nada")):
        see(desk, page, value)
        assert "ya no está" in read(desk) and "de 14 lecciones" in read(desk)
    assert desk.said and see(desk, "lesson", "sobres:99")[-1].buttons  # shortened since: its last step


def test_after_a_chosen_way_lessons_are_offered(desk):
    planned(desk)
    answer(desk, "Nada por ahora", "No es para mí", "Nada por ahora")
    assert "Aprender algo" in dict(desk.offered), desk.offered


ALL = list(LESSONS.values())


@given(st.sets(st.sampled_from([one.id for one in ALL])), st.sets(st.sampled_from([one.id for one in ALL])))
def test_the_next_is_never_one_that_is_done_and_there_is_one_until_all_are(done, skipped):
    found = following(ALL, done, skipped)
    assert (found is None) == (done >= set(LESSONS))
    if found:
        assert found.id not in done
        assert found.id not in skipped or set(LESSONS) - done <= skipped


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.id)
def test_steps_keep_every_bubble_in_order_and_at_most_three_go_at_once(lesson):
    cut = steps(lesson)
    assert tuple(text for step in cut for text in step) == lesson.bubbles
    assert all(len(step) <= 2 for step in cut) and len(cut[-1]) <= 1
