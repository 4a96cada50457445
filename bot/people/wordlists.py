"""The lists of names.txt, and what the sound and the shape of a word say of it. Used by `names` and `addresses`.

People spell names as they hear them (jhonatan, yadhira, estefany, maicol), so given names are compared by sound.
A word on no list at all (`is_stranger`) is often a name nobody thought of: after a cue that is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.language import fold

WORD = re.compile(r"[^\W\d_]++(?!\d)")
_SOUNDS = [
    (re.compile(shape), sound)
    for shape, sound in [
        (r"ch", "#"),  # kept apart while c becomes k or s
        (r"ph", "f"),
        (r"sh", "s"),
        (r"h", ""),
        (r"qu?(?=[ei])|q|ck", "k"),
        (r"c(?=[eiy])|z", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])|^[xyi](?=[aeou])|^ll", "j"),
        (r"ll|y", "i"),
        (r"v", "b"),
        (r"^gu(?=[aei])|w", "u"),
        (r"n(?=[bp])", "m"),
        (r"(.)\1+", r"\1"),
    ]
]
_BY_SOUND = 5
"""Shorter words sound like too many others ("bino", "saves")."""
_ORDINARY_ENDING = re.compile(
    r"(?:[aei]ndol?[aeo]?s?|[ai]d[ao]s?|mente|[cs]ion(?:es)?|dad(?:es)?|ab[ao]n?|abas|aron|ieron|aste|iste|"
    r"amos|emos|imos|"
    r"[aei]r(?:l[aeo]s?|me|te|se|nos)?|[aei]ria[ns]?|ias?|ian|istas?|er[ao]s?|os[ao]s?|ados?|antes?|entes?|"
    r"iv[ao]s?|ic[ao]s?|"
    r"ables?|ibles?|eñ[ao]s?|ec[ao]s?|tec[ao]s?|ens[ei]s?|an[ao]s?|es[ao]s?|it[ao]s?|ot[ea]s?|ill[ao]s?|"
    r"ci[ao]s?|ment[ao]s?|"
    r"uras?|aj[eo]s?|ez|anz[ao]s?|enci[ao]s?|al(?:es)?|or(?:a|es|as)?|on(?:a|es|as)?|il(?:es)?|[aeiou]s)$"
)
_NAME_ENDING = re.compile(r"(?:[eiu]lia|ilda|linda|berta)$")
_FOREIGN_SHAPE = re.compile(
    r"[^aeiounlrszdy]$|[aeiou](?:tl|tz|xtl)[aeiou]|tz|x[^aeiouptc]|^x|[kw]|[^aeiou]y$|nn|th|sh|ee|oo"
)
_KIND = ("given", "given_words", "surnames")


_SHORT = frozenset("ma mª fco gpe jse ant frco guad alej mtn ml".split())
"""Given names in short, often with a full stop: "Ma. del Carmen"."""


@dataclass(frozen=True)
class Word:
    """A word of a message and where it stands; `plain` is folded (no capitals, no accents)."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


def words(text: str) -> list[Word]:
    """The words of a message. SHOUTED: capitals say nothing, so there are none."""
    seen = text.lower() if text.isupper() else text
    return [Word(at.start(), at.end(), seen[at.start() : at.end()], fold(at.group())) for at in WORD.finditer(text)]


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The sections of names.txt."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    phrases = {name: "|".join(sections.pop(name)).split("|") for name in ("public", "towns")}
    single = {name: " ".join(lines).split() for name, lines in sections.items()}
    return {name: frozenset(found) for name, found in (single | phrases).items()}


def sound(plain: str) -> str:
    """How a name sounds: "jhonatan" and "Jonathan" are one, "yessica" and "Jessica" too."""
    for shape, letter in _SOUNDS:
        plain = shape.sub(letter, plain)
    return plain


@lru_cache(maxsize=1)
def _given_sounds() -> frozenset[str]:
    return frozenset(sound(name) for name in lists()["given"] if len(name) >= _BY_SOUND)


@lru_cache(maxsize=8192)
def is_given(plain: str) -> bool:
    """A given name that is nothing else: on the list, spelled otherwise, or made small ("karlita")."""
    known = lists()
    if plain in known["given"]:
        return True
    if any(plain in known[kind] for kind in ("given_words", "surnames", "never", "ordinary", "places", "towns")):
        return False
    return len(plain) >= _BY_SOUND and (sound(plain) in _given_sounds() or _is_small(plain))


def _is_small(plain: str) -> bool:
    """A diminutive of a listed name: "karlita", "fernandito", "joselin" is not."""
    stem, ending = plain[:-3], plain[-3:]
    if ending not in ("ita", "ito") or len(stem) < 4:
        return False
    given = lists()["given"]
    return any(name in given for name in (stem + ending[-1], stem + "e", re.sub("qu$", "c", stem) + ending[-1], stem))


@lru_cache(maxsize=8192)
def is_known(plain: str) -> bool:
    """A given name or a surname, even one that is also a word."""
    return plain not in lists()["never"] and (is_given(plain) or any(plain in lists()[kind] for kind in _KIND))


@lru_cache(maxsize=8192)
def is_stranger(plain: str) -> bool:
    """A word on no list and without the endings of Spanish verbs, nouns and adjectives."""
    known = lists()
    if len(plain) < 3 or any(plain in known[kind] for kind in ("never", "ordinary", "places", "towns")):
        return False
    return bool(_NAME_ENDING.search(plain)) or not _ORDINARY_ENDING.search(plain)


@lru_cache(maxsize=8192)
def looks_foreign(plain: str) -> bool:
    """A stranger that Spanish would not spell so: "tzitziki", "cuautle", "pech"."""
    return is_stranger(plain) and bool(_FOREIGN_SHAPE.search(plain))


def public_words(tokens: list[Word]) -> set[int]:
    """Words inside the name of a programme, a law, a place or someone famous."""
    taken: set[int] = set()
    for size in (2, 3, 4):
        for at in range(len(tokens) - size + 1):
            if " ".join(token.plain for token in tokens[at : at + size]) in lists()["public"]:
                taken.update(range(at, at + size))
    return taken


def is_short(plain: str) -> bool:
    """An initial, or a name in short: "Ma.", "Rdz."."""
    return len(plain) == 1 or plain in _SHORT or (plain in lists()["surnames"] and not re.search("[aeiou]", plain[:4]))
