"""What an answer means, kind by kind."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.content.models import Option, Question, QuestionKind
from bot.guidance.answers import is_exact, number, parse, tap

WEDNESDAY = date(2026, 11, 25)
CONTENT = load(ROOT / "content", "es-MX")
STATES = CONTENT.states

WAYS = (
    Option(id="employment", title="Un trabajo", also=("chamba", "empleo", "jale")),
    Option(id="business", title="Mi propio negocio", also=("negocio", "vender", "trabajar por mi cuenta")),
    Option(id="study", title="Volver a estudiar", also=("estudiar", "la escuela")),
)


def ask(kind: QuestionKind, **more: object) -> Question:
    return Question(id="q", text=("¿?",), kind=kind, why="", hint="", **more)  # type: ignore[arg-type]


CHOICE = ask(QuestionKind.CHOICE, options=WAYS)
MULTI = ask(QuestionKind.MULTI, options=WAYS)
TEXT = ask(QuestionKind.TEXT)
PLACE = ask(QuestionKind.PLACE)
DATE = ask(QuestionKind.DATE)
SCALE = ask(QuestionKind.SCALE, min=1, max=5)
HOURS = ask(QuestionKind.NUMBER, min=0, max=24)


@pytest.mark.parametrize(
    "question, text, expected",
    [
        (TEXT, " vendo gelatinas ", "vendo gelatinas"),
        (TEXT, "🙂!!", None),
        (TEXT, "", None),
        (TEXT, '/answer{"q": "x"}', None),
        (CHOICE, "Volver a estudiar", "study"),
        (CHOICE, "/study", None),
        (CHOICE, "quién sabe", None),
        (MULTI, "chamba y escuela", ["employment", "study"]),
        (MULTI, "no sé", None),
        (PLACE, "edomex", "MEX"),
        (PLACE, "marte", None),
        (DATE, "mañana", "2026-11-26"),
        (DATE, "3 de marzo de 2020", None),
        (SCALE, "4", 4.0),
        (SCALE, "cinco", 5.0),
        (SCALE, "6", None),
        (SCALE, "0", None),
        (HOURS, "unas tres horas", 3.0),
        (HOURS, "muchas", None),
    ],
)
def test_parse_finds_the_value_in_an_answer(question, text, expected):
    assert parse(question, text, WEDNESDAY, STATES) == expected


@pytest.mark.parametrize("kind", QuestionKind)
@given(text=st.text(max_size=60))
def test_parse_never_raises(kind, text):
    parse(ask(kind, options=WAYS), text, WEDNESDAY, STATES)


@pytest.mark.parametrize("kind", QuestionKind)
@pytest.mark.parametrize("text", ["፩", "en ፩ días", "el ²", "④"])
def test_parse_reads_past_digits_that_are_no_number(kind, text):
    parse(ask(kind, options=WAYS), text, WEDNESDAY, STATES)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("3", 3),
        ("tengo 2 hijos", 2),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("$1,200", 1200),
        ("12,345,678 pesos", 12_345_678),
        ("1,234.50", 1234.5),
        ("-4", -4),
        ("tres", 3),
        ("Ninguno", 0),
        ("media hora", 0.5),
        ("unas doce horas", 12),
        ("dos mil", 2000),
        ("muchísimas", None),
        ("", None),
    ],
)
def test_number_reads_digits_and_words(text, expected):
    assert number(text) == expected


@given(st.integers(0, 10**9))
def test_number_reads_thousands_with_and_without_commas(n):
    assert number(f"son {n} pesos") == number(f"${n:,}") == n


@given(st.integers(0, 9999), st.integers(0, 99))
def test_number_reads_a_decimal_point_or_comma(whole, cents):
    assert number(f"{whole}.{cents:02}") == number(f"{whole},{cents:02}") == float(f"{whole}.{cents:02}")


@given(st.text(max_size=60))
def test_number_never_raises(text):
    number(text)


@pytest.mark.parametrize(
    "question, text, expected",
    [
        (CHOICE, "2", True),
        (CHOICE, "El segundo", True),
        (CHOICE, "chamba", True),
        (CHOICE, "quiero hablar con una persona de mi chamba", False),
        (HOURS, "3", True),
        (HOURS, "tres", True),
        (HOURS, "tres horas", False),
        (PLACE, "Jalisco", True),
        (PLACE, "edomex", True),
        (PLACE, "vivo en jalisco", False),
        (DATE, "15", True),
        (DATE, "el martes", False),
        (TEXT, "menú", False),
    ],
)
def test_is_exact_only_for_nothing_but_an_answer(question, text, expected):
    assert is_exact(question, text, STATES) == expected


@given(st.text(max_size=20), st.text(max_size=20) | st.integers())
def test_tap_is_a_payload_rasa_can_read(question, value):
    payload = tap(question, value)
    assert payload.startswith("/answer")
    assert json.loads(payload.removeprefix("/answer")) == {"q": question, "v": value}


@pytest.mark.parametrize(
    "said, pesos",
    [
        ("como 500", 500),
        ("300 a la semana", 1300),
        ("1,200 semanales", 5200),
        ("mil a la quincena", 2000),
        ("60 diarios", 1825),
        ("500 cada ocho días", 2167),
        ("12 mil al año", 1000),
        ("2 mil al mes", 2000),
    ],
)
def test_pesos_are_turned_into_a_months(said, pesos):
    asked = Question(id="x", text=("?",), kind="number", why="w", hint="h", per="month")
    assert parse(asked, said, date(2026, 11, 23), {}) == pesos
