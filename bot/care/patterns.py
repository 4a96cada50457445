"""The pattern language of the safety net: what editors write in `patterns/*.yml`, compiled once and matched fast.

A pattern is words in a row:   mi <esposo> .. me <pegar>
    word or a|b       this word, in any spelling        <group>     any word of a group of lexicon.yml
    x?                may be missing                    !x          the next word must not be this
    ..  ...  ....     up to 3, 7, 14 words between      ^  $        where the message begins, ends
    a & b             both, anywhere in the message     @set        any pattern of the named set
Fillers ("ya", "muy", "siempre") may stand between any two words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.care.lexicon import FILLER, NOTHING, Labels, Lexicon
from bot.care.spelling import key

Span = tuple[int, int]

_GAPS = {"..": 3, "...": 7, "....": 14}
_COMMON = frozenset(
    [
        "me",
        "m",
        "n",
        "le",
        "la",
        "lo",
        "el",
        "a",
        "de",
        "d",
        "en",
        "mi",
        "se",
        "no",
        "ke",
        "un",
        "una",
        "los",
        "las",
        "ia",
        "i",
        "o",
        "su",
        "<me>",
        "<le>",
    ]
)


@dataclass(frozen=True)
class Slot:
    """One place in a pattern: what fits, and how many words may stand before it."""

    fits: Labels
    gap: int = 0
    optional: bool = False
    never: bool = False
    edge: str = ""


Row = tuple[Slot, ...]


@dataclass(frozen=True)
class Pattern:
    """Found when every part is; a part is one row or the alternatives of a set, as row numbers."""

    parts: tuple[frozenset[int], ...]


class Compiler:
    """Turns pattern text into numbered rows; every word it meets joins the lexicon, so its slips are repaired too."""

    def __init__(self, lexicon: Lexicon, sets: dict[str, list[str]]) -> None:
        self.lexicon = lexicon
        self.rows: list[Row] = []
        self.texts: list[str] = []
        self.sets = {name: frozenset(map(self._number, texts)) for name, texts in sets.items()}

    def pattern(self, text: str) -> Pattern:
        return Pattern(tuple(self._alternatives(part.strip()) for part in text.split("&")))

    def _alternatives(self, text: str) -> frozenset[int]:
        return self.sets[text[1:]] if text.startswith("@") else frozenset({self._number(text)})

    def _number(self, text: str) -> int:
        self.rows.append(self.row(text))
        self.texts.append(text)
        return len(self.rows) - 1

    def row(self, text: str) -> Row:
        slots: list[Slot] = []
        gap = 0
        for item in text.split():
            if item in _GAPS:
                gap = _GAPS[item]
            elif item in "^$":
                slots.append(Slot(NOTHING, edge=item))
            else:
                slots.append(self._slot(item, gap))
                gap = 0
        return tuple(slots)

    def _slot(self, item: str, gap: int) -> Slot:
        bare = item.removeprefix("!").removesuffix("?")
        fits = frozenset(word if word.startswith("<") else key(word) for word in bare.split("|"))
        unknown = [label for label in fits if label.startswith("<") and label not in self.lexicon.names]
        if unknown or not all(fits):
            raise ValueError(f"no such group: {unknown} in {item}")
        self.lexicon.learn({sound for sound in fits if not sound.startswith("<")})
        return Slot(fits, gap, item.endswith("?"), item.startswith("!"))


def needed(row: Row) -> list[Labels]:
    """What must be in a message for the row to match at all."""
    return [slot.fits for slot in row if not (slot.optional or slot.never or slot.edge)]


def rarest(row: Row) -> Labels:
    """The labels a row is filed under: those of the slot that fits least, common words weighing most."""
    return min(needed(row), key=lambda fits: sum(map(_commonness, fits)))


def _commonness(label: str) -> int:
    return 20 if label in _COMMON else 3 if label.startswith("<") else 1


def find(row: Row, tokens: list[Labels]) -> Span | None:
    """The first place where `row` matches, as (start, end) in tokens."""
    for start in range(len(tokens)):
        if not row[0].edge and not row[0].optional and tokens[start].isdisjoint(row[0].fits):
            continue
        end = _end(row, 0, tokens, start)
        if end is not None:
            return start, end
    return None


def _end(row: Row, at: int, tokens: list[Labels], here: int) -> int | None:
    """Where `row[at:]` ends when it is read from token `here`; None when it does not match."""
    if at == len(row):
        return here
    slot = row[at]
    if slot.edge:
        met = here == 0 if slot.edge == "^" else all(FILLER in token for token in tokens[here:])
        return _end(row, at + 1, tokens, here) if met else None
    if slot.never:
        following = next((token for token in tokens[here:] if FILLER not in token), NOTHING)
        clear = following.isdisjoint(slot.fits)
        return _end(row, at + 1, tokens, here) if clear else None
    left, place = slot.gap, here
    while place < len(tokens):
        if not tokens[place].isdisjoint(slot.fits):
            end = _end(row, at + 1, tokens, place + 1)
            if end is not None:
                return end
        if at == 0 or (FILLER not in tokens[place] and left == 0):
            break
        left -= FILLER not in tokens[place]
        place += 1
    return _end(row, at + 1, tokens, here) if slot.optional else None


def load_yaml(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
