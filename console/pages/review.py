"""Review: one turn after the other, and the training sentences that come of what was wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot.messages.tables import Direction, Message
from bot.review import queue, repair, sentences
from bot.review.asking import EngineAway, Model
from bot.review.queue import Item
from bot.review.sentences import Places, Refused
from bot.review.tables import Example, Stage
from bot.staff import audit
from console.door import Ask, Stop, page
from console.frame import go, render
from console.rights import Right
from console.team import learner_of, names

SHOWN = 200
"""Examples of each kind on their page."""


@page("GET", "/revision", Right.REVIEW)
def review(ask: Ask) -> Response:
    return _next(ask)


def _next(ask: Ask, status: int = 200, problem: str = "") -> Response:
    """The next turn, or the one that is asked for."""
    share, asked = ask.rumbo.settings.rumbo_review_share, ask.get("message")
    with ask.rumbo.db.read() as session:
        if asked:
            found = [Item(message_of(ask, session, asked), "asked", 0)]
        else:
            found = queue.waiting(session, ask.me.id, share, ask.cohort)
        item = found[0] if found else None
        values: dict[str, Any] = {
            "item": item,
            "reply": queue.reply(session, item.message.id) if item else [],
            "left": queue.left(session, ask.me.id, share, ask.cohort),
            "agreed": repair.agreed(session),
        }
    return render(ask, "review.html", status, problem=problem, intents=intents_of(ask), share=share, **values)


def places_of(ask: Ask) -> Places:
    places: Places = ask.request.app.state.places
    return places


def intents_of(ask: Ask) -> list[tuple[str, str]]:
    """What a sentence can be, by id and by the name learners read."""
    named = ask.rumbo.library.current().intents
    return [(name, named.get(name, name)) for name in sentences.intents(places_of(ask))]


def message_of(ask: Ask, session: Session, number: str) -> Message:
    """Raises `Stop` when it is none of a learner this person may see."""
    found = session.get(Message, int(number)) if number.isdecimal() and len(number) < 18 else None
    if found is None or found.direction is not Direction.IN:
        raise Stop(404, "missing")
    learner_of(ask, session, found.learner_id)
    return found


@page("POST", "/revision/{message:int}", Right.REVIEW)
def judge(ask: Ask) -> Response:
    """Right, or wrong and what it should have been; with `propose` it becomes a candidate too."""
    right, should = ask.form.get("right", ""), ask.form.get("should", "")
    with ask.rumbo.db.write() as session:
        message = message_of(ask, session, ask.path("message"))
        if right not in ("yes", "no"):
            raise Stop(422, "judgement")
        known = {name for name, _ in intents_of(ask)}
        if should and should not in known:
            raise Stop(422, "judgement")
        said = (right == "yes", should or None, bool(ask.form.get("tone")), bool(ask.form.get("safe")))
        repair.judge(session, message, ask.me.id, *said, ask.at)
        if right == "no" and should and ask.form.get("then") == "propose":
            repair.propose(session, message, should, ask.me.id, ask.at)
    return go("/revision")


@page("GET", "/revision/ejemplos", Right.REVIEW)
def examples(ask: Ask) -> Response:
    return _examples(ask)


def _examples(ask: Ask, status: int = 200, problem: str = "", tried: tuple[int, str, str] | None = None) -> Response:
    """`tried`: the example, words and intent that were refused, so that nothing typed is lost."""
    with ask.rumbo.db.read() as session:
        rows = select(Example).order_by(Example.id.desc()).limit(SHOWN)
        found = {stage: session.scalars(rows.where(Example.stage == stage)).all() for stage in Stage}
        team = names(session)
    given: dict[str, Any] = {
        "found": found,
        "team": team,
        "intents": intents_of(ask),
        "problem": problem,
        "tried": tried,
    }
    return render(ask, "examples.html", status, **given)


@page("POST", "/revision/ejemplos/{example:int}", Right.EDIT)
def decide(ask: Ask) -> Response:
    number, what = ask.path("example"), ask.form.get("what", "")
    text, intent = ask.form.get("text", "")[:500], ask.form.get("intent", "")
    try:
        with ask.rumbo.db.write() as session:
            one = session.get(Example, int(number)) if number.isdecimal() and len(number) < 18 else None
            if one is None:
                raise Stop(404, "missing")
            if what == "accept":
                repair.accept(session, one, text, intent, ask.me.id, places_of(ask), ask.at)
            else:
                repair.reject(session, one, ask.me.id, ask.at)
    except Refused as refused:
        return _examples(ask, 409, str(refused), (int(number), text, intent))
    return go("/revision/ejemplos")


@page("POST", "/revision/comprobar", Right.EDIT)
def prove(ask: Ask) -> Response:
    """Ask the running model about the examples no model has understood yet. No transaction is open meanwhile."""
    try:
        with Model(ask.rumbo.settings.rasa_url[0]) as model:
            name = model.name()
            with ask.rumbo.db.read() as session:
                asked = repair.unproven(session, name)
            understood = repair.prove(asked, name, model.intent)
    except EngineAway:
        return _examples(ask, 503, "engine")
    with ask.rumbo.db.write() as session:
        repair.keep_proof(session, asked)
        detail = f"{len(asked)} examples with {name}, {understood} understood"
        audit.write(session, ask.me.id, "examples_checked", ask.at, detail=detail)
    return go("/revision/ejemplos")
