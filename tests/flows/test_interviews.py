"""Blocks of questions as people answer them: out of order, halfway, in other words, twice."""

from __future__ import annotations

import itertools
import sqlite3
import time
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
from sqlalchemy import delete, select

from bot.db import now
from bot.guidance import journey
from bot.guidance.tables import Answer, Run
from bot.messages.choices import ref
from bot.messages.tables import Direction, Message, Status
from bot.people import tracking
from tests.flows.running import Talk

GUSTA, CUIDA, HORAS, SABE = "te gusta hacer", "Cuidas a alguien", "horas al día", "sabes hacer ya"
ANIMO, LUGAR, CUANDO, FIN = "con cuánto ánimo", "qué estado", "Qué día", "¡Terminamos lo que te gusta!"
TRABAJA, FALTA, GUARDADA = "Trabajas ahora", "Qué te falta", "Tu situación quedó guardada."
OWN = "Esa era mi respuesta"


@pytest.fixture
def talk(rumbo):
    return rumbo.web(consented=True)


def start(talk: Talk, block: str) -> str:
    """She taps a button that starts a block."""
    choice = invite(talk, block)
    return talk._turn(lambda: talk.send("Empezar", choice=choice))


def invite(talk: Talk, block: str) -> str:
    """An earlier message of ours with a button that starts a block, and the id of that button."""
    house = talk.running.house
    with house.db.write() as session:
        address = tracking.find(session, house.sealer, talk.channel, talk.address)
        message = Message(
            learner_id=address.learner_id,
            address_id=address.id,
            channel=talk.channel,
            direction=Direction.OUT,
            status=Status.SENT,
            created_at=now(),
            not_before=now(),
            sealed=house.sealer.seal("¿Le damos?"),
            choices=[{"title": "Empezar", "payload": journey.start(block)}],
        )
        session.add(message)
        session.flush()
        return ref(message.id, 0)


def answers(talk: Talk) -> dict:
    """What is kept of her, by question: words or values."""
    house = talk.running.house
    with house.db.read() as session:
        mine = session.scalars(
            select(Answer).where(Answer.learner_id == talk.learner).order_by(Answer.run_id, Answer.at)
        )
        return {a.question: house.sealer.unseal(a.words) if a.words else a.value for a in mine}


def runs(talk: Talk) -> list[tuple[str, str]]:
    with talk.running.house.db.read() as session:
        return [
            (r.interview, r.status)
            for r in session.scalars(select(Run).where(Run.learner_id == talk.learner).order_by(Run.id))
        ]


def conversation(talk: Talk) -> dict:
    """What the engine knows of her."""
    return httpx.get(f"{talk.running.settings.rasa_url[0]}/conversations/{talk.learner}/tracker").json()


def loop(talk: Talk) -> str | None:
    return conversation(talk)["active_loop"].get("name")


