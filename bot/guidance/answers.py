"""What an answer means: the value in a text, or None when there is none. Pure functions of plain values."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from bot.content.models import Option, Question, QuestionKind, State
from bot.guidance.days import day
from bot.language import words
from bot.messages.choices import name, plain

CHOOSES = (QuestionKind.CHOICE, QuestionKind.MULTI)
COUNTS = (QuestionKind.NUMBER, QuestionKind.SCALE)
WORD_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"]
    )
} | {
    "un": 1,
    "una": 1,
    "ningun": 0,
    "ninguna": 0,
    "ninguno": 0,
    "medio": 0.5,
    "media": 0.5,
    "quince": 15,
    "veinte": 20,
}
ARTICLES = frozenset({"un", "una", "medio", "media"})
COUNTED = re.compile(r"(?:hora|dia|semana|mes|año|peso|vez|hijo|hija|niñ[oa]|persona|mil|y)\w*")
JOINTS = re.compile(r",|;|\n|\by\b|\be\b|\+|/|\btambi[eé]n\b")
EMPTY = frozenset(
    {
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "de",
        "del",
        "a",
        "al",
        "en",
        "mi",
        "mis",
        "me",
        "lo",
        "que",
        "y",
        "o",
        "con",
        "para",
        "es",
        "se",
    }
)
FUZZY = 84


def parse(question: Question, text: str, today: date, states: dict[str, State]) -> Any:
    """The answer to a question in a text; None when there is none. Raises nothing."""
    text = text.strip()
    if not text or text.startswith("/"):
        return None
    if question.kind is QuestionKind.TEXT:
        return text if re.search(r"\w", text) else None
    if question.kind is QuestionKind.CHOICE:
        option = option_in(question.options, text)
        return option and option.id
    if question.kind is QuestionKind.MULTI:
        return options_in(question.options, text) or None
    if question.kind is QuestionKind.PLACE:
        return state_in(states, text)
    if question.kind is QuestionKind.DATE:
        when = day(text, today)
        return when.isoformat() if when and when >= today else None
    found = number(text)
    return found if found is not None and question.min <= found <= question.max else None


def number(text: str) -> float | None:
    """The number in a text, in digits or in words. Thousands may have a comma."""
    said = words(text)
    thousand = 1000 if {"mil", "miles"} & set(said) else 1
    if found := re.search(r"-?\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|-?\d+(?:[.,]\d+)?", text):
        digits = found[0]
        return thousand * float(digits.replace(",", "") if re.search(r",\d{3}", digits) else digits.replace(",", "."))
    counted = next((float(WORD_NUMBERS[w]) for n, w in enumerate(said) if w in WORD_NUMBERS and _counts(said, n)), None)
    return thousand * (1.0 if counted is None else counted) if counted is not None or thousand > 1 else None


def _counts(said: list[str], place: int) -> bool:
    """Whether a number word counts something: "una" alone or "una hora", not "un montón"."""
    if said[place] not in ARTICLES:
        return True
    following = said[place + 1 : place + 2]
    return not following or bool(COUNTED.fullmatch(following[0]))


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
    return hits[0] if len(hits) == 1 else _nearest(options, said)


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
    found = [whole] if whole else [p for p in parts if p] or several
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
    if question.kind in COUNTS:
        return said.isdecimal() or said in WORD_NUMBERS
    if question.kind is QuestionKind.PLACE:
        return any(said in map(plain, (s.name, *s.also)) for s in states.values())
    if question.kind is QuestionKind.DATE:
        return said.isdecimal()
    titles = [plain(n) for o in question.options for n in names_of(o)]
    if question.kind is QuestionKind.MULTI and all(
        plain(part) in titles for part in JOINTS.split(text) if part.strip()
    ):
        return True
    return said in titles or (bool(question.options) and name(text, [o.title for o in question.options]) is not None)


def tap(question: str, value: object) -> str:
    """The payload of a button that answers a question."""
    return "/answer" + json.dumps({"q": question, "v": value}, ensure_ascii=False)
