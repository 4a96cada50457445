"""What an answer means: the value in a text, or None when there is none. Pure functions of plain values."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from bot.content.models import Option, Question, QuestionKind, State
from bot.guidance.days import day, past_day
from bot.guidance.hours import hour
from bot.guidance.numbers import WORD_NUMBERS, number, times_a_month
from bot.language import words
from bot.messages.choices import name, plain

CHOOSES = (QuestionKind.CHOICE, QuestionKind.MULTI)
BEST_AND_WORST = 2
COUNTS = (QuestionKind.NUMBER, QuestionKind.SCALE)
JOINTS = re.compile(r",|;|\n|\by\b|\be\b|\+|/|\btambi[eé]n\b")
EMPTY = frozenset("el la los las un una de del a al en mi mis me lo que y o con para es se".split())
COMMON = EMPTY | frozenset(
    "yo tu su sus te le les si no ni sin ya mas muy todo todos toda todas nada algo otro otra otros otras por como pues"
    " tengo tener tiene hay ser soy estar estoy esta hacer hago hacen poner ir voy va quiero cosa cosas años entre"
    " hasta desde mayor menos solo nomas cuando donde quien falta tipo estas estos bien tanto gusta nunca nadie"
    " ninguno".split()
)
"""Words in which a paraphrase and an option may agree by chance."""
NEGATIONS = frozenset("no ni sin nunca tampoco".split())
ENDINGS = re.compile(
    r"(?<=\w{3})(?:asion(?:es)?|adora?s?|amiento|ando|iendo|[ai]d[oa]s?|[ai]r(?:l[oa]s?|me|se)?|er(?:l[oa]s?|me|se)?"
    r"|it[oa]s?|as|os|es|an|en|e|a|o|s)$"
)
SOUNDS = (
    (r"qu|[ck](?![eih])|ck", "k"),
    (r"[cz](?=[ei])|z|s+", "s"),
    ("v", "b"),
    (r"(?<!c)h", ""),
    ("ll", "y"),
    ("n(?=p|b)", "m"),
)
ALL = re.compile(r"(?:pues )?(?:los |las )?tod[oa]s\b(?! l[oa]s| mis)(?!.*\b(?:menos|excepto|no)\b)")
FUZZY = 84
FEW, LONG = 2, 5


def parse(question: Question, text: str, today: date, states: dict[str, State]) -> Any:
    """The answer to a question in a text; None when there is none. Raises nothing."""
    text = text.strip()
    if not text or text.startswith("/"):
        return None
    if question.kind is QuestionKind.TEXT:
        return text if re.search(r"\w", text) else None
    if question.kind is QuestionKind.CHOICE:
        option = option_in(question.options, text)
        return option.id if option else own_words(question, text)
    if question.kind is QuestionKind.MULTI:
        return options_in(question.options, text) or None
    if question.kind is QuestionKind.BEST_WORST:
        return options_in(question.options, text)[:BEST_AND_WORST] or None
    if question.kind is QuestionKind.TIME:
        return hour(text)
    if question.kind is QuestionKind.PLACE:
        return state_in(states, text)
    if question.kind is QuestionKind.DATE:
        return _dated(question, text, today)
    option = option_in(question.options, text) if question.kind is QuestionKind.NUMBER else None
    found = float(option.id) if option and option.id.isdecimal() else number(text)
    if found is not None and question.per:
        found = float(round(found * times_a_month(text)))
    return found if found is not None and question.min <= found <= question.max else None


def own_words(question: Question, text: str) -> str | None:
    """Her own words, where a choice takes them and there are any."""
    return text if question.free and re.search(r"\w\w", text) else None


def is_own(question: Question, value: Any) -> bool:
    """Whether an answer is her own words, not one of ours."""
    if question.kind is QuestionKind.TEXT:
        return value is not None
    return question.free and value is not None and value not in {o.id for o in question.options}


def is_whole(question: Question, value: list[str]) -> bool:
    """Whether one message answers a question that is answered by several taps."""
    if question.kind is QuestionKind.BEST_WORST:
        return len(value) == BEST_AND_WORST
    return len(value) > 1 or any(option.id == value[0] and option.alone for option in question.options)


def _dated(question: Question, text: str, today: date) -> str | None:
    """A day to come; where it is over, the latest such day there was."""
    when = past_day(text, today) if question.past else day(text, today)
    fits = when is not None and (when <= today if question.past else when >= today)
    return when.isoformat() if when and fits else None


def names_of(option: Option) -> list[str]:
    return [option.id, option.title, *option.also]


def option_in(options: tuple[Option, ...], text: str) -> Option | None:
    """The one option a text names: by place, by name, or by all the words of a name. Two that fit are none."""
    said = plain(text)
    exact = [o for o in options if said in map(plain, names_of(o))]
    if exact:
        return exact[0]
    place = name(text, [o.title for o in options])
    if place is not None:
        return options[place]
    hits = [o for o in options if any(_within(plain(n), said) for n in names_of(o))]
    if len(hits) == 1:
        return hits[0]
    alike = [] if hits else paraphrased(options, said)
    return _nearest(options, said) or (alike[0] if len(alike) == 1 else None)


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """What stays of a word however it is inflected or spelled by ear: "buscando" and "busco", "veca" and "beca"."""
    for typed, heard in SOUNDS:
        word = re.sub(typed, heard, word)
    return ENDINGS.sub("", word)


def _content(said: list[str]) -> set[str]:
    """The stems of the words that carry meaning; what is denied ("no estudio") is not said."""
    return {
        stem(w)
        for n, w in enumerate(said)
        if len(w) > 2 and w not in COMMON and not NEGATIONS & set(said[max(n - 2, 0) : n])
    }


def paraphrased(options: tuple[Option, ...], said: str) -> list[Option]:
    """The options that share a word with her own, one that no other option has. A yes is given, never guessed."""
    if any(plain(o.title).split()[:1] == ["si"] for o in options):
        return []
    theirs = [{s for n in names_of(o) if _is_short(n) for s in _content(words(n))} for o in options]
    mine = _content(words(said))
    return [o for n, o in enumerate(options) if _shared(mine, theirs[n] - set().union(*theirs[:n], *theirs[n + 1 :]))]


def _shared(mine: set[str], theirs: set[str]) -> bool:
    """Whether a stem is in both; long ones may differ by a letter."""
    long = [(a, b) for a in mine for b in theirs if min(len(a), len(b)) > LONG]
    return bool(mine & theirs) or any(fuzz.ratio(a, b) >= FUZZY for a, b in long)


def _is_short(title: str) -> bool:
    """A long way to say it has words of little weight: "no tengo quien cuide a mis hijos"."""
    return len(set(words(title)) - COMMON) <= FEW


def _within(title: str, said: str) -> bool:
    """Whether all that matters in a title is among the words said. Whole words: "si" is not in "necesito"."""
    need = set(title.split()) - EMPTY
    return bool(need) and need <= set(said.split())


def _nearest(options: tuple[Option, ...], said: str) -> Option | None:
    """A misspelling of one option's name, and of only one."""
    if len(said) < 4:
        return None
    scored = [(max(fuzz.ratio(said, plain(n)) for n in names_of(o)), o) for o in options]
    close = [o for score, o in scored if score >= FUZZY]
    return close[0] if len(close) == 1 else None


