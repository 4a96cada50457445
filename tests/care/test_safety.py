"""The safety net on sentences by two writers who saw neither its data nor its code; near-copies are left out."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.care import answers
from bot.care.safety import HERE, Finding, Risk, assess
from bot.config import ROOT
from bot.content.library import load
from tests.care.slips import CHANGES

FILE = Path(__file__).parents[1] / "safety" / "es-MX.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
NEED = [(row["text"], row["risk"]) for row in ROWS if row["risk"] != "none"]
CALM = [row["text"] for row in ROWS if row["risk"] == "none"]
CARE = answers.load(ROOT / "content" / "es-MX" / "care.yml")
PERSON = "una persona de nuestro equipo"


def recall(change: Callable[[str], str] = lambda text: text, rows: list[tuple[str, str]] = NEED) -> float:
    return sum(assess(change(text)) is not None for text, _ in rows) / len(rows)


def test_cries_for_help_are_caught_and_alarms_are_right():
    alarms = sum(assess(text) is not None for text in CALM)
    assert len(NEED) >= 250 and len(CALM) >= 300
    assert recall() >= 0.97
    assert recall() * len(NEED) / (recall() * len(NEED) + alarms) >= 0.90


@pytest.mark.parametrize("risk", list(Risk))
def test_every_class_is_caught(risk):
    mine = [(text, wanted) for text, wanted in NEED if wanted == risk]
    assert len(mine) >= 50
    assert recall(rows=mine) >= 0.95


def test_classes_are_told_apart():
    found = [(assess(text), wanted) for text, wanted in NEED]
    assert sum(finding is not None and finding.risk == wanted for finding, wanted in found) / len(found) >= 0.93


def test_care_without_a_question_is_hardly_ever_wrong():
    """Who is sure leaves no room for the ordinary answer, so it must be right."""
    sure = [finding for text in CALM if (finding := assess(text)) and not finding.doubtful]
    assert len(sure) / len(CALM) <= 0.02


def test_everyday_talk_is_seldom_disturbed():
    rows = [line.split("\t") for line in (ROOT / "tests/nlu/es-MX.tsv").read_text(encoding="utf-8").splitlines()]
    talk = [text for intent, text in rows if not intent.startswith("report_")]
    assert sum(assess(text) is not None for text in talk) / len(talk) <= 0.03


def test_the_table_was_learned_from_these_sentences():
    sys.path.insert(0, str(ROOT / "engine"))
    from rumbo_engine import hearing

    with np.load(HERE / "ear.npz") as table:
        assert bytes(table["learned_from"]).decode() == hearing.digest(), "Run: make ear"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_typing_slips_lose_at_most_three_points(change):
    assert recall() - recall(change) <= 0.03


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("mi esposo me pega", Risk.VIOLENCE),
        ("ya no quiero vivir", Risk.SELF_HARM),
        ("yanoquierovivir", Risk.SELF_HARM),
        ("mi tio me tocaba cuando tenia 8 años", Risk.CHILD_ABUSE),
        ("mi patron me quito mis papeles y no me deja salir", Risk.TRAFFICKING),
        ("mi bebe no respira", Risk.MEDICAL),
        ("no me pega pero me humilla diario", Risk.VIOLENCE),
        ("me muero de risa", None),
        ("me mata la tarea", None),
        ("no me pega", None),
        ("quiero ser psicóloga para ayudar a mujeres golpeadas", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_readings(text, risk):
    finding = assess(text)
    assert (finding and finding.risk) == risk


def test_a_finding_says_which_words_spoke_for_it_and_how_urgent_it_is():
    finding = assess("ayuda mi esposo me esta pegando ahorita")
    assert finding and finding.severity == "now" and len(finding.pattern) <= 80
    assert finding.pattern.startswith("violence: ") and "<pegar>" in finding.pattern


def test_the_same_text_gives_the_same_finding():
    assert [assess(text) for text, _ in NEED[:50]] == [assess(text) for text, _ in NEED[:50]]


@pytest.mark.parametrize("risk", list(Risk))
@pytest.mark.parametrize("severity", ["now", "high", "concern"])
@pytest.mark.parametrize("doubtful", [True, False])
@pytest.mark.parametrize("state", [None, "JAL", "CMX", "MEX", "YUC"])
def test_every_answer_is_short_complete_and_names_a_line(risk, severity, doubtful, state):
    bubbles = answers.answer(Finding(risk, severity, "x", doubtful), state, CARE)
    assert len(bubbles) == 1 if doubtful else 1 <= len(bubbles) <= 3
    assert all(len(bubble) <= 400 and "{" not in bubble for bubble in bubbles)
    assert re.search(r"911|079|800 911 2000", " ".join(bubbles))
    assert doubtful or PERSON in " ".join(bubbles).lower()


def test_lines_are_those_of_the_state():
    finding = Finding(Risk.VIOLENCE, "high", "x")
    assert "33 1415 1002" in " ".join(answers.answer(finding, "JAL", CARE))
    assert "800 108 4053" in " ".join(answers.answer(finding, "MEX", CARE))
    for state in (None, *(set(CARE.lines.states) - {"CMX"})):
        assert "*765" not in " ".join(answers.answer(finding, state, CARE))


def test_violence_asks_first_whether_it_is_safe_and_offers_a_way_out():
    for severity in ("now", "high"):
        bubbles = answers.answer(Finding(Risk.VIOLENCE, severity, "x"), None, CARE)
        assert re.search(r"seguro escribir|sin riesgo", bubbles[0]) and "SALIR" in " ".join(bubbles)


def test_what_is_said_later_names_nothing():
    for text in (CARE.follow_up, CARE.closed):
        assert not re.search(r"violencia|daño|golp|peligro|ayuda|línea|911|079", text, re.IGNORECASE)
        assert assess(text) is None


def test_what_rumbo_offers_to_choose_is_no_cry_for_help_when_typed():
    """But for the three that are one: they lead to care by themselves."""
    content = load(ROOT / "content", "es-MX")
    offered = {o.title for i in content.interviews.values() for q in i.questions for o in q.options}
    offered |= set(content.intents.values()) - {"Una emergencia", "Ya no puedo más", "Alguien me hace daño"}
    sure = [title for title in offered if (finding := assess(title)) and not finding.doubtful]
    assert sure == []
