"""What is named in a message: every rule, and what only looks like it. The rules need no Rasa."""

from __future__ import annotations

import sys

import pytest

from bot.config import ROOT

sys.path.insert(0, str(ROOT / "engine"))

from rumbo_engine.entities import apart, find
from rumbo_engine.lookups import Lookups, is_one_letter_off, of_entities
from rumbo_engine.spans import plain

from bench.entities import lookups

TABLES = lookups()


def named(text: str, kind: str) -> list[tuple[str, str]]:
    """What of a kind is found: as it was typed, and its value."""
    return [(text[start:end], worth) for start, end, of, worth in find(text, TABLES) if of == kind]


def values(text: str, kind: str) -> list[str]:
    return [worth for _, worth in named(text, kind)]


# Lists


def test_the_longest_phrase_wins_and_offsets_are_those_of_the_typed_text():
    small = Lookups({"state:BCN": ["baja california"], "state:BCS": ["baja california sur"]})
    text = "¡Holaaa! Soy de BAJA  California  Súr"
    (found,) = small.find(text)
    assert found == (16, 37, "state:BCS") and text[16:37] == "BAJA  California  Súr"


def test_only_whole_words_are_found():
    assert list(Lookups({"state:MOR": ["morelos"]}).find("morelosenses")) == []


def test_abbreviations_are_written_out():
    small = Lookups({"x:1": ["para que"], "schooling:bachillerato": ["prepa"]})
    assert [(s, e) for s, e, _ in small.find("paq la preparatoria")] == [(0, 3), (7, 19)]


def test_one_wrong_letter_is_forgiven_unless_it_makes_a_known_word():
    tables = {"occupation:c": ["costurera", "soldadora"]}
    assert [n for _, _, n in Lookups(tables).find("kosturera")] == ["occupation:c"]
    assert list(Lookups(tables, known=["kosturera"]).find("kosturera")) == []
    assert list(Lookups({"state:PUE": ["puebla"]}).find("mi pueblo")) == []


@pytest.mark.parametrize(
    "pair", [("cocina", "cosina"), ("jalisco", "jaliso"), ("juarez", "jaurez"), ("lerma", "lerma")]
)
def test_one_letter_off(pair):
    assert is_one_letter_off(*pair)


@pytest.mark.parametrize("pair", [("bordar", "borrar"), ("cuarto", "cuanto"), ("leon", "lomo")])
def test_another_word_is_no_slip(pair):
    assert not is_one_letter_off(*pair)


def test_groups_without_a_colon_are_no_entities():
    assert set(of_entities({"state:JAL": ["jalisco"], "trabajo": ["chamba"]}, ["hola"]).tables) == {"state:JAL"}


def test_lookups_come_back_from_disk(tmp_path):
    of_entities({"occupation:c": ["costurera"]}, ["kosturera", "kosturera"]).save(tmp_path)
    again = Lookups.load(tmp_path)
    assert (again.tables, again.known) == ({"occupation:c": ["costurera"]}, {"kosturera"})


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence():
    assert list(Lookups({"state:NLE": ["nuevo leon"]}).find("compré uno nuevo. Leon me vio")) == []


# Places


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("vivo en edo. de mex", "MEX"),
        ("soy de Guerrero", "GRO"),
        ("hidalgo", "HID"),
        ("guanajauto", "GUA"),
        ("estoy en Qroo", "ROO"),
        ("llegué a la Ciudad de México", "CMX"),
    ],
)
def test_a_state(text, state):
    assert values(text, "state") == [state]


@pytest.mark.parametrize(
    "text",
    [
        "me llamo Laura Hidalgo",
        "mi nombre es ana guerrero y busco empleo",
        "vivo en la calle Morelos 12",
        "soy mexicana",
        "me llevaron a cortar tabaco",
        "soy de un pueblo",
        "la señora Guerrero me ayudó",
    ],
)
def test_no_state(text):
    assert values(text, "state") == []


@pytest.mark.parametrize(
    ("text", "town", "state"),
    [
        ("busco guardería en Ecatepec", "Ecatepec", "MEX"),
        ("soy de leon guanajuato", "leon", "GUA"),
        ("aquí en Juárez", "Juárez", "CHH"),
        ("san felipe gto", "san felipe", "GUA"),
        ("merida", "merida", "YUC"),
    ],
)
def test_a_municipality_has_the_letters_of_its_state(text, town, state):
    assert named(text, "municipality") == [(town, state)]


@pytest.mark.parametrize("text", ["me llamo leon", "soy Guadalupe y busco empleo", "benito juarez nacio en oaxaca"])
def test_no_municipality(text):
    assert values(text, "municipality") == []


def test_a_town_and_its_state_are_two():
    assert named("Cárdenas, Tabasco", "municipality") == [("Cárdenas", "TAB")]
    assert named("Cárdenas, Tabasco", "state") == [("Tabasco", "TAB")]


# Schooling, occupation, need


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("acabé la secu", "secundaria"),
        ("dejé la prepa", "bachillerato"),
        ("no sé leer ni escribir", "none"),
        ("tengo la carrera trunca", "universidad"),
        ("estudio en el conalep", "tecnica"),
    ],
)
def test_schooling(text, level):
    assert values(text, "schooling") == [level]


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("soy kosturera", "costura_taller"),
        ("mi esposo es albañil", "albanileria"),
        ("quiero ser maestra", "docencia"),
        ("trabajé de secretaria", "secretaria"),
        ("me gusta poner uñas", "manicure_unas"),
    ],
)
def test_occupation(text, trade):
    assert values(text, "occupation") == [trade]


@pytest.mark.parametrize("text", ["la doctora me dijo que no", "fui a la Secretaría del Trabajo", "examen médico"])
def test_who_serves_her_is_no_occupation_of_hers(text):
    assert values(text, "occupation") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("busco trabajo de costurera", [("trabajo", "employment")]),
        ("no tengo guardería", [("guardería", "childcare")]),
        ("guarderia", [("guarderia", "childcare")]),
        ("se me perdió mi INE", [("INE", "id_documents")]),
        ("tengo mucha ansiedad", [("ansiedad", "mental_health")]),
        ("me despidieron ayer", [("me despidieron", "employment")]),
        ("hay becas para mis hijos?", [("becas", "scholarship")]),
        ("nesesito un abogado", [("abogado", "legal")]),
    ],
)
def test_need(text, found):
    assert named(text, "need") == found


@pytest.mark.parametrize(
    "text",
    [
        "yo trabajo en una fábrica",
        "me costó trabajo entenderle",
        "ayer mi hermano salió del hospital",
        "mi trabajo me gusta",
        "quiero poner una guardería",
        "no puedo usar el celular en horas de trabajo",
        "la doctora me dijo que descanse",
    ],
)
def test_what_is_neither_wanted_nor_missing_is_no_need(text):
    assert values(text, "need") == []


def test_an_occupation_goes_before_a_need_and_the_longer_before_the_shorter():
    spans = [(0, 30, "need", "x"), (5, 10, "occupation", "y"), (40, 45, "age", "5"), (38, 50, "money", "5")]
    assert apart(spans) == [(5, 10, "occupation", "y"), (38, 50, "money", "5")]


def test_folding_keeps_every_place():
    text = "Ñandú ÁÉÍ ½ ﬁ İstanbul 🙋‍♀️ 𝗺𝗮𝗿𝘁𝗲𝘀"
    assert len(plain(text)) == len(text) and plain("ÑÁ") == "ña"
