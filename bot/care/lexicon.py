"""What each word of a message means to the net: its sound and its groups, whatever the spelling.

Read by the engine too, which learns with it (Python 3.10).
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.care.spelling import conjugate, key, parts, retyped, slips
from bot.language import fold, words

Labels = frozenset[str]

FILLER = "<relleno>"
LONGEST = 40
"""Letters of a word that is worth repairing: four words run together have fewer, a finger left on a key has more."""
NOTHING: Labels = frozenset()
_ENDINGS = {
    "<inf>": re.compile(r"..[aei]r(me|te|se|l[aeo]s?|nos)?$"),
    "<ger>": re.compile(r"(?!kuando$)..[aei]ndo(me|te|se|l[aeo]s?)?$"),
}
_DIGITS = re.compile(r"\d+|[^\W\d]+")


class Lexicon:
    """What each word means to the net: sound -> labels (the sound itself and its `<groups>`).

    `groups`: name -> words, as in groups.yml; `ordinary`: sounds of everyday words, which are no slips of grave ones.
    """

    def __init__(self, groups: dict[str, str], ordinary: frozenset[str]) -> None:
        self.labels: dict[str, Labels] = {}
        self.known = set(ordinary)
        for name, text in groups.items():
            for sound in _forms(text):
                self.labels[sound] = self.labels.get(sound, NOTHING) | {f"<{name}>", sound}
        self.known |= self.labels.keys()
        self.read = lru_cache(maxsize=8192)(self._read)

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
        if sound in self.known or not 2 <= len(sound) <= LONGEST:
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
