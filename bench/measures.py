"""What the understanding benches share: the sentences, and the figures over ranked guesses."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml

from bot.language import words

ROOT = Path(__file__).parents[1]
THRESHOLD, AMBIGUITY = 0.8, 0.05
"""As in config.yml: under the first, or closer than the second, nobody is guessing for the learner."""
Rows = list[tuple[str, str]]


@dataclass(frozen=True)
class Ranked:
    """A sentence, what it means, what it was taken for (the likeliest first), and the CPU seconds that took."""

    intent: str
    text: str
    guesses: list[tuple[str, float]]
    seconds: float = 0.0

    @property
    def first(self) -> str:
        return self.guesses[0][0] if self.guesses else ""

    @property
    def confidence(self) -> float:
        return self.guesses[0][1] if self.guesses else 0.0

    @property
    def is_right(self) -> bool:
        return self.first == self.intent

    @property
    def is_offered(self) -> bool:
        return self.intent in [name for name, _ in self.guesses[:3]]

    @property
    def is_unsure(self) -> bool:
        return self.confidence < THRESHOLD or self.confidence - self.guesses[1][1] < AMBIGUITY


@lru_cache(maxsize=1)
def training() -> Rows:
    rows = []
    for file in sorted((ROOT / "nlu_data" / "es-MX").glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            rows += [(entry["intent"], line[2:].strip()) for line in entry["examples"].splitlines() if line.strip()]
    return rows


def some(each: int) -> Rows:
    """So many sentences of every intent, always the same."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for intent, text in training():
        by_intent[intent].append(text)
    draw = random.Random(each)
    return [(i, text) for i, said in by_intent.items() for text in draw.sample(said, min(each, len(said)))]


@lru_cache(maxsize=1)
def test_set() -> Rows:
    """(intent, sentence), without those that also stand in the training data."""
    seen = {" ".join(words(text)) for _, text in training()}
    lines = (ROOT / "tests" / "nlu" / "es-MX.tsv").read_text(encoding="utf-8").splitlines()
    rows = [(line.split("\t")[0], line.split("\t")[1]) for line in lines if line.strip()]
    return [(intent, text) for intent, text in rows if " ".join(words(text)) not in seen]


def figures(ranked: list[Ranked]) -> dict[str, float]:
    return {
        "right at once": _share(r.is_right for r in ranked),
        "right, or among the choices when unsure": _share(r.is_offered if r.is_unsure else r.is_right for r in ranked),
        "within the first three": _share(r.is_offered for r in ranked),
        "unsure": _share(r.is_unsure for r in ranked),
        "macro-F1": macro_f1([(r.intent, r.first) for r in ranked]),
        "calibration error (ECE)": ece(ranked),
        "CPU ms a message": float(np.mean([r.seconds for r in ranked])) * 1000,
    }


def _share(found: object) -> float:
    return float(np.mean(list(found)))  # type: ignore[call-overload]


def macro_f1(pairs: Rows) -> float:
    wanted, given = Counter(w for w, _ in pairs), Counter(g for _, g in pairs)
    right = Counter(w for w, g in pairs if w == g)
    return float(np.mean([2 * right[i] / (wanted[i] + given[i]) for i in wanted]))


def recall(ranked: list[Ranked], least: int) -> dict[str, float]:
    """By intent, where there are sentences enough to say so."""
    by_intent: dict[str, list[bool]] = defaultdict(list)
    for r in ranked:
        by_intent[r.intent].append(r.is_right)
    return {intent: float(np.mean(right)) for intent, right in by_intent.items() if len(right) >= least}


def ece(ranked: list[Ranked], bins: int = 10) -> float:
    """Expected calibration error: how far confidence is from being right, in tenths, weighted by how many."""
    by_bin: dict[int, list[Ranked]] = defaultdict(list)
    for r in ranked:
        by_bin[min(int(r.confidence * bins), bins - 1)].append(r)
    gaps = [abs(np.mean([r.confidence - r.is_right for r in b])) * len(b) for b in by_bin.values()]
    return float(sum(gaps) / len(ranked))
