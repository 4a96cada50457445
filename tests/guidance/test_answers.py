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
from bot.guidance.answers import is_exact, number, option_in, options_in, parse, state_in, tap

WEDNESDAY = date(2026, 11, 25)
CONTENT = load(ROOT / "content", "es-MX")
STATES = CONTENT.states

WAYS = (
    Option(id="employment", title="Un trabajo", also=("chamba", "empleo", "jale")),
    Option(id="business", title="Mi propio negocio", also=("negocio", "vender", "trabajar por mi cuenta")),
    Option(id="study", title="Volver a estudiar", also=("estudiar", "la escuela")),
)
YES_NO = Option(id="si", title="Sí, te doy permiso", also=("va",)), Option(id="no", title="No, gracias", also=("no",))


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
    "text, expected",
    [
        ("2", "business"),
        ("la tercera", "study"),
        ("chamba", "employment"),
        ("JALE", "employment"),
        ("quiero estudiar", "study"),
        ("pues mi propio negocio creo", "business"),
        ("negosio", "business"),
        ("volver a estdiar", "study"),
        ("study", "study"),
        ("negocio o escuela", None),
        ("algo", None),
        ("9", None),
    ],
)
def test_option_in_finds_the_one_that_is_named(text, expected):
    found = option_in(WAYS, text)
    assert (found and found.id) == expected


@pytest.mark.parametrize("text, expected", [("Sí!", "si"), ("va", "si"), ("no", "no"), ("necesito pensarlo", None)])
def test_option_in_compares_whole_words(text, expected):
    found = option_in(YES_NO, text)
    assert (found and found.id) == expected


@given(st.permutations(WAYS), st.sampled_from(["chamba", "negosio", "quiero estudiar", "negocio o escuela", "algo"]))
def test_option_in_does_not_depend_on_the_order_of_options(options, text):
    found, usual = option_in(tuple(options), text), option_in(WAYS, text)
    assert found == usual


@pytest.mark.parametrize(
    "text, expected",
    [
        ("chamba, negocio y escuela", ["employment", "business", "study"]),
        ("escuela y chamba", ["study", "employment"]),
        ("chamba también negocio", ["employment", "business"]),
        ("trabajar por mi cuenta", ["business"]),
        ("1 y 3", ["employment", "study"]),
        ("2", ["business"]),
        ("pues la chamba y no sé", ["employment"]),
        ("nada", []),
    ],
)
def test_options_in_finds_all_in_the_order_said(text, expected):
    assert options_in(WAYS, text) == expected


@given(st.text(max_size=60))
def test_options_in_names_known_options_once_each(text):
    found = options_in(WAYS, text)
    assert len(found) == len(set(found)) and set(found) <= {o.id for o in WAYS}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("edomex", "MEX"),
        ("edo de mex", "MEX"),
        ("Estado de México", "MEX"),
        ("vivo en Neza", "MEX"),
        ("nvo leon", "NLE"),
        ("en Nuevo León", "NLE"),
        ("CDMX", "CMX"),
        ("qro", "QUE"),
        ("qroo", "ROO"),
        ("baja california sur", "BCS"),
        ("soy de ciudad juarez", "CHH"),
        ("chiguagua", "CHH"),
        ("jalisko", "JAL"),
        ("tijuana", "BCN"),
        ("méxico", None),
        ("entre jalisco y puebla", None),
        ("aquí", None),
    ],
)
def test_state_in_knows_what_people_call_their_state(text, expected):
    assert state_in(STATES, text) == expected


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_state_is_found_by_its_name_in_a_sentence(state):
    assert state_in(STATES, f"vivo en {state.name.upper()}") == state.id


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_state_is_found_by_all_it_is_called(state):
    assert [name for name in state.also if state_in(STATES, name) != state.id] == []


CHOOSING = [(q.id, q) for i in CONTENT.interviews.values() for q in i.questions if q.options]


@pytest.mark.parametrize("question", [q for _, q in CHOOSING], ids=[n for n, _ in CHOOSING])
def test_every_option_is_found_by_all_it_is_called(question):
    said = [(option, name) for option in question.options for name in (option.id, option.title, *option.also)]
    assert [name for option, name in said if option_in(question.options, name) != option] == []


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
