"""What is hers to have: a copy of everything, and that it goes for good."""

from __future__ import annotations

import json

from starlette.responses import Response

from bot import erasing, spool
from bot.staff import audit
from console import held
from console.door import Ask, Stop, page
from console.frame import render
from console.pages.learner import reason_of, show
from console.rights import Right
from console.team import learner_of

FORMS = ("json", "page")


@page("POST", "/personas/{learner}/datos", Right.DATA)
def hand_out(ask: Ask) -> Response:
    """Everything that is kept of her, unmasked: as JSON, or as a page to print. The reason is noted first."""
    reason, form = reason_of(ask), ask.form.get("form", "")
    if not reason or form not in FORMS:
        return show(ask, 422, problem="reason")
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        found = held.everything(session, ask.rumbo.sealer, learner.id)
        audit.write(session, ask.me.id, "handed_out", ask.at, learner.id, f"{form}: {reason}")
    if form == "page":
        return render(ask, "held.html", learner=learner, tables=found)
    text = json.dumps({"made_at": ask.at.isoformat(), **found}, ensure_ascii=False, indent=2)
    named = {"Content-Disposition": f'attachment; filename="datos-{learner.id[:6]}.json"'}
    return Response(text, media_type="application/json; charset=utf-8", headers=named)


@page("GET", "/personas/{learner}/borrar", Right.DATA)
def erase_form(ask: Ask) -> Response:
    """The second question: nothing has gone yet."""
    return _ask_again(ask)


def _ask_again(ask: Ask, status: int = 200, problem: str = "") -> Response:
    with ask.rumbo.db.read() as session:
        learner = learner_of(ask, session, ask.path("learner"))
    return render(ask, "erase.html", status, learner=learner, problem=problem, receipt="")


@page("POST", "/personas/{learner}/borrar", Right.DATA)
def erase(ask: Ask) -> Response:
    """Everything goes, everywhere; what is left is the receipt. The first letters of her made-up name confirm it."""
    reason = reason_of(ask)
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        if not reason or ask.form.get("again", "").strip().casefold() != learner.id[:6].casefold():
            return _ask_again(ask, 422, "erase")
        audit.write(session, ask.me.id, "erase_asked", ask.at, learner.id, reason)
    try:
        receipt = erasing.erase_learner(ask.rumbo, learner.id)
    except spool.Busy:
        return _ask_again(ask, 503, "erase_busy")
    if receipt is None:
        raise Stop(404, "missing")
    with ask.rumbo.db.write() as session:
        audit.write(session, ask.me.id, "erased", ask.at, learner.id, receipt)
    return render(ask, "erase.html", learner=None, problem="", receipt=receipt)
