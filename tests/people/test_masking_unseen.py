"""The mask on sentences by a hand that saw neither the lists nor the rules."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from bot.config import ROOT
from bot.people.masking import mask

NUMBERS, NAMES, FALSE = 0.95, 0.85, 0.05
FLOORS = dict.fromkeys(("phone", "email", "curp", "rfc", "card"), NUMBERS) | dict.fromkeys(("name", "address"), NAMES)
COVERED = 0.8


@cache
def rows() -> list[dict[str, Any]]:
    lines = (ROOT / "tests" / "masking" / "es-MX.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def is_hidden(row: dict[str, Any], start: int, end: int) -> bool:
    covered = sum(max(0, min(end, e) - max(start, s)) for s, e, _ in mask(row["text"]).spans)
    return covered >= COVERED * (end - start)


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_what_tells_who_someone_is_is_hidden(kind, floor):
    found = [is_hidden(row, start, end) for row in rows() for start, end, of in row["spans"] if of == kind]
    assert len(rows()) >= 200 and len(found) >= 10
    assert sum(found) / len(found) >= floor


def test_what_does_not_stays_readable():
    clean = [row["text"] for row in rows() if not row["spans"]]
    assert sum(bool(mask(text).spans) for text in clean) / len(clean) <= FALSE
