"""The second ear: hears what no written pattern foresaw.

A table of weights over words, their groups and their pairs (`patterns/weights.tsv`), learned from tests/care/dev.tsv
and the sentences of nlu_data by tests/care/train_ear.py. A message's answer is one sum, the same every time, and its
reasons are the words that weighed most.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from bot.care.lexicon import FILLER, Labels

FAR = 2
"""Pairs of words at most this far apart are features."""


def faces(token: Labels) -> list[str]:
    """What a word shows of itself: its groups, and the word."""
    groups = sorted(label for label in token if label.startswith("<") and label != FILLER)
    plain = [label for label in token if label and not label.startswith("<")]
    return [*groups, max(plain, key=lambda label: (len(label), label), default="#")]


def features(tokens: list[Labels]) -> set[str]:
    """Words, beginnings of long words, groups, and pairs of them: {"mano", "mete mano", "<nino> <pegar>", "golpe*"}."""
    shown = [faces(token) for token in tokens]
    found = {face for all_faces in shown for face in all_faces}
    found |= {f"{all_faces[-1][:5]}*" for all_faces in shown if len(all_faces[-1]) > 5}
    for at, first in enumerate(shown):
        for second in shown[at + 1 : at + 1 + FAR]:
            found.update(f"{one} {other}" for one in first for other in second)
    return found


@dataclass(frozen=True)
class Heard:
    """How likely it is that someone needs care, for what, and because of which words."""

    chance: float
    risk: str
    because: str


class Ear:
    """`classes`: the columns of the table; weights are relative to "nothing"."""

    def __init__(self, path: Path) -> None:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        self.classes = head.split("\t")[1:]
        rows = (line.split("\t") for line in lines)
        self.weights = {name: tuple(float(cell) / 100 for cell in cells) for name, *cells in rows}
        self.bias = self.weights.pop("")

    def hears(self, tokens: list[Labels]) -> Heard:
        known = [(name, self.weights[name]) for name in features(tokens) if name in self.weights]
        scale = 3 / math.sqrt(max(1, len(known)))
        totals = [bias + scale * sum(weights[at] for _, weights in known) for at, bias in enumerate(self.bias)]
        odds = [math.exp(min(total, 50)) for total in totals]
        best = max(range(len(totals)), key=totals.__getitem__)
        because = sorted(known, key=lambda pair: (-pair[1][best], pair[0]))[:3]
        return Heard(1 - 1 / (1 + sum(odds)), self.classes[best], ", ".join(name for name, _ in because))
