"""What reviewers found wrong and editors accepted (tests/nlu/repaired.jsonl, written by the console) stays repaired."""

from __future__ import annotations

import json

import pytest

from bot.messages.choices import plain
from bot.review.sentences import Places, known
from tests.nlu.trained import intent_of

LINES = [json.loads(line) for line in Places().repaired.read_text(encoding="utf-8").splitlines()]


def lost(lines: list[dict[str, str]]) -> list[str]:
    """The sentences that no longer stand under their intent."""
    homes = {name: {plain(s) or s for s in said} for _, name, said in known(Places())}
    return [line["text"] for line in lines if (plain(line["text"]) or line["text"]) not in homes[line["intent"]]]


def test_every_repaired_sentence_still_teaches_its_intent():
    assert lost(LINES) == []


def test_a_sentence_that_was_taken_out_would_be_noticed():
    assert lost([{"text": "zafiro berenjena", "intent": "greet"}]) == ["zafiro berenjena"]


def misread(model, lines: list[dict[str, str]]) -> list[str]:
    """Each with what the model takes it for. More examples of its intent, near in meaning, are the remedy."""
    heard = [(line, intent_of(model, line["text"])[0]) for line in lines]
    return [f"{line['text']} -> {intent}, not {line['intent']}" for line, intent in heard if intent != line["intent"]]


def test_every_repaired_sentence_is_understood_by_the_trained_model(model):
    assert misread(model, LINES) == []


def test_a_sentence_that_is_misread_would_be_noticed(model):
    assert misread(model, [{"text": "hola", "intent": "greet"}]) == []
    assert misread(model, [{"text": "hola", "intent": "thank"}]) == ["hola -> greet, not thank"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["text"])
def test_no_sentence_is_repaired_twice(line):
    assert [one["intent"] for one in LINES if one["text"] == line["text"]] == [line["intent"]]
