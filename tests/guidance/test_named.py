"""An option or a state, found by whatever it is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.content.models import Option
from bot.guidance.answers import option_in, options_in, state_in

CONTENT = load(ROOT / "content", "es-MX")
STATES = CONTENT.states

WAYS = (
    Option(id="employment", title="Un trabajo", also=("chamba", "empleo", "jale")),
    Option(id="business", title="Mi propio negocio", also=("negocio", "vender", "trabajar por mi cuenta")),
    Option(id="study", title="Volver a estudiar", also=("estudiar", "la escuela")),
)
YES_NO = Option(id="si", title="Sí, te doy permiso", also=("va",)), Option(id="no", title="No, gracias", also=("no",))


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
