"""The masker on the sentences of its development: how much it hides of each kind, and what for nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.people.masking import mask

ROWS = [json.loads(row) for row in (Path(__file__).parent / "masking_dev.jsonl").read_text("utf-8").splitlines()]
FLOORS = {"name": 0.95, "address": 0.95, "phone": 0.97, "email": 0.97, "curp": 0.97, "rfc": 0.97, "card": 0.97}
FALSE_MASKS = 0.03
HIDDEN = 0.8
"""A span counts as hidden when this share of its characters is."""


def _is_hidden(text: str, start: int, end: int) -> bool:
    covered = sum(max(0, min(end, until) - max(start, since)) for since, until, _ in mask(text).spans)
    return covered >= HIDDEN * (end - start)


@pytest.mark.parametrize("kind", FLOORS)
def test_enough_of_a_kind_is_hidden(kind):
    spans = [(row["text"], start, end) for row in ROWS for start, end, found in row["spans"] if found == kind]
    missed = [text[start:end] for text, start, end in spans if not _is_hidden(text, start, end)]
    assert 1 - len(missed) / len(spans) >= FLOORS[kind], missed


def test_little_is_hidden_for_nothing():
    clean = [row["text"] for row in ROWS if not row["spans"]]
    masked = [mask(text).text for text in clean if mask(text).spans]
    assert len(masked) / len(clean) <= FALSE_MASKS, masked
