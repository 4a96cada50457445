"""What an editor can get wrong in the rows of decisions, each told in a sentence that names the row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.checking_guide import problems
from bot.config import ROOT
from bot.content.library import ContentError, load

SHIPPED = ROOT / "content"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "content")


def change(content: Path, file: str, old: str, new: str) -> None:
    path = content / "es-MX" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_rows_are_whole():
    assert list(problems(load(SHIPPED, "es-MX"))) == []


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        ("occupations.yml", "skills: [manos, constancia]", "skills: [magia]", "magia is no skill"),
        ("occupations.yml", "minimum: caja", "minimum: cajita", "cajita is no professional minimum"),
        ("occupations.yml", "[CHH, NLE, COA, JAL]", "[XXX]", "XXX is no state"),
        ("occupations.yml", "son {share} de", "son {parte} de", "nothing fills {parte}"),
        ("occupations.yml", "id: ensamble_metal", "id: ensamble_electronico", "ensamble_electronico is used twice"),
        ("occupations.yml", "Armas tarjetas", "Por 9,000 pesos armas tarjetas", "nothing around it says where"),
        ("routes.yml", "service: conalep", "service: conalepp", "conalepp is no service"),
        ("routes.yml", "states: [MEX, JAL, PUE]", "states: [ZZZ]", "ZZZ is no state"),
        ("routes.yml", "  review: ", "  reviu: ", "review is said and is not there"),
        ("business.yml", "liked: [cocinar, vender]", "liked: [volar]", "volar is no liked answer"),
        ("assumptions.yml", "tienes {value} horas al día", "tienes {horas} horas", "hours: its text shows {value}"),
        ("assumptions.yml", "pathways: [study]", "pathways: [circo]", "circo is no pathway"),
        ("assumptions.yml", "- id: full_week", "- id: half_week", "full_week is reckoned with and is not there"),
        ("wages.yml", "NLE: [Anáhuac]", "NLX: [Anáhuac]", "NLX is no state"),
        (
            "practice.yml",
            "help: Di qué has hecho",
            "help: >-\n      " + "Di " * 250 + "qué has hecho",
            "600 are the most",
        ),
        ("strengths.yml", "- id: casa", "- id: cuidar", "the id cuidar is used twice"),
        ("values.yml", "Todavía no me dices", "[[Amiga|Amigo]], todavía", "needs three forms"),
        ("interests.yml", "  tie: ", "  empate: ", "empate is said by nobody"),
    ],
)
def test_a_mistake_between_files_is_named(content, file, old, new, said):
    change(content, file, old, new)
    assert any(said in problem for problem in problems(load(content, "es-MX")))


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        ("wages.yml", "source: CONASAMI, según El Economista", 'source: ""', "wages.yml: general.source"),
        ("occupations.yml", 'as_of: "2024-T1"', 'as_of: "hace poco"', "as_of"),
        ("assumptions.yml", 'missing: "Todavía no me dices cuánto necesitas al mes."', "min: 0", "needs `missing`"),
        ("assumptions.yml", "set: {start_in: 6}", "set: {suerte: 6}", "suerte, which is no assumption"),
        (
            "values.yml",
            "[dinero, propio, ayudar, respeto]",
            "[dinero, propio, ayudar, cerca]",
            "must stand in three rounds",
        ),
        ("interests.yml", "{id: acertijo, type: I", "{id: acertijo, type: R", "needs three items"),
        ("strengths.yml", "skills: [digital, resolver]", "skills: [volar]", "volar is no skill"),
        ("business.yml", "has: [estufa, refri]", "has: [nave]", "nave is nothing one may have"),
        ("practice.yml", "needs: [few, many]", "needs: [magia]", "magia is no rule"),
        ("occupations.yml", "sectors: [manufactura, automotriz]", "sectors: [magia]", "magia is no sector"),
    ],
)
def test_a_mistake_within_a_file_is_named(content, file, old, new, said):
    change(content, file, old, new)
    with pytest.raises(ContentError) as mistake:
        load(content, "es-MX")
    assert file in str(mistake.value) and said in str(mistake.value)
