"""What the engine learns from: no sentence twice, none nearly twice, none that a channel would not deliver."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.config import ROOT
from bot.language import words
from bot.messages.choices import plain

ALIKE = 93
"""Likeness, of 100, from which two sentences of one intent are one."""


def sentences() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, said in entries("intent"):
        found.setdefault(name, []).extend(said)
    return found


def entries(key: str) -> list[tuple[str, list[str]]]:
    """What stands under each intent or each lookup."""
    files = sorted((ROOT / "nlu_data").rglob("*.yml"))
    found = [entry for file in files for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]]
    lines = [(entry[key], entry["examples"].splitlines()) for entry in found if key in entry]
    return [(name, [line[2:].strip() for line in said if line.strip()]) for name, said in lines]


SENTENCES = sentences()


@pytest.mark.parametrize("intent", sorted(SENTENCES))
def test_no_two_sentences_of_an_intent_are_nearly_the_same(intent):
    said = [plain(s) or s for s in SENTENCES[intent]]
    alike = process.cdist(said, said, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.uint8)
    pairs = [(said[i], said[j]) for i, j in zip(*np.nonzero(np.triu(alike, 1)), strict=True)]
    assert pairs == []


def test_no_sentence_stands_under_two_intents():
    home: dict[str, set[str]] = {}
    for intent, said in SENTENCES.items():
        for sentence in said:
            home.setdefault(plain(sentence) or sentence, set()).add(intent)
    assert {s: i for s, i in home.items() if len(i) > 1} == {}


def test_sentences_are_what_people_type():
    odd = [s for said in SENTENCES.values() for s in said if not s or s.startswith("/") or any(c in s for c in "[]{}")]
    assert odd == []


def test_no_phrase_stands_twice_within_one_kind():
    """Read as the engine reads it. A group of words (no colon in its name) is a kind of its own."""
    seen: Counter[tuple[str, str]] = Counter()
    for name, phrases in entries("lookup"):
        seen.update((name.partition(":")[0], " ".join(words(phrase))) for phrase in phrases)
    assert [found for found, times in seen.items() if times > 1] == []


def test_every_phrase_has_words():
    assert [phrase for _, phrases in entries("lookup") for phrase in phrases if not words(phrase)] == []
