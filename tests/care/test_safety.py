"""The safety net on its development set (tests/care/dev.tsv), which it was tuned on: a floor against regressions.

How well it does on sentences it has never seen is measured elsewhere, on a set written by another hand.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.care import answers
from bot.care.safety import Finding, Risk, assess, net

ROWS = [
    tuple(line.split("\t")) for line in (Path(__file__).parent / "dev.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
NEED = [(text, risk) for text, risk in ROWS if risk != "none"]
CALM = [text for text, risk in ROWS if risk == "none"]
CARE = answers.load(Path(__file__).parents[2] / "content" / "es-MX" / "care.yml")
PERSON = "una persona de nuestro equipo"


def recall(change: Callable[[str], str] = lambda text: text) -> float:
    return sum(assess(change(text)) is not None for text, _ in NEED) / len(NEED)


def test_the_development_set_is_large_and_caught():
    assert len(NEED) >= 300 and len(CALM) >= 300
    false_alarms = sum(assess(text) is not None for text in CALM)
    assert recall() >= 0.985
    assert false_alarms / len(CALM) <= 0.03


@pytest.mark.parametrize("risk", list(Risk))
def test_each_class_is_told_from_the_others(risk):
    found = [assess(text) for text, wanted in NEED if wanted == risk]
    assert sum(finding is not None and finding.risk == risk for finding in found) / len(found) >= 0.95


def without_accents(text: str) -> str:
    return text.translate(str.maketrans("áéíóúüñÁÉÍÓÚÜÑ", "aeiouunAEIOUUN"))


def changed(text: str, edit: Callable[[str, int], str]) -> str:
    """One edit in the middle of a word of four letters or more, the same one every time."""
    words = list(re.finditer(r"\w{4,}", text))
    if not words:
        return text
    rng = random.Random(text)
    word = rng.choice(words)
    return text[: word.start()] + edit(word.group(), rng.randrange(1, len(word.group()) - 1)) + text[word.end() :]


def doubled(text: str) -> str:
    return changed(text, lambda word, at: word[:at] + word[at] + word[at:])


def swapped(text: str) -> str:
    return changed(text, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def joined(text: str) -> str:
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    at = random.Random(text).choice(spaces) if spaces else len(text)
    return text[:at] + text[at + 1 :]


@pytest.mark.parametrize("change", [without_accents, doubled, swapped, joined, str.upper])
def test_typing_slips_lose_at_most_three_points(change):
    assert recall() - recall(change) <= 0.03


def test_a_message_takes_under_a_millisecond():
    assess("hola")
    net().lexicon.read.cache_clear()
    start = time.process_time()
    for text, _ in ROWS:
        assess(text)
    assert (time.process_time() - start) / len(ROWS) < 0.001


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


def test_a_finding_says_which_pattern_fired_and_how_urgent_it_is():
    finding = assess("ayuda mi esposo me esta pegando ahorita")
    assert (
        finding and finding.severity == "now" and finding.pattern.startswith("violence.") and len(finding.pattern) <= 80
    )


def test_the_same_text_gives_the_same_finding():
    assert [assess(text) for text, _ in NEED[:50]] == [assess(text) for text, _ in NEED[:50]]


@pytest.mark.parametrize("risk", list(Risk))
@pytest.mark.parametrize("severity", ["now", "high", "concern"])
@pytest.mark.parametrize("doubtful", [True, False])
@pytest.mark.parametrize("state", [None, "JAL", "CMX", "MEX", "YUC"])
def test_every_answer_is_short_complete_and_names_a_line(risk, severity, doubtful, state):
    bubbles = answers.answer(Finding(risk, severity, "x", doubtful), state, CARE)
    assert 1 <= len(bubbles) <= 3 and all(len(bubble) <= 400 and "{" not in bubble for bubble in bubbles)
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
