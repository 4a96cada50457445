"""`rumbo content check` for the rows of decisions (`bot/content/guide.py`): links, places, lengths, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from bot import checking_money
from bot.content.figures import Sourced
from bot.content.gender import is_whole, longest
from bot.content.guide import Guide
from bot.content.library import Content
from bot.guidance.cashflow import FLOWS, USES
from bot.guidance.memory import questions
from bot.guidance.occupations import LEVELS
from bot.guidance.practice import RULES
from bot.guidance.traits import DONE

BUBBLE, TITLE = 600, 24
PLACE = re.compile(r"{(\w+)}")
MONEY = re.compile(r"\d[\d,.]* (?:pesos|por ciento)|\$ ?\d")
SAYS: dict[str, dict[str, str]] = {
    "wages": {
        "minimum": "pesos name year",
        "reported": "pesos",
        "reported_state": "pesos state",
        "below": "",
        "unsure_zone": "",
        "no_report": "",
        "from": "source as_of",
    },
    "occupations": {
        "interest": "you",
        "interest_from": "said you",
        "skill": "you",
        "state": "state",
        "level": "level",
        "no_level": "",
        "level_missing": "level",
        "hours": "hours own",
        "hours_missing": "hours own",
        "minors": "",
        "women": "share",
        "women_pay": "women men",
        "women_none": "",
        "women_from": "source as_of",
        "asks": "asks",
        "asks_unchecked": "",
        "learn": "places",
        "start": "start",
    },
    "routes": {
        "next": "done level",
        "first": "level",
        "online": "",
        "in_person": "",
        "pace": "hours",
        "trade": "",
        "age": "age",
        "age_unsure": "",
        "low": "",
        "ask": "what",
        "from": "source as_of",
        "pays": "pesos every payments",
        "children": "",
        "review": "day",
        "goal": "",
        "no_age": "",
        "lasts": "time",
        "years": "years",
        "half": "",
        "months": "months",
        "cost": "cost",
        "papers": "papers",
        "no_papers": "",
    },
    "interests": {"some": "likes", "all": "", "none": "", "tie": "", "and": ""},
    "values": {"one": "first", "tie": "all", "many": "all", "least": "last", "even": "", "none": "", "and": ""},
    "strengths": {"found": "you because", "also": "", "none": ""},
    "business": {
        "margin": "margin price cost",
        "loss": "margin",
        "nothing": "",
        "even": "units unit fixed week margin",
        "even_one": "fixed week margin",
        "even_none": "",
        "recover": "start units unit",
        "week": "units left",
        "week_even": "units",
        "week_short": "units left",
        "hers": "",
        "own_unit": "",
        "gives": "what",
        "costs": "what",
        "begin": "what",
        "from": "source as_of",
        "idea_has": "what",
        "idea_skill": "you",
        "idea_liked": "phrase",
    },
    "curriculum": {"contact": "", "reach": "", "wanted": "what", "missing": "titles", "ready": ""},
    "money": checking_money.SAYS,
}
"""The sentences code says out of each file, and the places it can fill in them."""
LINES = {
    "money": "first last income spent",
    "left": "total",
    "lacking": "total",
    "even": "",
    "reaches": "month needed",
    "never": "needed",
    "unasked": "",
    "promise": "",
}


def problems(content: Content) -> Iterator[str]:
    """Every problem found, each in one sentence that names the file and the row."""
    guide = content.guide
    for name, sentences in SAYS.items():
        yield from _says(name, getattr(guide, name).says, sentences)
    yield from _says("assumptions", guide.assumptions.lines, LINES)
    yield from _texts(guide)
    yield from _reckoning(guide)
    yield from _work(guide, content)
    yield from _study(guide, content)
    yield from _traits(guide, content)


def _says(file: str, said: dict[str, str], sentences: dict[str, str]) -> Iterator[str]:
    for name in sorted(set(sentences) ^ set(said)):
        yield f"{file}.yml: {name} {'is said and is not there' if name in sentences else 'is said by nobody'}"
    for name in set(sentences) & set(said):
        for place in sorted(set(PLACE.findall(said[name])) - set(sentences[name].split())):
            yield f"{file}.yml: {name}: nothing fills {{{place}}}"


def _texts(guide: Guide) -> Iterator[str]:
    for where, text, sourced in _all_texts(guide, "", False):
        if not is_whole(text):
            yield f"{where}: [[…]] needs three forms: feminine|masculine|without gender"
        if longest(text) > BUBBLE:
            yield f"{where}: a text of {longest(text)} characters; {BUBBLE} are the most"
        if MONEY.search(text) and not sourced:
            yield f"{where}: {text!r} has a figure, and nothing around it says where it comes from"


def _all_texts(value: Any, where: str, sourced: bool) -> Iterator[tuple[str, str, bool]]:
    """Every text under a value, where it stands and whether a source stands next to it."""
    if isinstance(value, str):
        yield where, value, sourced
    elif isinstance(value, BaseModel):
        name = getattr(value, "id", "")
        for key, inner in value:
            yield from _all_texts(inner, ".".join(filter(None, (where, name, key))), isinstance(value, Sourced))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _all_texts(inner, f"{where}.{key}", sourced)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _all_texts(inner, where, sourced)


def _reckoning(guide: Guide) -> Iterator[str]:
    numbers = {a.id: a for a in guide.assumptions.assumptions}
    for name in sorted(USES - set(numbers)):
        yield f"assumptions.yml: {name} is reckoned with and is not there"
    for name in sorted(set(numbers) - USES):
        yield f"assumptions.yml: {name} is used nowhere"
    for number in numbers.values():
        if set(PLACE.findall(number.text)) != {"value"}:
            yield f"assumptions.yml: {number.id}: its text shows {{value}} and nothing else"
    named = {n.id: n.pathways for n in numbers.values()} | {c.id: c.pathways for c in guide.assumptions.what_ifs}
    for name, pathways in named.items():
        yield from _unknown(f"assumptions.yml: {name}", "pathway", pathways, set(FLOWS))


def _work(guide: Guide, content: Content) -> Iterator[str]:
    skills, wages = {s.id for s in guide.strengths.skills}, {w.id for w in guide.wages.professional}
    for row in guide.occupations.occupations:
        name = f"occupations.yml: {row.id}"
        yield from _unknown(name, "state", (*row.states, *(row.pay.states if row.pay else ())), set(content.states))
        yield from _unknown(name, "skill", row.skills, skills)
        yield from _unknown(name, "professional minimum", (row.minimum,) if row.minimum else (), wages)
    zone = guide.wages.border_zone
    yield from _unknown("wages.yml", "state", (*zone.municipalities, *zone.unlisted), set(content.states))
    yield from _unknown("occupations.yml", "level", guide.occupations.levels, set(LEVELS))
    yield from _once("occupations.yml", [o.id for o in guide.occupations.occupations])


def _study(guide: Guide, content: Content) -> Iterator[str]:
    named = {r.id: r.service for r in guide.routes.routes} | {s.id: s.service for s in guide.routes.scholarships}
    for name, service in named.items():
        yield from _unknown(f"routes.yml: {name}", "service", (service,) if service else (), set(content.services))
    for route in guide.routes.routes:
        yield from _unknown(f"routes.yml: {route.id}", "state", route.states, set(content.states))
    has = set(_tapped(content, HAS)) - {NONE}
    yield from _unknown("escuela.esc_papeles", "paper of routes.yml", has, set(guide.routes.papers))
    if missing := set(LEVELS) - set(guide.routes.levels):
        yield f"routes.yml: it is not said what follows {', '.join(sorted(missing))}"
    yield from _once("routes.yml", [*(r.id for r in guide.routes.routes), *(s.id for s in guide.routes.scholarships)])


def _traits(guide: Guide, content: Content) -> Iterator[str]:
    skills = {s.id for s in guide.strengths.skills}
    yield from _unknown("tengo.ha_hecho", "experience of strengths.yml", _tapped(content, DONE), _meant(guide))
    for idea in guide.business.ideas:
        yield from _unknown(f"business.yml: {idea.id}", "skill", idea.skills, skills)
        yield from _unknown(f"business.yml: {idea.id}", "liked answer", idea.liked, set(guide.interests.liked))
    for thing, title in guide.business.has.items():
        if longest(title) > TITLE:
            yield f"business.yml: {thing}: {title!r} has {len(title)} characters; {TITLE} are the most"
    for question in guide.practice.questions:
        yield from _unknown(f"practice.yml: {question.id}", "sector", question.sectors, set(guide.occupations.sectors))
    if guide.practice.better.keys() != RULES.keys():
        yield f"practice.yml: better needs a text for each of {', '.join(RULES)}"
    yield from _once("interests.yml", [i.id for i in guide.interests.items])
    yield from _once("strengths.yml", [e.id for e in guide.strengths.experiences])
    yield from _once("practice.yml", [q.id for q in guide.practice.questions])


HAS, NONE = "esc_papeles", "ninguno"
"""The question which papers she has, and its option for none of them."""


def _tapped(content: Content, question: str) -> list[str]:
    """What can be tapped under a question."""
    asked = questions(content).get(question)
    return [option.id for option in asked.options] if asked else []


def _meant(guide: Guide) -> set[str]:
    return {name for e in guide.strengths.experiences for name in (e.id, *e.taps)}


def _unknown(where: str, what: str, given: Any, known: set[str]) -> Iterator[str]:
    for name in sorted(set(given) - known):
        yield f"{where}: {name} is no {what}"


def _once(where: str, ids: list[str]) -> Iterator[str]:
    for name in sorted({i for i in ids if ids.count(i) > 1}):
        yield f"{where}: the id {name} is used twice"
