"""How easy a Spanish text is to read: Fernández-Huerta's scale, from 0 (hard) to 100 (very easy).

206.84 - 0.60 P - 1.02 F, where P is syllables per 100 words and F words per sentence (Fernández Huerta 1959, as
textstat computes it). 80 and more is easy, 70 to 80 rather easy. Our own three lines, because textstat brings nltk.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

WORD = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
END = re.compile(r"[.!?…]+(?:\s|$)|[\n:;•]+")
STRONG, CLOSED = "aeoáéó", "íú"
PLACE = re.compile(r"{\w+}")
LINK = re.compile(r"https?://\S+|[\w.-]+@\S+")
EASY = 80
"""The score from which a text is called easy."""


def syllables(word: str) -> int:
    """Syllables of a Spanish word: its vowel groups, two strong vowels or a stressed weak one apart."""
    said = re.sub(r"qu(?=[eiéí])", "k", re.sub(r"gu(?=[eiéí])", "g", unicodedata.normalize("NFC", word.lower())))
    said = re.sub(r"y(?![aeiouáéíóú])", "i", said)
    groups = re.findall(r"[aeiouáéíóúü]+", said)
    return max(sum(_parts(group) for group in groups), 1)


def _parts(group: str) -> int:
    """Syllables in vowels that stand together."""
    return 1 + sum((a in STRONG and b in STRONG) or a in CLOSED or b in CLOSED for a, b in pairwise(group))


def score(text: str) -> float:
    """The scale for a text; what is filled in and addresses are left out. A text without words is as easy as can be."""
    found = words(text)
    if not found:
        return 100.0
    sentences = max(sum(bool(WORD.search(part)) for part in END.split(_own(text))), 1)
    spoken = sum(map(syllables, found))
    return round(206.84 - 60.0 * spoken / len(found) - 1.02 * len(found) / sentences, 1)


def words(text: str) -> list[str]:
    """The words of a text itself."""
    return WORD.findall(_own(text))


def _own(text: str) -> str:
    return LINK.sub(" ", PLACE.sub(" ", text))
