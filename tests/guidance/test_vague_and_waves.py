"""Vague steps, what changed between waves, and how easy a text is to read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.models import Question, QuestionKind
from bot.guidance.vague import is_vague
from bot.guidance.waves import banded, compare
from bot.plain import hard
from bot.readability import score, syllables

STEP = Question(id="q", text=("¿Qué?",), kind=QuestionKind.TEXT, why="w", hint="h", concrete="c")


@pytest.mark.parametrize(
    "said", ["echarle ganas", "trabajar", "ver qué hay", "salir adelante", "voy a estudiar", "algo", "intentarlo", "ya"]
)
def test_a_wish_is_vague(said):
    assert is_vague(STEP, said)


@pytest.mark.parametrize(
    "said",
    [
        "llamar a la prepa de mi colonia",
        "hacer diez gelatinas de prueba",
        "ver precios en el mercado",
        "preguntarle a mi tía",
        "ir a la panadería a preguntar",
        "buscar el teléfono de la escuela",
    ],
)
def test_what_can_be_seen_done_is_not(said):
    assert not is_vague(STEP, said)


ANSWERS = st.dictionaries(st.sampled_from("abcd"), st.none() | st.integers(1, 5), max_size=4)


@given(ANSWERS, ANSWERS)
def test_a_change_is_what_was_answered_twice_and_differs(before, now):
    found = {change.name: change for change in compare(before, now, {})}
    both = {name for name in before.keys() & now.keys() if before[name] is not None and now[name] is not None}
    assert set(found) == {name for name in both if before[name] != now[name]}
    assert all(change.step == (1 if now[name] > before[name] else -1) for name, change in found.items())


def test_answers_with_an_order_go_up_or_down_by_it():
    order = {"ahorra": ["seguido", "veces", "no"]}
    (change,) = compare({"ahorra": "no"}, {"ahorra": "seguido"}, order)
    assert change.step == -1
    (other,) = compare({"x": "rojo"}, {"x": "azul"}, order)
    assert other.step == 0


@pytest.mark.parametrize(
    "word, count",
    [
        ("que", 1),
        ("guitarra", 3),
        ("día", 2),
        ("ciudad", 2),
        ("leer", 2),
        ("haciéndolo", 4),
        ("muy", 1),
        ("pingüino", 3),
    ],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_short_words_read_easier_than_long_ones():
    easy, heavy = (
        "Mañana voy a la casa de mi mamá.",
        "Posteriormente gestionaremos administrativamente lo correspondiente.",
    )
    assert score(easy) > 80 > score(heavy)


def test_a_word_of_bureaucracy_needs_an_explanation():
    assert hard("Lee la convocatoria antes de ir.") == ["convocatoria"]
    assert hard("Lee la convocatoria (el aviso con fechas) antes de ir.") == []


BANDS = ["0", "1-3000", "3000-6000", "6000-10000", "10000+"]


@pytest.mark.parametrize(
    "pesos, band",
    [(0.0, "0"), (800.0, "1-3000"), (3000.0, "3000-6000"), (5999, "3000-6000"), (20000, "10000+"), (None, None)],
)
def test_pesos_said_elsewhere_are_one_of_the_ranges(pesos, band):
    assert banded(pesos, BANDS) == band
    assert banded("3000-6000", BANDS) == "3000-6000"
