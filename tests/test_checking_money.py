"""What an editor can get wrong in money cards, lessons and services, each told in a sentence that names the row."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from bot.checking_money import problems
from bot.config import ROOT
from bot.content.library import ContentError, load
from bot.content.services import Service

SHIPPED = ROOT / "content"
CONTENT = load(SHIPPED, "es-MX")
LOW = 'income: ["0", "1-3000", "3000-6000"]'


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "content"))


def change(content: Path, file: str, old: str, new: str) -> None:
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_shipped_is_whole():
    assert list(problems(CONTENT)) == []


WRONG = [
    ("tips/ahorro.yml", "Cuando te llegue", "Cuando " * 40 + "te llegue", "ahorro_primero: the card has"),
    ("tips/ahorro.yml", LOW, 'income: ["mucho"]', "ahorro_cambio: mucho is no answer about income"),
    ("tips/propio.yml", "  quiet: true\n", "", "propio_decidir: a card on her own money and papers is quiet"),
    ("tips/deuda.yml", "  topic: debt\n", "  topic: debt\n  quiet: true\n", "deuda_total: a card on her own money"),
    ("tips/propio.yml", "decidir tú.\n", "decidir tú sin tu pareja.\n", "propio_decidir: pareja may not stand"),
    ("lessons/money.yml", "next: sobres", "next: sobre", "senales_de_fraude: is followed by sobre"),
    ("lessons/money.yml", "next: guardar_con_meta", "next: sobres", "sobres: is followed by sobres"),
    ("lessons/business.yml", "pathways: [business]", "pathways: [circus]", "primera_venta: circus is no pathway"),
    ("lessons/business.yml", "{id: mitad,", "{id: fio,", "primera_venta: two answers have the same id or title"),
    ("lessons/business.yml", "title: Se las fío,", "title: Pido la mitad,", "primera_venta: two answers"),
    ("lessons/business.yml", "title: Se las fío,", "title: Se las fío hasta lunes,", "22 characters"),
    ("lessons/study.yml", "Se hace, y casi", "Cuesta 20 pesos, y casi", "hacer_tiempo: has a figure and no source"),
    ("lessons/study.yml", '  as_of: "2026-01-05"\n', "", "papeles_en_orden: a source needs its date"),
    ("lesson_paths.yml", "any: [", "todas: [", "any is missing"),
    ("lesson_paths.yml", "any: [", "any: [lo_que_ya_sabes, ", "any: lo_que_ya_sabes stands there twice"),
    ("lesson_paths.yml", "any: [", "any: [tejer, ", "any: tejer is no lesson"),
    ("lesson_paths.yml", "any: [", "any: [primera_venta, ", "any: primera_venta is for business"),
    ("lesson_paths.yml", "hacer_tiempo, ", "", "hacer_tiempo stands on no path"),
    ("money.yml", "  other: ", "  others: ", "envelope others is used nowhere"),
    ("money.yml", "  remote: ", "  remot: ", "note remote is missing"),
    ("money.yml", "- id: code", "- id: advance", "the id advance is used twice"),
]


@pytest.mark.parametrize("file, old, new, said", WRONG, ids=[f"{n} {case[3]}" for n, case in enumerate(WRONG)])
def test_one_mistake_is_named(content, file, old, new, said):
    change(content, f"es-MX/{file}", old, new)
    assert [problem for problem in problems(load(content, "es-MX")) if said in problem] != []


SHAPES = [
    ("es-MX/tips/ahorro.yml", "topic: saving", "topic: savings", "ahorro.yml: 0.topic"),
    ("es-MX/tips/ahorro.yml", "  ask_later: ¿Pudiste guardar tus 20 pesos?\n", "", "ahorro.yml: 0.ask_later"),
    ("es-MX/lessons/study.yml", "topic: study", "topic: school", "study.yml: 0.topic"),
    ("es-MX/lessons/study.yml", "  try: Escoge", "  prueba: Escoge", "study.yml: 0."),
    ("es-MX/lessons/study.yml", "title: Un rato para estudiar", "title: Un rato para estudiar en paz", "0.title"),
    (
        "es-MX/money.yml",
        "    groups:\n      - [likes,",
        "    groups:\n      - []\n      - [likes,",
        "a group without words",
    ),
    ("services.csv", ",072,", ",cero siete dos,", "services.csv: row 73, phone"),
    ("services.csv", ",18,29,", ",18,veintinueve,", "services.csv: row 50, to_age"),
    ("services.csv", "2026-11-22", "ayer", "services.csv: row 2, verified"),
    ("services.csv", ",high,", ",alta,", "services.csv: row 2, confidence"),
]


@pytest.mark.parametrize("file, old, new, said", SHAPES, ids=[case[3] for case in SHAPES])
def test_a_wrong_shape_is_named_with_its_place(content, file, old, new, said):
    change(content, file, old, new)
    with pytest.raises(ContentError) as wrong:
        load(content, "es-MX")
    assert said in str(wrong.value)


# Lessons


def test_there_are_enough_lessons_on_every_subject():
    subjects = [lesson.topic for lesson in CONTENT.lessons.values()]
    assert len(subjects) >= 26
    assert {s: subjects.count(s) >= 4 for s in set(subjects)} == dict.fromkeys(
        ("socioemotional", "digital", "employment", "business", "study", "money"), True
    )


def test_every_answer_of_a_lesson_is_met_kindly():
    said = [o.feedback.casefold() for x in CONTENT.lessons.values() for o in x.question.options]
    assert [
        text for text in said if any(w in text for w in ("incorrect", "equivocad", "te equivoc", "mal hecho"))
    ] == []
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", CONTENT.lessons)
def test_a_lesson_is_read_aloud_in_three_minutes(name):
    lesson = CONTENT.lessons[name]
    answer = max(len(o.feedback.split()) for o in lesson.question.options)
    words = sum(len(b.split()) for b in lesson.bubbles) + len(lesson.one_thing.split())
    assert words + len(lesson.question.text.split()) + answer <= 130 * lesson.minutes


def test_every_pathway_begins_the_same_and_soon_comes_to_its_own():
    paths = CONTENT.guide.lesson_paths
    assert {path[0] for path in paths.values()} == {"lo_que_ya_sabes"}
    assert all(CONTENT.lessons[paths[p][1]].pathways == (p,) for p in CONTENT.pathways)


# Services


def test_the_columns_of_the_file_are_those_of_the_shape():
    with (SHIPPED / "services.csv").open(encoding="utf-8") as file:
        assert set(next(csv.reader(file))) == set(Service.model_fields)


def test_only_a_service_that_somebody_verified_has_a_telephone():
    told = {s.id for s in CONTENT.services.values() if s.phone or s.whatsapp}
    assert told and {s for s in told if not (CONTENT.services[s].verified and CONTENT.services[s].verified_by)} == set()


def test_what_nobody_has_verified_says_so():
    for service in CONTENT.services.values():
        assert bool(service.verified) == bool(service.verified_by)
        assert service.verified is None or service.confidence in ("high", "medium")
