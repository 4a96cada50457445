"""While a question is open: what answers it is kept as the answer, what asks for something else is served.

The sentences are by hands that saw neither the rules nor the training data; many were chosen because they look like
the other kind. `bot/guidance/wishes.py` was set with those of SET_WITH, so their floors guard against loss and prove
nothing more. UNSEEN is another voice, by which nothing was set; it is tried where it is there.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from bot.config import ROOT
from bot.content.library import load
from bot.content.models import Option, Question
from bot.guidance import answers, wishes
from bot.messages.choices import ALWAYS, plain
from tests.nlu.trained import intent_of

HERE = ROOT / "tests" / "nlu"
UNSEEN = "in_question_test.jsonl"
FLOOR_SET_WITH, FLOOR_UNSEEN = 0.95, 0.85
FLOORS = {"in_question.jsonl": FLOOR_SET_WITH, "in_question_dev.jsonl": FLOOR_SET_WITH, UNSEEN: FLOOR_UNSEEN}
CHOOSING = ("choice", "multi")
LONGEST = 24


def cases(name: str, kind: str) -> list[dict[str, Any]]:
    """Those of a file that are answers, or those that are requests. A choice that names no options is no case."""
    found = [json.loads(row) for row in (HERE / name).read_text(encoding="utf-8").splitlines() if row.strip()]
    return [row for row in found if row["is"] == kind and (row.get("options") or row["kind"] not in CHOOSING)]


def question_of(row: dict[str, Any]) -> Question:
    titles = row.get("options") or []
    options = tuple(Option(id=title, title=title[:LONGEST]) for title in titles)
    return Question(id="q", text=row["question"], kind=row["kind"], why="-", hint="-", options=options)


@cache
def places() -> Any:
    return load(ROOT / "content", "es-MX").states


def is_request(model, row: dict[str, Any]) -> bool:
    question = question_of(row)
    states = places()
    value = answers.parse(question, row["text"], date(2026, 11, 22), states)
    if plain(row["text"]) in ALWAYS:
        return True
    if answers.is_exact(question, row["text"], states):
        return False
    return wishes.is_request(question, row["text"], *intent_of(model, row["text"]), value)


@pytest.mark.parametrize("kind", ["answer", "request"])
@pytest.mark.parametrize("name", FLOORS)
def test_answers_and_requests_are_told_apart(model, name, kind):
    if not (HERE / name).exists():
        pytest.skip(f"{name} is not there")
    rows = cases(name, kind)
    wrong = [f"{row['question']} | {row['text']}" for row in rows if is_request(model, row) is (kind == "answer")]
    assert len(rows) > 50
    assert 1 - len(wrong) / len(rows) >= FLOORS[name], "\n".join(wrong)


@pytest.mark.parametrize("kind", CHOOSING)
def test_a_choice_is_tried_where_its_options_are_named(kind):
    assert len([row for row in cases("in_question_dev.jsonl", "answer") if row["kind"] == kind]) > 10