def until(check, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


# From the first question to the last


def test_a_whole_block_with_every_kind_of_question(talk):
    assert GUSTA in start(talk, "intereses")
    assert CUIDA in talk.says("cocinar para mi familia")
    assert HORAS in talk.taps("A mis hijos")
    assert SABE in talk.says("como 6 horas")
    assert "Anotado" in talk.taps("Cocinar")
    assert talk.offered == ["Vender", "Coser", "Manejar", "Listo"]
    talk.taps("Vender")
    assert ANIMO in talk.taps("Listo")
    assert talk.offered == ["1", "2", "3", "4", "5"]
    assert LUGAR in talk.says("4")
    assert CUANDO in talk.says("oaxaca")
    assert talk.says("el 15 de marzo").startswith(FIN)

    when = date.fromisoformat(answers(talk).pop("int_cuando"))
    assert (when.day, when.month) == (15, 3)
    assert answers(talk) == {
        "int_gusta": "cocinar para mi familia",
        "int_cuida": "hijos",
        "int_horas": 6.0,
        "int_sabe": ["cocinar", "vender"],
        "int_animo": 4.0,
        "int_lugar": "OAX",
        "int_cuando": when.isoformat(),
    }
    assert runs(talk) == [("intereses", "done")]
    engine = conversation(talk)
    assert not engine["active_loop"].get("name")
    assert engine["slots"]["requested_slot"] is None
    assert engine["latest_action_name"] == "action_listen"
    assert "servicios" not in talk.says("gracias") and loop(talk) is None


@pytest.mark.parametrize(
    "said", ["mayores", "A una persona mayor", "a mi mamá", "2", "la segunda", "cuido a una persona mayor"]
)
def test_a_choice_in_words(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    assert HORAS in talk.says(said)
    assert answers(talk)["int_cuida"] == "mayores"


def test_a_question_that_does_not_apply_is_not_asked(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert SABE in talk.taps("A nadie")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "nadie"}


@pytest.mark.parametrize("said", ["cocinar y vender", "cocinar, vender", "Cocinar\nVender", "cocinar + vender"])
def test_several_answers_in_one_text(talk, said):
    reach_many(talk)
    assert ANIMO in talk.says(said)
    assert answers(talk)["int_sabe"] == ["cocinar", "vender"]


def test_several_answers_bit_by_bit(talk):
    reach_many(talk)
    talk.says("coser")
    talk.taps("Manejar")
    assert ANIMO in talk.says("listo")
    assert answers(talk)["int_sabe"] == ["coser", "manejar"]


def test_ticking_everything_needs_no_listo(talk):
    reach_many(talk)
    for title in ("Coser", "Cocinar", "Vender"):
        talk.taps(title)
    assert ANIMO in talk.taps("Manejar")
    assert sorted(answers(talk)["int_sabe"]) == ["cocinar", "coser", "manejar", "vender"]


def test_the_same_tick_sent_twice_counts_once(talk):
    reach_many(talk)
    coser = next(i for t, i in talk.read[-1].choices if t == "Coser")
    talk._turn(lambda: talk.send("Coser", choice=coser, number="una-y-otra-vez"))
    talk.send("Coser", choice=coser, number="una-y-otra-vez")
    assert ANIMO in talk.taps("Listo")
    assert answers(talk)["int_sabe"] == ["coser"]


def reach_many(talk: Talk) -> None:
    start(talk, "intereses")
    talk.says("bailar")
    assert SABE in talk.says("a nadie")


def test_sixty_questions(rumbo):
    talk = rumbo.telegram().agree()  # the chat page shows a hundred bubbles at most
    heard = start(talk, "largo")
    for n in range(1, 61):
        assert f"¿Pregunta {n} de 60?" in heard
        heard = talk.says("zapatos y flores" if n % 2 else "7")
    assert heard.startswith("Fin de la larga.")
    assert len(answers(talk)) == 60


# What does not fit


def test_what_does_not_fit_is_explained_then_offered_then_let_go(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("xyz") == "Elige una de las tres de la lista.\n¿Cuidas a alguien en casa?"
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie"]
    assert talk.says("qwerty") == "¿Cuidas a alguien en casa?"
    assert "Saltar" not in talk.offered
    talk.says("asdf")
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie", "Saltar"]
    assert SABE in talk.taps("Saltar")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": None}


def test_a_number_out_of_range(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A mis hijos")
    assert talk.says("90").startswith("Escribe un número del 1 al 24.")
    talk.says("xyz")
    assert talk.offered == ["1", "2", "4", "8", "Saltar"]
    assert SABE in talk.taps("4")
    assert answers(talk)["int_horas"] == 4.0


def test_a_day_that_is_over_is_no_answer(talk):
    reach_day(talk)
    assert talk.says("15/03/2020").startswith("Escribe un día")
    talk.says("xyz")
    assert FIN in talk.taps("Mañana")
    assert (
        answers(talk)["int_cuando"]
        == (now().astimezone(ZoneInfo("America/Mexico_City")).date() + timedelta(1)).isoformat()
    )


def test_a_place_nobody_knows_is_offered_as_choices(talk):
    reach_place(talk)
    assert talk.says("xyz").startswith("Escribe el nombre de un estado.")
    talk.says("qwerty")
    assert CUANDO in talk.taps("Puebla")
    assert answers(talk)["int_lugar"] == "PUE"


def reach_place(talk: Talk) -> None:
    reach_many(talk)
    talk.says("cocinar y vender")
    assert LUGAR in talk.says("tres")


def reach_day(talk: Talk) -> None:
    reach_place(talk)
    assert CUANDO in talk.says("Jalisco")


@pytest.mark.parametrize("nonsense", ["xyz", "🍕", "...", "no sé"])
def test_nobody_is_ever_trapped_in_a_question(talk, nonsense):
    start(talk, "intereses")
    talk.says("bailar")
    for _ in range(5):
        assert CUIDA in talk.says(nonsense)
    assert "Saltar" in talk.offered


def test_who_insists_on_skipping_may(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert any(SABE in talk.says("saltar") for _ in range(5))


def test_consent_is_the_one_question_that_cannot_be_skipped(rumbo):
    talk = rumbo.web()
    talk.says("hola")
    for _ in range(5):
        assert "permiso" in talk.says("xyz")
    assert talk.offered == ["Sí, te doy permiso", "No, gracias"]
    assert "permiso" in talk.says("saltar")
    assert "una persona te va a escribir" in talk.says("quiero hablar con una persona")


# Asking back


def test_why_then_the_question_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("¿por qué preguntas eso?") == (
        "Te lo pregunto para proponerte horarios que sí te queden.\n¿Cuidas a alguien en casa?"
    )
    assert SABE in talk.says("3")


@pytest.mark.parametrize("said", ["no sé", "no entiendo"])
def test_who_is_lost_gets_a_hint_and_may_skip(talk, said):
    start(talk, "intereses")
    assert talk.says(said) == "Con una frase basta, por ejemplo: «bailar».\n¿Qué te gusta hacer en tus ratos libres?"
    assert CUIDA in talk.taps("Saltar")


def test_repeat(talk):
    start(talk, "intereses")
    assert talk.says("repítemelo") == "¿Qué te gusta hacer en tus ratos libres?"


def test_help_then_the_question_again(talk):
    start(talk, "intereses")
    heard = talk.says("me ayudas")
    assert "Contigo armo un plan" in heard and heard.endswith("¿Qué te gusta hacer en tus ratos libres?")
    assert CUIDA in talk.says("bailar")


PROMISED = {
    "menú": "¿Qué quieres hacer?",
    "ayuda": "Contigo armo un plan",
    "por qué": "un camino que te gusta",
    "saltar": CUIDA,
    "atrás": "Esta es la primera pregunta",
    "pausa": "Guardé lo que llevas",
    "mi plan": "Todavía no tenemos un plan",
    "una persona": "una persona te va a escribir",
    "baja": "escribe ALTA",
}
"""The words that work "en cualquier momento", as the help says."""


@pytest.mark.parametrize("word", PROMISED)
def test_a_word_that_works_at_any_moment(talk, word):
    start(talk, "intereses")
    assert PROMISED[word] in talk.says(word)


def test_a_need_is_served_then_the_question_returns(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("necesito una guardería")
    assert "Confirma los requisitos" in heard and heard.endswith("¿Cuidas a alguien en casa?")
    assert talk.offered == ["A mis hijos", "A una persona mayor", "A nadie"]
    assert HORAS in talk.says("1")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos"}


def test_two_needs_and_a_help_in_a_row_then_the_answer(talk):
    start(talk, "intereses")
    talk.says("bailar")
    for said, served in [
        ("necesito una guardería", "Confirma"),
        ("necesito un abogado", "Confirma"),
        ("me ayudas", "armo"),
    ]:
        heard = talk.says(said)
        assert served in heard and CUIDA in heard
    assert SABE in talk.says("a nadie")


def test_a_need_where_one_is_expected_is_the_answer(talk):
    start(talk, "situacion")
    talk.taps("No trabajo")
    assert talk.says("no tengo quien cuide a mis hijos").startswith(GUARDADA)
    assert answers(talk)["sit_falta"] == "no tengo quien cuide a mis hijos"


# Answer or request


@pytest.mark.parametrize(
    "said", ["ayudar a la gente", "zxcv poiu", "me gusta cuidar niños", "ayudar a mi mamá", "quiero un trabajo"]
)
def test_words_that_only_resemble_a_request_are_the_answer(talk, said):
    start(talk, "intereses")
    assert CUIDA in talk.says(said)
    assert answers(talk) == {"int_gusta": said}


@pytest.mark.parametrize("said", ["saltar la cuerda", "las opciones de computación"])
def test_a_hobby_that_contains_a_command_is_the_answer(talk, said):
    start(talk, "intereses")
    assert CUIDA in talk.says(said)
    assert answers(talk) == {"int_gusta": said}


def test_that_was_my_answer(talk):
    start(talk, "intereses")
    assert "Contigo armo un plan" in talk.says("me ayudas")
    assert talk.offered == [OWN]
    assert CUIDA in talk.taps(OWN)
    assert answers(talk) == {"int_gusta": "me ayudas"}


def test_that_was_my_answer_tapped_late_changes_only_that_answer(talk):
    start(talk, "intereses")
    talk.says("me ayudas")
    talk.says("bailar")
    assert CUIDA in talk.taps(OWN)
    assert answers(talk) == {"int_gusta": "me ayudas"}


@pytest.mark.parametrize(
    "typed", ["/derecho", '/answer{"q":"int_gusta","v":"x"}', "/help@0.99", " /skip", "/menu", "/restart"]
)
def test_a_typed_payload_is_only_words(talk, typed):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says(typed)
    assert heard
    assert answers(talk) == {"int_gusta": "bailar"}
    if CUIDA not in heard:
        assert CUIDA in talk.taps("Seguir")
    assert SABE in talk.says("a nadie")


def test_a_typed_answer_payload_does_not_answer_another_question(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a nadie")
    talk.says('/answer{"q":"int_cuida","v":"hijos"}')
    assert answers(talk)["int_cuida"] == "nadie"


@pytest.mark.parametrize(
    "said",
    [
        "aprendí a usar la computadora",
        "vendo tamales en la esquina",
        "ayudé a mi mamá a salir de sus deudas",
        "cuidé a mi abuelita cuando se enfermó",
        "terminé la prepa",
    ],
)
def test_what_she_is_proud_of_is_kept(talk, said):
    start(talk, "proyecto")
    assert "te gusta hacer" in talk.says(said)
    assert answers(talk) == {"orgullo": said}


@pytest.mark.parametrize(
    "said", ["pagar mis deudas", "ahorrar para una casa", "aprender inglés", "estudiar enfermería"]
)
def test_what_she_dreams_of_is_kept(talk, said):
    start(talk, "proyecto")
    until(lambda: "ya pasó un año" in talk.says("saltar"))
    assert "se te atraviesa" in talk.says(said)
    assert answers(talk)["suenio"] == said


def test_options_she_names_count_more_than_a_topic_we_know_nothing_of(talk):
    reach_many(talk)
    assert ANIMO in talk.says("sé cocinar, también vender")


def test_a_lot_is_not_one(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A mis hijos")
    assert talk.says("un montón").startswith("Escribe un número del 1 al 24.")


# Leaving and coming back


def test_menu_leaves_and_seguir_resumes(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert talk.says("menú") == "¿Qué quieres hacer?"
    assert talk.offered[0] == "Seguir"
    assert runs(talk) == [("intereses", "paused")] and loop(talk) is None
    assert talk.taps("Seguir") == "Qué gusto seguir. Retomamos donde nos quedamos.\n¿Cuidas a alguien en casa?"
    assert SABE in talk.says("a nadie")


@pytest.mark.parametrize(
    "pause, resume", [("luego seguimos", "quiero seguir"), ("pausa", "continuar"), ("salir", "ya volví")]
)
def test_a_pause_and_back_by_words(talk, pause, resume):
    start(talk, "intereses")
    talk.says("bailar")
    assert "Guardé lo que llevas" in talk.says(pause)
    assert runs(talk) == [("intereses", "paused")] and loop(talk) is None
    assert CUIDA in talk.says(resume)
    assert SABE in talk.says("3")


def test_hola_after_a_pause_offers_to_go_on(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("luego seguimos")
    assert "Nos quedamos en «Lo que te gusta»" in talk.says("hola")
    assert CUIDA in talk.taps("Seguir")


def test_hola_in_the_middle_is_greeted_and_asked_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("hola")
    assert "¡Hola otra vez" in heard and heard.endswith("¿Cuidas a alguien en casa?")


def test_hola_is_not_what_she_likes_to_do(talk):
    start(talk, "intereses")
    assert GUSTA in talk.says("hola")
    assert answers(talk) == {}


@pytest.mark.parametrize("said", ["reiniciar", "empezar de nuevo"])
def test_starting_over_keeps_what_she_said(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    assert "sigue guardado" in talk.says(said)
    assert loop(talk) is None
    assert CUIDA in talk.taps("Seguir")


def test_an_answer_right_after_starting_over_is_no_riddle(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("reiniciar")
    talk.says("A una persona mayor")
    assert "Menú" in talk.offered


# Skipping and going back


def test_skip(talk):
    start(talk, "intereses")
    assert CUIDA in talk.says("saltar")
    assert answers(talk) == {"int_gusta": None}


def test_a_required_question_is_not_skipped_at_once(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("saltar")
    assert "sí la necesito" in heard and CUIDA in heard


def test_back_once(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a mis hijos")
    heard = talk.says("me equivoqué")
    assert "regresamos" in heard and CUIDA in heard
    assert SABE in talk.says("3")
    assert answers(talk)["int_cuida"] == "nadie"


def test_back_twice(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("a nadie")
    assert CUIDA in talk.says("atrás")
    assert GUSTA in talk.says("atrás")
    assert SABE in talk.says("cantar")
    assert answers(talk) == {"int_gusta": "cantar", "int_cuida": "nadie"}


def test_back_at_the_first(talk):
    start(talk, "intereses")
    assert talk.says("regresar") == (
        "Esta es la primera pregunta, ya no hay otra antes.\n¿Qué te gusta hacer en tus ratos libres?"
    )


def test_a_button_further_up_changes_that_answer(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.taps("A nadie")
    heard = talk.taps("A mis hijos")
    assert "cambié esa respuesta" in heard and SABE in heard
    assert answers(talk)["int_cuida"] == "hijos"
    assert HORAS in talk.says("cocinar y vender")  # now it applies


def test_a_yes_to_consent_can_be_taken_back_further_up(rumbo):
    talk = rumbo.web()
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    assert "escribe «hola»" in talk.taps("No, gracias")
    assert "permiso" in talk.says("Lupita")


def test_a_button_under_a_question_she_left_takes_her_back(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("menú")
    assert HORAS in talk.taps("A mis hijos")
    assert runs(talk) == [("intereses", "active")]


def test_a_button_of_a_block_that_is_over_is_understood(talk):
    start(talk, "situacion")
    talk.taps("No trabajo")
    talk.says("zapatos")
    assert "No te entendí" not in talk.taps("Sí trabajo")


# Several blocks


def test_another_block_in_the_middle_by_a_tap_then_the_first_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    assert TRABAJA in start(talk, "situacion")
    assert runs(talk) == [("intereses", "paused"), ("situacion", "active")]
    talk.says("sí")
    assert talk.says("zapatos bonitos").startswith(GUARDADA)
    assert "Nos quedamos en «Lo que te gusta»" in talk.says("hola")
    assert CUIDA in talk.taps("Seguir")


def test_another_block_by_words_from_a_choice(talk):
    start(talk, "situacion")
    assert "qué te preocupa más" in talk.says("dame un consejo de dinero")
    assert runs(talk) == [("situacion", "paused"), ("dinero", "active")]


def test_another_block_by_words_from_free_text_is_asked_first(talk):
    start(talk, "intereses")
    assert "¿Quieres pasar a «Tu dinero»?" in talk.says("dame un consejo de dinero")
    assert talk.offered == ["Sí, pasar", "No, era mi respuesta"]
    assert "qué te preocupa más" in talk.taps("Sí, pasar")
    assert runs(talk) == [("intereses", "paused"), ("dinero", "active")]


def test_no_that_was_my_answer(talk):
    start(talk, "intereses")
    talk.says("dame un consejo de dinero")
    assert CUIDA in talk.taps("No, era mi respuesta")
    assert answers(talk) == {"int_gusta": "dame un consejo de dinero"}


def test_two_blocks_in_a_row_then_the_first_anew(talk):
    start(talk, "situacion")
    talk.says("sí")
    assert GUARDADA in talk.says("zapatos")
    assert GUSTA in start(talk, "intereses")
    assert TRABAJA in start(talk, "situacion")
    assert FALTA in talk.says("no")
    assert runs(talk) == [("situacion", "done"), ("intereses", "paused"), ("situacion", "active")]


def test_a_block_left_halfway_is_taken_up_and_not_begun_again(talk):
    start(talk, "intereses")
    talk.says("bailar")
    talk.says("menú")
    assert CUIDA in start(talk, "intereses")
    assert runs(talk) == [("intereses", "active")]


# The same message twice


def test_the_same_message_is_recorded_once(talk):
    start(talk, "intereses")
    talk.says("bailar", number="el-mismo-mensaje")
    before = len(talk.read)
    talk.send("bailar", number="el-mismo-mensaje")
    assert HORAS in talk.says("a mis hijos")
    talk.send("bailar", number="el-mismo-mensaje")
    assert SABE in talk.says("6")
    assert len(talk.read) == before + 2
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


# When something breaks in the middle


@contextmanager
def away(talk: Talk, name: str):
    """A process is killed; inside, what she sends is tried in vain; afterwards it is back."""
    talk.running.kill(name)
    try:
        yield
        until(lambda: waiting(talk))
    finally:
        talk.running.start(name)


def waiting(talk: Talk) -> bool:
    """Whether her last message was tried at least once."""
    with talk.running.house.db.read() as session:
        last = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        message = session.scalars(last.order_by(Message.id.desc()).limit(1)).one()
        return bool(message.reason) and message.status == Status.TODO


def heard_after(talk: Talk, before: int) -> list[str]:
    """All that came after so many bubbles, once nothing is left to do; without "I am still here"."""
    until(lambda: len(talk.fetch()[0]) > before and not talk.busy())
    talk.read = talk.fetch()[0]
    return [sent.text for sent in talk.read[before:] if not sent.text.startswith("Sigo aquí.")]


def test_the_engine_is_killed_in_the_middle(rumbo, talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "engine1"):
        talk.send("A mis hijos")
    assert heard_after(talk, before) == ["¿Cuántas horas al día te lleva?"]
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_actions_are_away_at_the_start(talk):
    choice = invite(talk, "intereses")
    with away(talk, "inner"):
        talk.send("Empezar", choice=choice)
    heard = heard_after(talk, 1)
    assert len(heard) == 2 and heard[1] == "¿Qué te gusta hacer en tus ratos libres?"
    assert CUIDA in talk.says("bailar")


def test_the_actions_are_away_in_the_middle(talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("A mis hijos")
    assert heard_after(talk, before) == ["¿Cuántas horas al día te lleva?"]
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_actions_are_away_at_a_need(talk):
    start(talk, "intereses")
    talk.says("bailar")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("necesito una guardería")
    service, question = heard_after(talk, before)
    assert "Confirma los requisitos" in service and question == "¿Cuidas a alguien en casa?"
    assert SABE in talk.says("3")


def test_the_actions_are_away_at_the_last_answer(talk):
    start(talk, "situacion")
    talk.says("sí")
    before = len(talk.read)
    with away(talk, "inner"):
        talk.send("zapatos")
    assert heard_after(talk, before) == [GUARDADA]
    assert runs(talk) == [("situacion", "done")] and loop(talk) is None


def engine_store(talk: Talk) -> sqlite3.Connection:
    return sqlite3.connect(talk.running.settings.engine_store.removeprefix("sqlite:///"), isolation_level=None)


def test_the_engine_loses_the_last_turn_of_a_block(talk):
    start(talk, "situacion")
    talk.says("sí")
    row = "SELECT doc FROM conversation WHERE sender_id = ?"
    before = engine_store(talk).execute(row, (talk.learner,)).fetchone()[0]
    assert GUARDADA in talk.says("zapatos")
    put = "UPDATE conversation SET ver = ?, doc = ? WHERE sender_id = ?"
    engine_store(talk).execute(put, (time.time_ns(), before, talk.learner))
    assert loop(talk) == "interview"
    assert "Confirma los requisitos" in talk.says("necesito una guardería")
    assert loop(talk) is None


def forget(talk: Talk) -> None:
    engine_store(talk).execute("DELETE FROM conversation WHERE sender_id = ?", (talk.learner,))


def test_the_engine_forgets_her_and_she_taps(talk):
    start(talk, "intereses")
    talk.says("bailar")
    forget(talk)
    assert HORAS in talk.taps("A mis hijos")
    assert SABE in talk.says("6")


def test_the_engine_forgets_her_and_she_writes(talk):
    start(talk, "intereses")
    forget(talk)
    assert CUIDA in talk.says("zapatos bonitos")
    assert HORAS in talk.says("a mis hijos")
    assert answers(talk) == {"int_gusta": "zapatos bonitos", "int_cuida": "hijos"}


def again(talk: Talk) -> list[str]:
    """The worker was killed before it could close her last message: it is worked on once more."""
    with talk.running.house.db.write() as session:
        last = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        message = session.scalars(last.order_by(Message.id.desc()).limit(1)).one()
        session.execute(delete(Message).where(Message.answers_id == message.id))
        message.status = Status.TODO
    before = len(talk.fetch()[0])
    return heard_after(talk, before)


def test_an_answer_worked_on_twice(talk):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says("a mis hijos")
    assert "\n".join(again(talk)) == heard
    assert SABE in talk.says("6")
    assert answers(talk) == {"int_gusta": "bailar", "int_cuida": "hijos", "int_horas": 6.0}


def test_the_last_answer_worked_on_twice(talk):
    start(talk, "situacion")
    talk.says("sí")
    heard = talk.says("zapatos")
    assert "\n".join(again(talk)) == heard
    assert runs(talk) == [("situacion", "done")] and loop(talk) is None
    assert answers(talk) == {"sit_trabaja": "si", "sit_falta": "zapatos"}


@pytest.mark.parametrize("said", ["necesito una guardería", "menú", "pausa", "¿por qué?"])
def test_a_request_worked_on_twice(talk, said):
    start(talk, "intereses")
    talk.says("bailar")
    heard = talk.says(said)
    assert "\n".join(again(talk)) == heard
    assert answers(talk) == {"int_gusta": "bailar"}


# Editors at work


PLOT = """id: huerto{n}
title: Tu huerto
minutes: 1
questions:
  - id: hue_tierra
    text: ¿Tienes tierra?
    kind: choice
    options: [{{id: "si", title: Sí tengo}}]
    why: Porque sí.
    hint: Di algo.
  - {{id: hue_agua, text: ¿Tienes agua?, kind: text, why: Porque sí., hint: Di algo.}}
  - {{id: hue_sol, text: ¿Tienes sol?, kind: text, why: Porque sí., hint: Di algo.}}
end: Fin del huerto.
"""
_plots = itertools.count(1)


@pytest.fixture
def plot(rumbo, talk):
    """A block that an editor has just written, and she has just begun."""
    folder, n = rumbo.folder / "content" / "es-MX" / "interviews", next(_plots)
    file = folder / f"huerto{n}.yml"
    file.write_text(PLOT.format(n=n))
    until(lambda: "¿Tienes tierra?" in start(talk, f"huerto{n}"))
    yield file
    file.unlink(missing_ok=True)


def change(talk: Talk, plot: Path, old: str, new: str) -> None:
    """The editor changes it, and how the open question reads, so that one sees when the change is there."""
    plot.write_text(plot.read_text().replace(old, new).replace("¿Tienes tierra?", "¿Tú tienes tierra?"))
    until(lambda: talk.says("repítemelo") == "¿Tú tienes tierra?")


def test_a_question_is_added_before_her(talk, plot):
    more = "  - {id: hue_semilla, text: ¿Tienes semillas?, kind: text, why: x, hint: x}\n  - {id: hue_agua,"
    change(talk, plot, "  - {id: hue_agua,", more)
    assert talk.says("sí tengo") == "¿Tienes semillas?"


def test_the_open_question_is_taken_away(talk, plot):
    talk.says("sí tengo")
    lines = plot.read_text().splitlines(keepends=True)
    plot.write_text("".join(line for line in lines if "hue_agua" not in line))
    until(lambda: "¿Tienes sol?" in talk.says("repítemelo"))
    assert talk.says("mucho").startswith("Fin del huerto.")
    assert answers(talk)["hue_sol"] == "mucho"


def test_a_mistake_in_a_file_changes_nothing(talk, plot):
    plot.write_text(plot.read_text().replace("kind: choice", "kind: choise"))
    for _ in range(3):
        assert "¿Tienes tierra?" in talk.says("repítemelo")
    assert talk.says("sí tengo") == "¿Tienes agua?"


def test_the_whole_block_is_taken_away(talk, plot):
    plot.unlink()
    until(lambda: "¿Tienes tierra?" not in talk.says("repítemelo"))
    assert "Menú" in talk.offered
    assert talk.says("menú") == "¿Qué quieres hacer?"
