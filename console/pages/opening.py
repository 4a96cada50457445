"""Writing to somebody after WhatsApp's 24 hours: with words it has approved, and only once until she writes."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.messages.openings import blanks
from bot.people import tracking
from bot.staff import holding
from bot.staff.approved import Openings, approved
from bot.staff.holding import CannotWrite
from console.door import Ask, page
from console.frame import go, render
from console.rights import Right
from console.team import learner_of

MOST = 12
"""Blanks of one text that are read from the form."""


@page("GET", "/conversaciones/{learner}/plantillas", Right.WRITE)
def choose(ask: Ask) -> Response:
    """A page of its own: the service is asked what is approved, which may take seconds."""
    return _show(ask)


@page("POST", "/conversaciones/{learner}/plantillas", Right.WRITE)
def send(ask: Ask) -> Response:
    """The service is asked again, so that only what is approved now leaves."""
    chosen = next((one for one in _asked(ask) or [] if one.id == ask.form.get("opening")), None)
    if chosen is None:
        return _show(ask, 409, "gone")
    words = [ask.form.get(f"blank{n}", "")[:200] for n in range(1, min(blanks(chosen), MOST) + 1)]
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        try:
            holding.open_with(session, ask.rumbo.sealer, learner.id, ask.me.id, chosen, words, ask.at)
        except CannotWrite as why:
            problem = str(why)
        else:
            return go(f"/conversaciones/{learner.id}#escribir")
    return _show(ask, 409, problem)


def _show(ask: Ask, status: int = 200, problem: str = "") -> Response:
    openings = _asked(ask)
    with ask.rumbo.db.read() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        if holding.holder(session, learner.id) != ask.me.id:
            problem = problem or "other"
    values: dict[str, Any] = {"learner": learner, "openings": openings or [], "problem": problem}
    return render(ask, "opening.html", status, blanks=blanks, is_away=openings is None, **values)


def _asked(ask: Ask) -> Openings | None:
    """What the channel she writes on has approved; None when that cannot be asked now."""
    with ask.rumbo.db.read() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        address = tracking.last_address(session, learner.id)
    channel = ask.rumbo.channels.get(address.channel) if address else None
    return approved(channel) if channel else None
