"""Finds the phrases of lookup tables in a message: whole words, the longest phrase first.

Phrases and messages are read through `bot.language`, so "kiero ser kosturera en edo. de mex" needs no table of its
own spellings. Names with a colon ("state:JAL") are values of a kind; names without one are groups of words.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from bot.language import words

FILE = "lookups.json"
LONG = 6  # letters from which one may be wrong
_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_BREAK = re.compile(r"[;:!?¿¡()\n]|(?<=\w{4})\.\s")  # the point of "edo. de mex" ends nothing
_AS_TYPED = {"qroo": ("quintana", "ro")}  # squeezed, it would be Querétaro; a final "oo" is read as one letter
_ALIKE = ("szc", "ckq", "bv", "gj", "jx", "mn", "iy", "ly", "nñ")

Word = tuple[str, int, int]  # as it is read, and where it stands in what was typed
Match = tuple[int, int, str]  # from, to, name of the table


@lru_cache(maxsize=8192)
def _as_read(token: str) -> tuple[str, ...]:
    return _AS_TYPED.get(token.lower()) or tuple(words(token))


def read(text: str) -> list[Word]:
    """The words of a message, abbreviations written out; all words of one abbreviation stand in its place."""
    return [(word, m.start(), m.end()) for m in _TOKEN.finditer(text) for word in _as_read(m.group())]


def kind_of(name: str) -> str:
    """What a name competes with: "state" of "state:JAL"; groups without a colon compete with each other."""
    return name.partition(":")[0] if ":" in name else ""


def _shortened(word: str) -> set[str]:
    return {word} | {word[:i] + word[i + 1 :] for i in range(len(word))}


def _sounds(one: str, other: str) -> bool:
    return one == other or any(one in sound and other in sound for sound in _ALIKE)


def is_one_letter_off(one: str, other: str) -> bool:
    """One letter too many or too few, swapped with its neighbour, or taken for one that sounds like it.

    Any other letter makes another word more often than a slip: borrar and bordar, cuanto and cuarto.
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if len(one) == len(other) == 1:
        return _sounds(one, other)
    return len(one) + len(other) <= 1 or (len(one) == 2 and one == other[::-1])


class Lookups:
    """Tables {name: [phrase]}; `known` are words that are right as they are, however near to one of a phrase."""

    def __init__(self, tables: dict[str, list[str]], known: Iterable[str] = ()) -> None:
        self.tables = tables
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[str]]]] = defaultdict(list)
        self._index()
        self._vocabulary = {
            word for first, found in self._by_first.items() for rest, _ in found for word in (first, *rest)
        }
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in self._vocabulary:
            for key in _shortened(word) if len(word) >= LONG else ():
                self._near[key].add(word)
        self.known = {word for word in known if word not in self._vocabulary and self._neighbours(word)}

    def _index(self) -> None:
        """By first word the rest of each phrase and the tables it stands in, longest first."""
        home: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name, phrases in self.tables.items():
            for phrase in phrases:
                if phrase_words := tuple(word for word, _, _ in read(phrase)):
                    home[phrase_words].append(name)
        for phrase_words in sorted(home, key=len, reverse=True):
            names = list(dict.fromkeys(home[phrase_words]))
            self._by_first[phrase_words[0]].append((phrase_words[1:], names))

    def find(self, text: str) -> Iterator[Match]:
        """Every phrase of the message, the longest of its kind at each place, none within another of its kind."""
        said = [(self._meant(word), start, end) for word, start, end in read(text)]
        heard = [word for word, _, _ in said]
        free: dict[str, int] = defaultdict(int)  # of each kind: the first word not yet taken
        for at, (word, start, _) in enumerate(said):
            for rest, names in self._by_first.get(word, ()):
                last = at + len(rest)
                open_names = [name for name in names if free[kind_of(name)] <= at]
                if not open_names or tuple(heard[at + 1 : last + 1]) != rest:
                    continue
                if _BREAK.search(text, start, said[last][2]):
                    continue
                for name in open_names:
                    free[kind_of(name)] = last + 1
                    yield start, said[last][2], name

    def _meant(self, word: str) -> str:
        """The word of a phrase that this one is, in the plural or with one letter wrong; or the word itself."""
        if word in self._vocabulary or len(word) < LONG:
            return word
        if word.endswith("s") and word[:-1] in self._vocabulary:
            return word[:-1]
        return word if word in self.known else min(self._neighbours(word), default=word)

    def _neighbours(self, word: str) -> list[str]:
        """First and last letter are right, or sound right: otherwise every "pueblo" were a "puebla"."""
        if len(word) < LONG or not word.isalpha():
            return []
        near = {other for key in _shortened(word) for other in self._near.get(key, ())}
        return [o for o in near if _sounds(o[0], word[0]) and o[-1] == word[-1] and is_one_letter_off(o, word)]

    def save(self, folder: Path) -> None:
        written = {"tables": self.tables, "known": sorted(self.known)}
        (folder / FILE).write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Lookups:
        return cls(**json.loads((folder / FILE).read_text(encoding="utf-8")))


def of_entities(tables: dict[str, list[str]], sentences: Iterable[str]) -> Lookups:
    """The tables of entities; a word that sentences hold more than once is no misspelling of another."""
    counted = Counter(word for sentence in sentences for word in words(sentence))
    known = (word for word, times in counted.items() if times > 1)
    return Lookups({name: phrases for name, phrases in tables.items() if kind_of(name)}, known)
