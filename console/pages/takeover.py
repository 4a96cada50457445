"""Taking a conversation over, writing in it as a person, and giving it back to the bot."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session
from starlette.responses import Response

from bot.people import tracking
from bot.staff import holding
from bot.staff.tables import Note
from console.door import Ask, page
from console.frame import go
from console.pages.conversation import show
from console.rights import Right
from console.team import learner_of

OVER_OTHERS = Right.AUDIT
"""Who may give back what a colleague holds: coordinators."""


@page("POST", "/conversaciones/{learner}/tomar", Right.WRITE)
def take_over(ask: Ask) -> Response:
    said = ask.rumbo.library.current().say("person_here", name=ask.me.name)
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        mine = holding.take_over(session, ask.rumbo.sealer, learner.id, ask.me.id, said, ask.at)
    return go(f"/conversaciones/{learner.id}#escribir") if mine else show(ask, 409, "other")


@page("POST", "/conversaciones/{learner}/escribir", Right.WRITE)
def write(ask: Ask) -> Response:
    text = ask.form.get("text", "").replace("\r\n", "\n")
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        address = tracking.last_address(session, learner.id)
        channel = ask.rumbo.channels.get(address.channel) if address else None
        if channel is None:
            problem = "away"
        else:
            left = holding.window_left(address, channel.limits.window, ask.at)
            problem = _send(ask, session, learner.id, text, channel.limits.text, left)
    return show(ask, 409, problem, draft=text) if problem else go(f"/conversaciones/{learner.id}#escribir")


def _send(ask: Ask, session: Session, learner_id: str, text: str, limit: int, left: timedelta | None) -> str:
    """The name of what spoke against it; empty when it was queued."""
    try:
        holding.write(session, ask.rumbo.sealer, learner_id, ask.me.id, text, limit, left, ask.at)
    except holding.CannotWrite as why:
        return str(why)
    return ""


@page("POST", "/conversaciones/{learner}/devolver", Right.WRITE)
def hand_back(ask: Ask) -> Response:
    """With a note for whoever is next, if there is one."""
    said = ask.rumbo.library.current().say("person_left", name=ask.me.name)
    text = ask.form.get("text", "").strip()[:2000]
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        if holding.holder(session, learner.id) not in (None, ask.me.id) and not ask.may(OVER_OTHERS):
            problem = "other"
        else:
            problem = ""
            holding.hand_back(session, ask.rumbo.sealer, learner.id, ask.me.id, said, ask.at)
            if text:
                sealed = ask.rumbo.sealer.seal(text)
                session.add(Note(learner_id=learner.id, staff_id=ask.me.id, sealed=sealed, at=ask.at))
    return show(ask, 409, problem) if problem else go(f"/conversaciones/{learner.id}")
