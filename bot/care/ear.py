"""Hears a cry for help: a table of weights over what a message shows of its words, and one sum.

The table (`ear.npz`) is learned by `engine/rumbo_engine/hearing.py` from `nlu_data/<locale>/care/` and everyday talk.
A message has three faces: its words by their groups ("<pareja> <pegar>"), its words by their sound, and pieces of
words, which forgive spelling. The same text always gives the same sum, and the words that weighed most say why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bot.care.lexicon import FILLER, Labels, Lexicon
from bot.care.spelling import key
from bot.language import words

NOT_GROUPS = frozenset({FILLER, "<inf>", "<ger>"})
PIECES = (3, 4)
"""Letters in a piece of a word, its borders counted."""
Blocks = tuple[list[str], list[str], list[str]]


def face(token: Labels) -> str:
    """What a word shows of itself: its group where it has one, else its sound."""
    groups = sorted(label for label in token if label.startswith("<") and label not in NOT_GROUPS)
    sounds = (label for label in token if label and not label.startswith("<"))
    return groups[0] if groups else max(sounds, key=lambda label: (len(label), label), default="#")


def in_order(tokens: list[str], mark: str) -> list[str]:
    """Each word, each pair of neighbours, and each pair with a word between; the message's borders count as words."""
    framed = ["<", *tokens, ">"]
    pairs = [f"{mark}{a} {b}" for a, b in pairwise(framed)]
    gaps = [f"{mark}{a}_{b}" for a, b in zip(framed, framed[2:], strict=False)]
    return [mark + token for token in tokens] + pairs + gaps


def pieces(sounds: list[str]) -> list[str]:
    framed = [f" {sound} " for sound in sounds]
    return [f"~{word[at : at + size]}" for word in framed for size in PIECES for at in range(len(word) - size + 1)]


def blocks(text: str, lexicon: Lexicon) -> Blocks:
    """The three faces of a message. Their names begin with "", "=" and "~"."""
    sounds = [key(word) for word in words(text)]
    return in_order([face(token) for token in lexicon.tokens(text)], ""), in_order(sounds, "="), pieces(sounds)


@dataclass(frozen=True)
class Heard:
    """How likely it is that someone needs care, and for what."""

    chance: float
    risk: str


@dataclass(frozen=True)
class Ear:
    """`weights`: one row a feature, one column a class, relative to "nothing"; `idf`: how rare the feature is."""

    classes: tuple[str, ...]
    places: dict[str, int]
    idf: Any
    weights: Any
    bias: Any
    lexicon: Lexicon

    def hears(self, text: str) -> Heard:
        """The chance of each class is the softmax of its sum; "nothing" has the sum 0."""
        totals = self.bias + sum(shares.sum(axis=0) for _, shares in self._parts(text))
        odds = np.exp(np.minimum(totals, 50))
        return Heard(float(odds.sum() / (1 + odds.sum())), self.classes[int(odds.argmax())])

    def because(self, text: str, risk: str) -> str:
        """The three words or pairs that spoke loudest; pieces of words would say nothing to a person."""
        at = self.classes.index(risk)
        shares = [
            (float(row[at]), name) for names, rows in self._parts(text) for name, row in zip(names, rows, strict=True)
        ]
        loud = sorted((-share, name.lstrip("=")) for share, name in shares if not name.startswith("~") and share > 0)
        return ", ".join(list(dict.fromkeys(name for _, name in loud))[:3])

    def _parts(self, text: str) -> list[tuple[list[str], Any]]:
        return [part for block in blocks(text, self.lexicon) if (part := self._weigh(block)) is not None]

    def _weigh(self, block: list[str]) -> tuple[list[str], Any] | None:
        """What each known feature of a block adds to each class: TF-IDF of length one, times the weights."""
        known = [name for name in dict.fromkeys(block) if name in self.places]
        if not known:
            return None
        rows = np.fromiter((self.places[name] for name in known), np.int64, len(known))
        values = self.idf[rows]
        return known, self.weights[rows] * (values / math.sqrt(float(values @ values)))[:, None]


def load(path: Path, groups: dict[str, str]) -> Ear:
    """Read what `rumbo_engine.hearing` wrote: numbers and words, nothing that could run."""
    with np.load(path, allow_pickle=False) as table:
        names = bytes(table["names"]).decode().split("\n")
        ordinary = frozenset(bytes(table["ordinary"]).decode().split("\n"))
        classes = tuple(bytes(table["classes"]).decode().split("\n"))
        weights = table["weights"].astype(np.float32) * table["unit"]
        places = {name: place for place, name in enumerate(names)}
        return Ear(classes, places, table["idf"], weights, table["bias"], Lexicon(groups, ordinary))