def options_in(options: tuple[Option, ...], text: str) -> list[str]:
    """All options a text names, in the order said."""
    whole = option_in(options, text)
    parts = [option_in(options, part) for part in JOINTS.split(text) if part.strip()]
    several = [o for o in options if any(_within(plain(n), plain(text)) for n in names_of(o))]
    named = [p for p in parts if p] or several
    only = whole and (len(named) < FEW or plain(text) in map(plain, names_of(whole)))
    found = [whole] if whole and only else named or paraphrased(options, plain(text))
    if not found and ALL.match(plain(text)):
        found = [o for o in options if not o.alone]
    return list(dict.fromkeys(o.id for o in found))


def state_in(states: dict[str, State], text: str) -> str | None:
    """The state a text names, typed as people type it: "edomex", "nvo leon", "vivo en Neza". Two that fit are none."""
    raw = {n.casefold(): state.id for state in states.values() for n in (state.id, state.name, *state.also)}
    if text.strip().casefold() in raw:
        return raw[text.strip().casefold()]  # before folding, which would make "qro" of "qroo"
    said = plain(text)
    known = {plain(n): state_id for n, state_id in raw.items()}
    if said in known:
        return known[said]
    inside = {sid for n, sid in known.items() if len(n) > 3 and f" {n} " in f" {said} "}
    longest = max((n for n in known if len(n) > 3 and f" {n} " in f" {said} "), key=len, default="")
    if inside:
        return known[longest] if len(inside) == 1 or len(longest.split()) > 1 else None
    if len(said) < 5:
        return None
    close = {sid for n, sid in known.items() if len(n) > 4 and fuzz.ratio(said, n) >= FUZZY}
    return close.pop() if len(close) == 1 else None


def is_exact(question: Question, text: str, states: dict[str, State]) -> bool:
    """Nothing but an answer: an option's name or number, a bare number, a state's name."""
    said = plain(text)
    if question.kind in COUNTS and (said.isdecimal() or said in WORD_NUMBERS):
        return True
    if question.kind is QuestionKind.PLACE:
        return any(said in map(plain, (s.name, *s.also)) for s in states.values())
    if question.kind is QuestionKind.DATE:
        return said.isdecimal()
    if question.kind is QuestionKind.TIME:
        return hour(text) is not None
    titles = [plain(n) for o in question.options for n in names_of(o)]
    if question.kind is QuestionKind.MULTI and all(
        plain(part) in titles for part in JOINTS.split(text) if part.strip()
    ):
        return True
    return said in titles or (bool(question.options) and name(text, [o.title for o in question.options]) is not None)


def tap(question: str, value: object) -> str:
    """The payload of a button that answers a question."""
    return "/answer" + json.dumps({"q": question, "v": value}, ensure_ascii=False)
