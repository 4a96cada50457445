"""Ages, money and times in a message: every rule, and what only looks like it. The rules need no Rasa."""

from __future__ import annotations

import sys

import pytest

from bot.config import ROOT

sys.path.insert(0, str(ROOT / "engine"))

from rumbo_engine import amounts, times
from rumbo_engine.numbers import NUMBER, value
from rumbo_engine.spans import plain


def named(text: str, kind: str) -> list[tuple[str, str]]:
    """What of a kind is found: as it was typed, and its value."""
    found = [*amounts.find(text), *times.find(text)]
    return [(text[start:end], worth) for start, end, of, worth in found if of == kind]


def values(text: str, kind: str) -> list[str]:
    return [worth for _, worth in named(text, kind)]


# Numbers, ages, money


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("1,500", 1500),
        ("1.500", 1500),
        ("1.5 mil", 1500),
        ("5k", 5000),
        ("mil quinientos", 1500),
        ("3 mil 500", 3500),
        ("treinta y cuatro", 34),
        ("veinte mil", 20000),
        ("20,000.50", 20000.5),
        ("1.5", 1.5),
    ],
)
def test_numbers(typed, worth):
    found = NUMBER.fullmatch(typed)
    assert found and value(found.group()) == worth


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tengo 34", [("34", "34")]),
        ("17 años", [("17 años", "17")]),
        ("mi hija de 22 años", [("22 años", "22")]),
        ("tengo como treinta y cuatro anos", [("treinta y cuatro anos", "34")]),
        ("a los 15 me salí", [("15", "15")]),
        ("tengo dos de 5 y 8 años", [("5", "5"), ("8 años", "8")]),
        ("cumplí 40", [("40", "40")]),
    ],
)
def test_ages(text, found):
    assert named(text, "age") == found


@pytest.mark.parametrize(
    "text",
    [
        "hace 5 años",
        "tengo 5 años de experiencia",
        "llevo 12 años casada",
        "mi bebé tiene 8 meses",
        "tengo 2 hijos",
        "trabajé 20 años en la maquila",
        "estudiar tres años",
        "en 3 años termino",
        "tengo 34 pesos",
    ],
)
def test_no_age(text):
    assert values(text, "age") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cuesta $1,500", [("$1,500", "1500")]),
        ("1500 pesos", [("1500 pesos", "1500")]),
        ("me dan mil quinientos", [("mil quinientos", "1500")]),
        ("ahorrar 1.5 mil", [("1.5 mil", "1500")]),
        ("debo 5k", [("5k", "5000")]),
        ("quinientos varos", [("quinientos varos", "500")]),
        ("gano 1,800", [("1,800", "1800")]),
        ("son 850 a la semana", [("850", "850")]),
    ],
)
def test_money(text, found):
    assert named(text, "money") == found


@pytest.mark.parametrize(
    "text",
    [
        "mil gracias",
        "son 2 mil personas",
        "nació en dos mil veinte",
        "vendo 40 gelatinas",
        "trabajo 12 horas",
        "5512345678",
        "no tengo ni un peso",
        "tengo 34 años",
        "pago 3 cuotas",
    ],
)
def test_no_money(text):
    assert values(text, "money") == []


# When


@pytest.mark.parametrize(
    "text",
    [
        "el martes",
        "mañana",
        "por la mañana",
        "pasado mañana",
        "a las 7",
        "en la tarde",
        "los fines de semana",
        "al rato",
        "el 15 de marzo",
        "en 3 dias",
        "el martes a las 7",
        "mañana en la tarde",
        "de lunes a viernes",
        "a las 9 am",
        "de 8 a 2",
        "la próxima semana",
        "el sábado a las 10 de la mañana",
        "después de las 6",
        "entre semana",
        "el día 20",
        "de noche",
    ],
)
def test_when_is_one_span(text):
    sentence = f"puedo {text}"
    assert named(sentence, "time") == [(text, plain(text))]


@pytest.mark.parametrize(
    "text",
    [
        "ahorita no puedo",
        "ayer fui",
        "el lunes pasado",
        "hace 3 días",
        "hasta mañana",
        "buenas tardes",
        "dura 3 meses",
        "una de las tres",
        "desde la mañana",
        "por dos semanas",
        "me gustan las 3 rutas",
    ],
)
def test_not_when(text):
    assert values(text, "time") == []
