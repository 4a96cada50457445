"""`rumbo content check`: what is shipped is fine, and each mistake is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.checking import problems
from bot.config import ROOT
from bot.content.library import Library, load

MESSAGES = "es-MX/messages/conversation.yml"
WELCOME, PROJECT, WAY = (f"es-MX/interviews/{name}.yml" for name in ("bienvenida", "proyecto", "camino"))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of what is shipped, to be broken."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def broken(content: Path, file: str, old: str, new: str) -> list[str]:
    """The problems after one change; the old text must be there."""
    text = (content / file).read_text(encoding="utf-8")
    assert old in text
    (content / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return problems(content, "es-MX")


def test_what_is_shipped_has_no_problems():
    assert problems(ROOT / "content", "es-MX") == []


THANKS = "utter_thank:\n  text: Gracias a ti por tu confianza. Aquí sigo para lo que venga.\n"
PLAN = "title: Mi plan, go: my_plan}\n    - {"
IF_YES = 'ask_if: {consentimiento: ["si"]}'

ONE_CHANGE = {
    "es-MX/messages/conversation.yml": [
        ("Gracias a ti", "Gracias a ti. " * 50, "utter_thank: a bubble of"),
        ("go: resume", "go: resumee", "greet_resume: the button 'Seguir' leads to 'resumee'"),
        ("title: Seguir,", "title: Seguir con lo que iba,", "greet_resume: the choice 'Seguir con lo que iba' has 21"),
        ("title: Seguir,", "title: Seguir con lo que sigue ya,", "conversation.yml: greet_resume.buttons.0.title"),
        (PLAN, PLAN + "title: mi plan, go: menu}\n    - {", "greet_back: two choices have the same title"),
        ("  text: ¿Qué quieres", "  texto: ¿Qué quieres", "conversation.yml: menu"),
        (THANKS, "utter_thank:\n  text: [a, b, c, d]\n", "conversation.yml: utter_thank.text"),
        (THANKS, "utter_thank:\n  text: []\n", "conversation.yml: utter_thank.text"),
        ("menu:\n", 'menu: "\n', "conversation.yml"),
        ("Gracias a ti", "Gracias, {nombre}", "utter_thank: nothing fills {nombre}"),
        ("Gracias a ti", "Gracias {", "utter_thank"),
        (THANKS, "", "utter_thank"),
        ("\nwaiting:", "\nwaitin:", "waiting"),
    ],
    "es-MX/messages/odd.yml": [
        ("got_voice:", "menu:\n  text: x\ngot_voice:", "odd.yml: menu stands in two files"),
    ],
    WELCOME: [
        ("then: proyecto", "then: proyectos", "bienvenida: is followed by proyectos, which does not exist"),
        ("passes: [help", "passes: [helpp", "bienvenida: helpp is no intent"),
        ("saves: state", "saves: stat", "bienvenida.estado: nothing is kept as 'stat'"),
        ("expects: [affirm, deny]", "expects: [affirm, denny]", "bienvenida.consentimiento: denny is no intent"),
        (IF_YES, 'ask_if: {consentimiento: ["sip"]}', "bienvenida.nombre: asked if consentimiento is sip"),
        (IF_YES, 'ask_if: {edad: ["45+"]}', "bienvenida.nombre: ask_if looks at ['edad'], not asked before"),
    ],
    PROJECT: [
        ("start: [start_life_project", "start: [start_live", "proyecto: start_live is no intent"),
        ("id: orgullo", "id: nombre", "proyecto.nombre: this id stands in another block too"),
        ("id: importa", "id: orgullo", "proyecto: question orgullo appears twice"),
        ("    kind: text\n", "    kind: choice\n", "question orgullo: a choice needs options"),
        ("    kind: text\n", "    kind: txt\n", "proyecto.yml: questions.0.kind"),
    ],
    WAY: [
        ("{suggestion}", "{sugerencia}", "camino.elige: nothing fills {sugerencia}"),
        ("    why: ", "    porque: ", "camino.yml: questions.0"),
        ("title: Un trabajo", "title: Un trabajo que me guste mucho", "camino.yml: questions.0.options.0.title"),
        ("title: Un trabajo", "title: VOLVER A ESTUDIAR", "camino.elige: two choices have the same title"),
        ("id: employment", "id: business", "camino.elige"),
        ("minutes: 1", "minutes: 0", "camino.yml: minutes"),
        ("saves: pathway", "saves: dream", "no question keeps its answer as pathway"),
    ],
    "es-MX/pathways.yml": [
        ("values: [dinero]", "values: [plata]", "pathways: employment looks at importa: plata"),
        ("question: situacion", "question: oficio", "pathways: employment looks at oficio: busco"),
        ("weight: 4", "weight: 40", "pathways.yml: 0.reasons.1.weight"),
    ],
    "es-MX/tips/deuda.yml": [
        ("El pago de cada", "El pago de cada " * 60, "deuda.yml: 0.text"),
        ("id: deuda_cat", "id: deuda_total", "the id deuda_total is used twice"),
    ],
    "services.csv": [
        (",MEX,", ",MXX,", "services.csv: row 5, states: MXX is no state"),
        ("911,Emergencias 911,", "911,Emergencias, 911,", "services.csv: row 2, id: there are more cells"),
    ],
    "es-MX/notice.md": [("2026-", "", "notice.md: has no version")],
}
CASES = [(file, *change) for file, changes in ONE_CHANGE.items() for change in changes]


@pytest.mark.parametrize("file, old, new, named", CASES, ids=[f"{n} {case[3]}" for n, case in enumerate(CASES)])
def test_one_mistake_is_named(content, file, old, new, named):
    assert [problem for problem in broken(content, file, old, new) if named in problem] != []


@pytest.mark.parametrize("file", ["services.csv", "es-MX/notice.md", "es-MX/pathways.yml", "es-MX/states.yml"])
def test_a_file_that_is_gone_is_named(content, file):
    (content / file).unlink()
    assert Path(file).name in problems(content, "es-MX")[0]


def test_without_the_first_block_nothing_begins(content):
    (content / WELCOME).unlink()
    assert "there is no block bienvenida, with which everything begins" in problems(content, "es-MX")


@pytest.mark.parametrize("file", ["services.csv", "es-MX/notice.md", MESSAGES])
def test_a_file_saved_in_another_alphabet_is_named(content, file):
    text = (content / file).read_text(encoding="utf-8")
    (content / file).write_bytes(text.encode("cp1252", "replace"))
    assert Path(file).name in problems(content, "es-MX")[0]


def test_an_unknown_locale_is_named(content):
    assert "nah-MX" in problems(content, "nah-MX")[0]


@pytest.mark.parametrize("mistake", ["menu: [", "- hola", "menu: {text: []}"], ids=["no yaml", "a list", "no bubble"])
def test_a_mistake_made_while_rumbo_runs_keeps_what_was_good(content, mistake, monkeypatch):
    monkeypatch.setattr("bot.content.library.LOOK_EVERY", 0)
    library = Library(content, "es-MX")
    good = library.current()
    (content / MESSAGES).write_text(mistake, encoding="utf-8")
    assert library.current() == good


def test_a_change_made_while_rumbo_runs_is_said_at_once(content, monkeypatch):
    monkeypatch.setattr("bot.content.library.LOOK_EVERY", 0)
    library = Library(content, "es-MX")
    before = library.current().version
    assert broken(content, MESSAGES, "Gracias a ti", "Mil gracias a ti") == []
    assert library.current().words("utter_thank").startswith("Mil gracias a ti")
    assert library.current().version != before


def test_the_version_goes_by_what_is_written_and_nothing_else(content):
    shipped = load(ROOT / "content", "es-MX").version
    assert load(content, "es-MX").version == shipped
    broken(content, "es-MX/notice.md", "a", "e")
    assert load(content, "es-MX").version != shipped
