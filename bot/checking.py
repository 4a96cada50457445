"""`rumbo content check`: what an editor can get wrong that the shapes of `bot/content/models.py` do not catch."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from string import Formatter

import yaml

from bot import checking_guide, checking_learning, checking_money, plain
from bot.care import answers
from bot.checking_said import SAID
from bot.config import ROOT
from bot.content.library import Content, ContentError, load
from bot.content.models import KNOWN_BEFOREHAND, Interview, Question, QuestionKind
from bot.guidance import journey, signals
from bot.guidance.asking import WHEN
from bot.guidance.facts import PLACES
from bot.guidance.memory import questions
from bot.guidance.pages.registry import PAGES
from bot.guidance.records import RECORDS, notice_version
from bot.guidance.telling import TELLERS
from bot.guidance.way import OWN

BUBBLE = 600
"""Characters a learner reads in one go."""
BEST_OF = 4
FEW, SHORT, LONG = 3, 20, 24
"""WhatsApp: up to three buttons of 20 characters, or a list of ten entries of 24."""
PLACE = re.compile(r"{(\w+)}")
GIVEN = frozenset(
    "title minutes minutes_left data receipt code reasons pathway first second dream step day tip service text"
    " this_week source name offers how why line phone whatsapp url hours state channels count plan best worst hour"
    " place action obstacle words blocks before now commitment buyers sale pesos cost reasons url total".split()
)
"""Places that code fills when it says a message, besides those of `bot/guidance/facts.py`."""


def problems(folder: Path, locale: str) -> list[str]:
    """Every problem found, each in one sentence that names the file or the id."""
    try:
        content = load(folder, locale)
        answers.load(folder / locale / "care.yml")
    except (ContentError, ValueError) as mistake:  # pydantic's own name the place in their text
        return [str(mistake)]
    return [
        *_messages(content),
        *_interviews(content),
        *_journey(content),
        *_pathways(content),
        *_intents(content),
        *_rest(content),
        *plain.problems(content),
        *checking_guide.problems(content),
        *checking_money.problems(content),
    ]


def intents() -> set[str]:
    """The intents of the domain: where a button may lead."""
    return set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"])


def responses() -> set[str]:
    """The texts Rasa asks for by itself."""
    return set(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"])


def _messages(content: Content) -> Iterator[str]:
    known = intents()
    for name in sorted((SAID | checking_learning.SAID | responses()) - set(content.messages)):
        yield f"{name}: this message is needed and is not there"
    for name, message in content.messages.items():
        yield from _texts(name, message.text)
        yield from _titles(name, [b.title for b in message.buttons])
        for place in {p for text in message.text for p in PLACE.findall(text)} - GIVEN - set(PLACES):
            yield f"{name}: nothing fills {{{place}}}"
        for button in message.buttons:
            if button.go.split("{")[0] not in known:
                yield f"{name}: the button {button.title!r} leads to {button.go!r}, which is no intent"


def _texts(name: str, texts: tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        try:
            list(Formatter().parse(text))
        except ValueError as mistake:
            yield f"{name}: {mistake}"
        if len(text) > BUBBLE:
            yield f"{name}: a bubble of {len(text)} characters; {BUBBLE} are the most"


def _titles(name: str, titles: list[str]) -> Iterator[str]:
    limit = SHORT if len(titles) <= FEW else LONG
    if len(set(map(str.casefold, titles))) < len(titles):
        yield f"{name}: two choices have the same title"
    for title in titles:
        if len(title) > limit:
            yield f"{name}: the choice {title!r} has {len(title)} characters; {limit} are the most among {len(titles)}"


def _interviews(content: Content) -> Iterator[str]:
    known, seen = intents(), set[str]()
    for interview in content.interviews.values():
        yield from _texts(interview.id, (*interview.intro, *interview.end))
        if interview.then and interview.then not in content.interviews:
            yield f"{interview.id}: is followed by {interview.then}, which does not exist"
        if interview.page and interview.page not in PAGES:
            yield f"{interview.id}: ends with {interview.page}, which is no page"
        for intent in {*interview.start, *interview.passes} - known:
            yield f"{interview.id}: {intent} is no intent"
        for question in interview.questions:
            if question.id in seen:
                yield f"{interview.id}.{question.id}: this id stands in another block too"
            seen.add(question.id)
            yield from _question(interview, question, known, content)


def _question(interview: Interview, question: Question, known: set[str], content: Content) -> Iterator[str]:
    name = f"{interview.id}.{question.id}"
    ends = (o.ends for o in question.options)
    yield from _texts(name, (*question.text, question.why, question.hint, question.concrete, *ends))
    yield from _titles(name, [*(o.title for o in question.options), *(look.title for look in question.looks)])
    yield from _more_of(name, question, known)
    if question.kind is QuestionKind.BEST_WORST and len(question.options) != BEST_OF:
        yield f"{name}: best and worst are of {BEST_OF} options"
    if question.kind is QuestionKind.NUMBER and not all(o.id.isdecimal() for o in question.options):
        yield f"{name}: the options of a number have numbers as ids"
    if len({o.id for o in question.options}) < len(question.options):
        yield f"{name}: two options have the same id"
    if question.saves and question.saves not in RECORDS:
        yield f"{name}: nothing is kept as {question.saves!r}; known are {', '.join(RECORDS)}"
    if question.tells and question.tells not in TELLERS:
        yield f"{name}: nothing is said by {question.tells!r}; known are {', '.join(TELLERS) or 'none'}"
    yield from _leads(name, question, content)
    for intent in set(question.expects) - known:
        yield f"{name}: {intent} is no intent"
    for text in (*interview.intro, *interview.end, *question.text, question.why, question.hint):
        for place in set(PLACE.findall(text)) - set(PLACES):
            yield f"{name}: nothing fills {{{place}}}"
    yield from _conditions(name, interview, question, content.states)


def _leads(name: str, question: Question, content: Content) -> Iterator[str]:
    if question.when and question.when not in WHEN:
        yield f"{name}: asked when {question.when!r}, which nobody knows; known are {', '.join(WHEN)}"
    for option in question.options:
        if option.leads and option.leads not in content.interviews:
            yield f"{name}: {option.id} leads to {option.leads}, which is no block"


def _more_of(name: str, question: Question, known: set[str]) -> Iterator[str]:
    for look in question.looks:
        if look.go.split("{")[0] not in known:
            yield f"{name}: the button {look.title!r} leads to {look.go!r}, which is no intent"
    if question.per and question.kind is not QuestionKind.NUMBER:
        yield f"{name}: only a number can be said by the week"


def _conditions(name: str, interview: Interview, question: Question, states: Collection[str]) -> Iterator[str]:
    wordy = {q.id for q in interview.questions if q.free or q.kind is QuestionKind.TEXT}
    options = {q.id: {o.id for o in q.options} | ({OWN} if q.id in wordy else set()) for q in interview.questions}
    options |= {q.id: set(states) for q in interview.questions if q.kind is QuestionKind.PLACE}
    for earlier, values in question.ask_if.items():
        if earlier not in KNOWN_BEFOREHAND and (unknown := set(values) - options[earlier]):
            yield f"{name}: asked if {earlier} is {', '.join(sorted(unknown))}, which is no option of it"


def _journey(content: Content) -> Iterator[str]:
    if journey.FIRST not in content.interviews:
        yield f"there is no block {journey.FIRST}, with which everything begins"
        return
    known = questions(content)
    for needed in ("consent", "called", "age_band", "state", "pathway", "step", "step_day"):
        if not any(q.saves == needed for q in known.values()):
            yield f"no question keeps its answer as {needed}"


def _pathways(content: Content) -> Iterator[str]:
    known, derived = questions(content), signals.named(content.guide)
    for pathway in content.pathways.values():
        for reason in pathway.reasons:
            options = {o.id for o in known[reason.question].options} if reason.question in known else set()
            options |= derived.get(reason.question, set())
            if unknown := set(reason.values) - options:
                wrong = ", ".join(sorted(unknown))
                yield f"pathways: {pathway.id} looks at {reason.question}: {wrong}, which is no answer"


def _intents(content: Content) -> Iterator[str]:
    for intent, title in content.intents.items():
        if intent not in intents():
            yield f"intents.yml: {intent} is no intent"
        if len(title) > SHORT:
            yield f"intents.yml: {title!r} has {len(title)} characters; {SHORT} are the most"


def _rest(content: Content) -> Iterator[str]:
    for tip in content.tips.values():
        yield from _texts(tip.id, (f"{tip.title}{tip.text}{tip.this_week}{tip.source}",))
    if notice_version(content.notice) == "unknown":
        yield "notice.md: has no version such as 2026-11-22"
