"""`rumbo content check` for money cards, lessons and services: links, lengths, sources, and what must stay quiet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.content.gender import longest
from bot.content.lessons import Lesson
from bot.content.library import Content
from bot.content.tips import Tip
from bot.guidance.memory import questions
from bot.guidance.money.envelopes import ORDER
from bot.language import fold

SAYS = {
    "envelope": "name pesos",
    "envelope_lacks": "pesos",
    "envelopes_left": "pesos",
    "envelopes_even": "",
    "envelopes_short": "pesos",
    "envelopes_care": "hours pesos",
    "goal_weekly": "missing weeks weekly",
    "goal_weeks": "weekly missing weeks last",
    "goal_once": "missing",
    "goal_far": "weekly",
    "goal_day": "day",
    "goal_done": "pesos",
    "goal_progress": "saved pesos percent missing",
    "goal_taken": "pesos saved",
    "goal_rung": "pesos",
    "loan_total": "principal total cost",
    "loan_hundred": "pesos",
    "loan_less": "",
    "loan_yearly": "percent",
    "loan_yearly_most": "percent",
    "loan_cheaper": "name pesos other",
    "loan_same": "",
    "loan_ease": "name pesos",
    "loan_cat": "",
    "debts_small": "name",
    "debts_dear": "name",
    "debts_step": "pesos name",
    "debts_months": "months pesos",
    "debts_month": "pesos",
    "debts_never": "",
    "debts_smallest": "pesos",
    "debts_rights": "",
    "fraud_stop": "",
    "fraud_doubt": "",
    "fraud_unclear": "",
    "fraud_already": "",
    "price_floor": "floor",
    "price_time": "pesos",
    "price_ask": "gain price",
    "price_hour": "pesos",
    "price_even": "pieces",
    "price_no_even": "",
    "account_level": "name pesos",
    "account_room": "pesos",
    "account_open": "name",
    "from": "source as_of",
}
"""The sentences of `money.yml` and the places in them."""
NOTES = {"support", "private", "remote", "branch", "fees"}
"""What `bot/guidance/money/accounts.py` may say of an account."""
CARD, SHORT, LONG, FEW = 600, 20, 24, 3
"""Characters of a whole card, and of what is tapped among up to three or among four."""
STEP = 300
"""Characters of a smaller step."""
LOUD = re.compile(r"violen|agred|maltrat|control|pareja|esposo|marido|abus|golpe|refugio|denunci|079|911")
"""Never in what may be sent unasked or stands in her plan: somebody else may read it. Folded."""
FIGURE = re.compile(r"\d[\d,.]* (?:pesos|por ciento|horas a la semana)|\d+\.\d")


def problems(content: Content) -> Iterator[str]:
    """Every problem found, each in one sentence that names the card, the lesson or the row."""
    income = {o.id for q in questions(content).values() if q.saves == "income" for o in q.options}
    for tip in content.tips.values():
        yield from _tip(tip, income)
    for lesson in content.lessons.values():
        yield from _lesson(lesson, content)
    yield from _paths(content)
    yield from _money(content)


def _tip(tip: Tip, income: set[str]) -> Iterator[str]:
    parts = (tip.title, tip.text, f"Para esta semana: {tip.this_week}", f"Fuente: {tip.source} ({tip.as_of})")
    whole = longest("\n\n".join(parts))
    if whole > CARD:
        yield f"tips: {tip.id}: the card has {whole} characters; {CARD} are the most"
    for band in sorted(set(tip.income) - income):
        yield f"tips: {tip.id}: {band} is no answer about income"
    if (tip.topic == "own") != tip.quiet:
        yield f"tips: {tip.id}: a card on her own money and papers is quiet, and no other is"
    if tip.quiet and (loud := LOUD.findall(fold(f"{tip.this_week} {tip.ask_later}"))):
        yield f"tips: {tip.id}: {', '.join(loud)} may not stand where somebody else may read it"


def _lesson(lesson: Lesson, content: Content) -> Iterator[str]:
    where = f"lessons: {lesson.id}"
    if lesson.next not in {"", *content.lessons} or lesson.next == lesson.id:
        yield f"{where}: is followed by {lesson.next}, which is no other lesson"
    for pathway in sorted(set(lesson.pathways) - set(content.pathways)):
        yield f"{where}: {pathway} is no pathway"
    options = lesson.question.options
    for name in ({o.id for o in options}, {fold(o.title) for o in options}):
        if len(name) < len(options):
            yield f"{where}: two answers have the same id or title"
    limit = SHORT if len(options) <= FEW else LONG
    for option in options:
        if longest(option.title) > limit:
            yield f"{where}: the answer {option.title!r} has {longest(option.title)} characters; {limit} are the most"
    said = " ".join((*lesson.bubbles, lesson.one_thing, *(o.feedback for o in options)))
    if FIGURE.search(said) and not (lesson.source and lesson.as_of):
        yield f"{where}: has a figure and no source with its date"
    if bool(lesson.source) != bool(lesson.as_of):
        yield f"{where}: a source needs its date, and a date its source"


def _paths(content: Content) -> Iterator[str]:
    paths = content.guide.lesson_paths
    for name in sorted({"any", *content.pathways} ^ set(paths)):
        yield f"lesson_paths.yml: {name} {'is no pathway' if name in paths else 'is missing'}"
    for name, lessons in paths.items():
        for lesson in sorted({x for x in lessons if lessons.count(x) > 1}):
            yield f"lesson_paths.yml: {name}: {lesson} stands there twice"
        for lesson in sorted(set(lessons) - set(content.lessons)):
            yield f"lesson_paths.yml: {name}: {lesson} is no lesson"
        for known in (content.lessons[x] for x in lessons if x in content.lessons):
            if known.pathways and name not in known.pathways:
                yield f"lesson_paths.yml: {name}: {known.id} is for {', '.join(known.pathways)}"
    for lesson in sorted(set(content.lessons) - {x for lessons in paths.values() for x in lessons}):
        yield f"lesson_paths.yml: {lesson} stands on no path"


def _money(content: Content) -> Iterator[str]:
    money = content.guide.money
    for topic, step in money.smaller.items():
        if len(step) > STEP:
            yield f"money.yml: smaller: {topic} has {len(step)} characters; {STEP} are the most"
        if topic == "own" and (loud := LOUD.findall(fold(step))):
            yield f"money.yml: smaller: {', '.join(loud)} may not stand where somebody else may read it"
    for what, given, known in (("envelope", set(money.envelopes), set(ORDER)), ("note", set(money.notes), NOTES)):
        for name in sorted(given ^ known):
            yield f"money.yml: {what} {name} {'is used nowhere' if name in given else 'is missing'}"
    for ids in ([s.id for s in money.signs], [a.id for a in money.accounts]):
        for name in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"money.yml: the id {name} is used twice"
