"""Editors change a block while somebody is in it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.flows.blocks import answers, start
from tests.flows.talking import Talk, until

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
