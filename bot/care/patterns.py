"""The pattern language of the safety net: what editors write in `patterns/*.yml`, compiled once and matched fast.

A pattern is words in a row:   mi <esposo> .. me <pegar>
    word or a|b       this word, in any spelling        <group>     any word of a group of lexicon.yml
    x?                may be missing                    !x          the next word must not be this
    ..  ...  ....     up to 3, 7, 14 words between      ^  $        where the message begins, ends
    a & b             both, anywhere in the message     @set        any pattern of the named set
Fillers ("ya", "muy", "siempre") may stand between any two words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.care.spelling import conjugate, key, parts, slips
from bot.language import words

Labels = frozenset[str]
Span = tuple[int, int]

FILLER = "<relleno>"
NOTHING: Labels = frozenset()
_GAPS = {"..": 3, "...": 7, "....": 14}
_ENDINGS = {"<inf>": re.compile(r"..[aei]r(me|te|se|l[aeo]s?|nos)?$"), "<ger>": re.compile(r"..[aei]ndo(me|te|se|l[aeo]s?)?$")}
_DIGITS = re.compile(r"\d+|[^\W\d]+")


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
    """Rows that must all be found. A row may be a set of alternatives (`@name`)."""

    rows: tuple[tuple[Row, ...], ...]
    needs: tuple[Labels, ...] = field(default=(), compare=False)


class Lexicon:
    """What each word means to the net: sound -> labels (the sound itself and its `<groups>`)."""

    def __init__(self, groups: dict[str, str], ordinary: frozenset[str]) -> None:
        self.labels: dict[str, Labels] = {}
        self.known = set(ordinary)
        for name, text in groups.items():
            self.add(f"<{name}>", _forms(text))
        self.read = lru_cache(maxsize=8192)(self._read)

    def add(self, label: str, sounds: set[str]) -> None:
        for sound in sounds:
            self.labels[sound] = self.labels.get(sound, NOTHING) | {label, sound}
        self.known |= sounds

    def tokens(self, text: str) -> list[Labels]:
        """A message as a list of label sets, joined words apart and slips repaired."""
        found: list[Labels] = []
        for word in words(text):
            found.extend(self.read(word))
        return found

    def _read(self, word: str) -> tuple[Labels, ...]:
        if any(letter.isdigit() for letter in word):
            pieces = _DIGITS.findall(word)
            return tuple(label for piece in pieces for label in ([_number(piece)] if piece.isdigit() else self.read(piece)))
        sound = key(word)
        if sound in self.known or len(sound) < 2:
            return (self._known(sound),)
        apart = parts(sound, self.known) if len(sound) > 3 else ()
        if apart:
            return tuple(map(self._known, apart))
        meant = [self.labels[slip] for slip in slips(sound) if slip in self.labels]
        return (frozenset().union({sound}, *meant),)

    def _known(self, sound: str) -> Labels:
        endings = {label for label, pattern in _ENDINGS.items() if pattern.search(sound)}
        return self.labels.get(sound, NOTHING) | endings | {sound}


def _number(digits: str) -> Labels:
    value = int(digits[:4])
    ages = {"<edad_menor>"} if 0 < value < 18 else set()
    return frozenset({digits, "<num>"} | ages | ({"<edad_joven>"} if 9 <= value < 18 else set()))


def _forms(text: str) -> set[str]:
    """`~pegar` is every form of the verb, `~encerrar/encierr` with a second stem, `-pego` takes one form out."""
    kept: set[str] = set()
    out: set[str] = set()
    for item in text.split():
        if item.startswith("~"):
            infinitive, _, stem = item[1:].partition("/")
            kept.update(map(key, conjugate(infinitive, stem)))
        elif item.startswith("-"):
            out.add(key(item[1:]))
        else:
            kept.add(key(item))
    return kept - out


class Compiler:
    """Turns pattern text into `Pattern`s; every word it meets joins the lexicon, so that its slips are repaired too."""

    def __init__(self, lexicon: Lexicon, sets: dict[str, list[str]]) -> None:
        self.lexicon = lexicon
        self.sets = {name: tuple(self.row(text) for text in texts) for name, texts in sets.items()}

    def pattern(self, text: str) -> Pattern:
        rows = tuple(self._alternatives(part.strip()) for part in text.split("&"))
        needs = tuple(slot.fits for row in rows if len(row) == 1 for slot in row[0] if _is_needed(slot))
        return Pattern(rows, needs)

    def _alternatives(self, text: str) -> tuple[Row, ...]:
        return self.sets[text[1:]] if text.startswith("@") else (self.row(text),)

    def row(self, text: str) -> Row:
        slots, gap = [], 0
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
        for sound in fits:
            if not sound.startswith("<"):
                self.lexicon.add(sound, {sound})
        return Slot(fits, gap, item.endswith("?"), item.startswith("!"))


def _is_needed(slot: Slot) -> bool:
    return not (slot.optional or slot.never or slot.edge)


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


def matches(pattern: Pattern, tokens: list[Labels]) -> bool:
    return all(any(find(row, tokens) for row in rows) for rows in pattern.rows)


def load_yaml(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))
