"""Words as they sound: one key for all spellings of a word, every form of a verb, and repair of slips.

`bot.language` undoes what varies without meaning; the net needs more, because a cry for help is typed in a hurry:
"me golpio", "biolencia", "mepega", "mtaarme". All functions are pure; a word costs microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.language import fold

# In this order. Letters that sound alike in Mexican Spanish share one: b v, s c z x, k c q, g j, ll y i; h is silent.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"ch", "C"), (r"qu(?=[ei])", "k"), (r"q", "k"), (r"gu(?=[ei])", "G"), (r"g(?=[ei])", "j"), (r"ll|y", "i"),
        (r"c(?=[ei])|z|x", "s"), (r"c", "k"), (r"^[hw]ue|^gue|^we", "we"), (r"h", ""), (r"v", "b"), (r"ñ", "n"),
        (r"n(?=[bp])", "m"), (r"G", "g"), (r"([^\d])\1+", r"\1"),
    )
]  # fmt: skip
_LETTERS = "abdefgijklmnoprstuC"
_AR = (
    "o a as an amos e es en emos aste o aron aba abas aban abamos ara aras aran are aria arian arse ase asen ado ada "
    "ados adas ando ar"
)
_ER = (
    "o e es en emos imos a as an amos i iste io ieron ia ias ian iamos iera ieras ieran era eran ira iran eria iria "
    "irian ido ida idos idas iendo er ir"
)
_CLITICS = ["me", "te", "se", "le", "lo", "la", "nos", "les", "los", "las", "mela", "melo", "sela", "selo"]


@lru_cache(maxsize=16384)
def key(word: str) -> str:
    """How a word sounds: golpeó, GOLPEO -> golpeo; violencia, biolensia -> biolensia; daño -> dano."""
    sound = fold(word)
    for pattern, letter in _SOUNDS:
        sound = pattern.sub(letter, sound)
    return sound


def conjugate(infinitive: str, other_stem: str = "") -> Iterator[str]:
    """Every form people type of a verb, with pronouns hung on: pegar -> pega, pegó, pegaban, pegarme, pegándole."""
    stem, vowel = infinitive[:-2], infinitive[-2]
    for root in filter(None, (stem, other_stem)):
        for ending in (_AR if vowel == "a" else _ER).split():
            yield _joined(root, ending)
    gerund, command = stem + ("ando" if vowel == "a" else "iendo"), (other_stem or stem) + vowel.replace("i", "e")
    for form in (infinitive, gerund, command):
        yield from (form + clitic for clitic in _CLITICS)


def _joined(root: str, ending: str) -> str:
    """toc + e -> toque, peg + e -> pegue: the sound stays, the letter changes."""
    if ending[0] in "ei" and root[-1] in "cgz":
        root = root[:-1] + {"c": "qu", "g": "gu", "z": "c"}[root[-1]]
    return root + ending


def parts(sound: str, cost: Callable[[str], int], at_most: int = 4) -> tuple[str, ...]:
    """Words run together, taken apart: "mepega" -> ("me", "pega"). The cheapest cut wins; () when it cannot be.

    `cost` of a word: 0 when there is no such word, and less for words that matter here ("ya", "no" beat "llano").
    """
    best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(sound)
    for end in range(1, len(sound) + 1):
        for start in range(max(0, end - 14), end):
            before, price = best[start], cost(sound[start:end])
            if before is None or not price or len(before[1]) >= at_most:
                continue
            now = best[end]
            if now is None or before[0] + price < now[0]:
                best[end] = (before[0] + price, (*before[1], sound[start:end]))
    found = best[-1]
    return found[1] if found else ()


def retyped(word: str) -> Iterator[str]:
    """What was meant if two neighbours changed places or one was doubled, as sounds: "mtaarme" -> "matarme"."""
    for at in range(len(word) - 1):
        same = word[at] == word[at + 1]
        yield key(word[:at] + word[at + 1 :] if same else word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def slips(sound: str) -> Iterator[str]:
    """What may have been meant, one slip away: a letter lost; in longer words also one too many or a wrong one."""
    cut = [(sound[:i], sound[i:]) for i in range(len(sound) + 1)]
    if len(sound) >= 5:
        yield from (a + b[1:] for a, b in cut if b)
    if len(sound) >= 4:
        yield from (a + letter + b for a, b in cut for letter in _LETTERS)
    if len(sound) >= 6:
        yield from (a + letter + b[1:] for a, b in cut if b for letter in _LETTERS)
