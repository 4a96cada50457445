"""What is named in sentences by a hand that saw neither the lists nor the rules (bench/entities.py)."""

from __future__ import annotations

import sys

import pytest

from bot.config import ROOT

sys.path.insert(0, str(ROOT / "engine"))

from bench.entities import ROWS, figures, is_same, rows

FLOOR = {"recall": 0.85, "precision": 0.9, "value": 0.95}
"""For all kinds together; they guard against loss."""


@pytest.fixture(scope="module")
def measured() -> dict[str, tuple[float, float, float]]:
    return figures(rows(ROWS))


@pytest.mark.parametrize(("figure", "least"), enumerate(FLOOR.values()), ids=FLOOR)
def test_all_kinds_together(measured, figure, least):
    assert measured["all"][figure] >= least, measured


def test_a_row_says_where_its_entities_stand():
    wrong = [
        (row["text"], e) for row in rows(ROWS) for e in row["entities"] if not 0 <= e[0] < e[1] <= len(row["text"])
    ]
    assert wrong == []


def test_half_of_the_longer_span_is_enough():
    assert is_same([0, 10, "age", ""], [5, 10, "age", ""])
    assert not is_same([0, 11, "age", ""], [6, 11, "age", ""])
    assert not is_same([0, 10, "age", ""], [0, 10, "money", ""])
