"""What reviewers found wrong and editors accepted (tests/nlu/repaired.jsonl, written by the console) stays repaired."""

from __future__ import annotations

import json

import pytest

from bot.messages.choices import plain
from bot.review.sentences import Places, known

LINES = [json.loads(line) for line in Places().repaired.read_text(encoding="utf-8").splitlines()]


def lost(lines: list[dict[str, str]]) -> list[str]:
    """The sentences that no longer stand under their intent."""
    homes = {name: {plain(s) or s for s in said} for _, name, said in known(Places())}
    return [line["text"] for line in lines if (plain(line["text"]) or line["text"]) not in homes[line["intent"]]]


def test_every_repaired_sentence_still_teaches_its_intent():
    assert lost(LINES) == []


def test_a_sentence_that_was_taken_out_would_be_noticed():
    assert lost([{"text": "zafiro berenjena", "intent": "greet"}]) == ["zafiro berenjena"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_no_sentence_is_repaired_twice(line):
    assert [one["intent"] for one in LINES if one["text"] == line["text"]] == [line["intent"]]
