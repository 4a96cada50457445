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
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.care.spelling import conjugate, key, parts, retyped, slips
from bot.language import fold, words

Labels = frozenset[str]
Span = tuple[int, int]

FILLER = "<relleno>"
NOTHING: Labels = frozenset()
_GAPS = {"..": 3, "...": 7, "....": 14}
_ENDINGS = {
    "<inf>": re.compile(r"..[aei]r(me|te|se|l[aeo]s?|nos)?$"),
    "<ger>": re.compile(r"(?!kuando$)..[aei]ndo(me|te|se|l[aeo]s?)?$"),
}
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
    """Found when every part is; a part is one row or the alternatives of a set, as row numbers."""

    parts: tuple[frozenset[int], ...]


class Lexicon:
    """What each word means to the net: sound -> labels (the sound itself and its `<groups>`)."""

    def __init__(self, groups: dict[str, str], ordinary: frozenset[str]) -> None:
        self.labels: dict[str, Labels] = {}
        self.known = set(ordinary)
        for name, text in groups.items():
            for sound in _forms(text):
                self.labels[sound] = self.labels.get(sound, NOTHING) | {f"<{name}>", sound}
        self.names = {f"<{name}>" for name in groups} | {"<num>", "<edad_menor>", "<edad_joven>", *_ENDINGS}
        self.known |= self.labels.keys()
        self.read = lru_cache(maxsize=8192)(self._read)

    def learn(self, sounds: set[str]) -> None:
        for sound in sounds:
            self.labels.setdefault(sound, frozenset({sound}))
        self.known |= sounds

    def tokens(self, text: str) -> list[Labels]:
        """A message as a list of label sets, joined words apart and slips repaired."""
        found: list[Labels] = []
        for word in words(text):
            found.extend(self.read(word))
        return found

    def _read(self, word: str) -> tuple[Labels, ...]:
        if any(letter.isdecimal() for letter in word):
            pieces = _DIGITS.findall(word)
            return tuple(
                label for piece in pieces for label in ([_number(piece)] if piece.isdecimal() else self.read(piece))
            )
        sound = key(word)
        if sound in self.known or len(sound) < 2:
            return (self._known(sound),)
        repaired = [meant for meant in dict.fromkeys(retyped(fold(word))) if meant in self.known]
        if repaired:
            return (frozenset().union({sound}, *map(self._known, repaired)),)
        apart = parts(sound, self._cost) if len(sound) > 3 else ()
        if apart:
            return tuple(map(self._known, apart))
        meant = [self.labels[slip] for slip in slips(sound) if slip in self.labels]
        return (frozenset().union({sound}, *meant),)

    def _cost(self, sound: str) -> int:
        return 2 if sound in self.labels else 5 if sound in self.known else 0

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
