"""One conversation: what was said, and beside each turn why."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot.care.tables import Incident
from bot.messages.tables import SCHEDULED, Message
from bot.people import tracking
from bot.people.tables import Address, Learner
from bot.review.repair import fixed
from bot.staff import audit, holding
from bot.staff.tables import Note
from console import marks, then
from console.changed import changes
from console.door import Ask, Stop, page
from console.frame import go, render
from console.rights import Right
from console.team import learner_of, names
from console.waiting import why
from console.words import told

TURNS = 80
GAP = timedelta(hours=1)
"""A pause in the conversation that is shown."""
SHORTEST_REASON = 8


@page("GET", "/conversaciones/{learner}", Right.SEE)
def conversation(ask: Ask) -> Response:
    if not ask.get("live"):
        with ask.rumbo.db.write() as session:
            marks.see(session, learner_of(ask, session, ask.path("learner")), ask.me.id, ask.at)
    return show(ask)


def show(
    ask: Ask, status: int = 200, problem: str = "", revealed: dict[int, str] | None = None, **more: Any
) -> Response:
    """The page; `revealed` holds originals by message, shown this once and kept nowhere."""
    before = ask.get("before")
    with ask.rumbo.db.read() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        content = ask.rumbo.library.current()
        turns = _turns(session, learner.id, int(before) if before.isdecimal() and len(before) < 18 else None)
        values = {
            "learner": learner,
            "turns": turns[-TURNS:],
            "earlier": turns[-TURNS].id if len(turns) > TURNS else None,
            "incidents": session.scalars(_open_incidents(learner.id)).all(),
            "notes": _notes(ask, session, learner.id),
            "team": names(session),
            "examples": fixed(session, learner.id),
            "holder": holding.holder(session, learner.id),
            "labels": marks.labels(session, learner.id),
            "charge": marks.charge(session, learner.id),
            "people": marks.people(session, learner),
            "then": _then(ask, session, learner.id),
            "changed": changes(session, content, learner.id, turns[-TURNS:], partial(told, ask.language)),
            **_writing(ask, session, learner),
        }
    given = {
        "problem": problem,
        "revealed": revealed or {},
        "number": "",
        "draft": "",
        "gap": GAP,
        "why": why,
        "latest": not before,
    }
    return render(ask, "conversation.html", status, **(given | values | more))


def _turns(session: Session, learner_id: str, before: int | None) -> list[Message]:
    """The last ones, oldest first, one more than are shown."""
    hers = select(Message).where(Message.learner_id == learner_id, Message.kind != SCHEDULED)
    if before:
        hers = hers.where(Message.id < before)
    return list(reversed(session.scalars(hers.order_by(Message.id.desc()).limit(TURNS + 1)).all()))


def _open_incidents(learner_id: str) -> Any:
    return (
        select(Incident)
        .where(Incident.learner_id == learner_id, Incident.closed_at.is_(None))
        .order_by(Incident.due_at)
    )


def _notes(ask: Ask, session: Session, learner_id: str) -> list[tuple[Note, str]]:
    found = session.scalars(select(Note).where(Note.learner_id == learner_id).order_by(Note.id.desc()))
    return [(note, ask.rumbo.sealer.unseal(note.sealed)) for note in found]


def _then(ask: Ask, session: Session, learner_id: str) -> then.Then | None:
    """Who she was at the turn that is asked for; None when none is, or it is not hers."""
    number = ask.get("then")
    message = session.get(Message, int(number)) if number.isdecimal() and len(number) < 18 else None
    if message is None or message.learner_id != learner_id:
        return None
    return then.profile(session, ask.rumbo.library.current(), learner_id, message.created_at)


def _writing(ask: Ask, session: Session, learner: Learner) -> dict[str, Any]:
    """Where a person would write to, how much, and until when."""
    address = tracking.last_address(session, learner.id)
    channel = ask.rumbo.channels.get(address.channel) if address else None
    left = holding.window_left(address, channel.limits.window if channel else None, ask.at)
    return {"address": address, "channel": channel, "left": left, "until": ask.at + left if left else None}


@page("POST", "/conversaciones/{learner}/revelar", Right.REVEAL)
def reveal(ask: Ask) -> Response:
    """An original, or her number, for a reason that goes to the audit log first."""
    reason, what = ask.form.get("reason", "").strip(), ask.form.get("what", "")
    if len(reason) < SHORTEST_REASON:
        return show(ask, 422, "reason")
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        shown = _original(ask, session, learner.id, what)
        audit.write(
            session,
            ask.me.id,
            "revealed",
            ask.at,
            learner.id,
            f"{'number' if what == 'number' else 'message'}: {reason}",
        )
    return show(ask, number=shown) if what == "number" else show(ask, revealed={int(what): shown})


def _original(ask: Ask, session: Session, learner_id: str, what: str) -> str:
    if what == "number":
        hers = session.scalars(select(Address).where(Address.learner_id == learner_id).order_by(Address.id)).all()
        return " · ".join(f"{one.channel}: {ask.rumbo.sealer.unseal(one.sealed)}" for one in hers)
    message = session.get(Message, int(what)) if what.isdecimal() and len(what) < 18 else None
    if message is None or message.learner_id != learner_id:
        raise Stop(404, "missing")
    return ask.rumbo.sealer.unseal(message.sealed)


@page("POST", "/conversaciones/{learner}/nota", Right.NOTE)
def note(ask: Ask) -> Response:
    text = ask.form.get("text", "").strip()[:2000]
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        if text:
            session.add(Note(learner_id=learner.id, staff_id=ask.me.id, sealed=ask.rumbo.sealer.seal(text), at=ask.at))
            audit.write(session, ask.me.id, "noted", ask.at, learner.id)
    return go(f"/conversaciones/{learner.id}")
