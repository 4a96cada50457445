"""Labels, who is in charge, filters under a name, and a conversation to print for a colleague outside."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, select
from starlette.responses import Response

from bot.db import insert_once
from bot.messages.tables import SCHEDULED, Message
from bot.staff import audit
from bot.staff.case_tables import Label, SavedFilter
from console import marks
from console.door import Ask, Stop, page
from console.finding import Wanted
from console.frame import go, render
from console.rights import Right
from console.team import learner_of, names

LONGEST = 24
"""Characters of a label."""
PRINTED = 400
"""Messages of a printed conversation, the latest."""


@page("POST", "/conversaciones/{learner}/etiqueta", Right.NOTE)
def label(ask: Ask) -> Response:
    """Put one on, or take it off."""
    name = " ".join(ask.form.get("name", "").casefold().split())[:LONGEST]
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        is_off = bool(ask.form.get("off"))
        if is_off:
            session.execute(delete(Label).where(Label.learner_id == learner.id, Label.name == name))
        elif name:
            mine = {"learner_id": learner.id, "name": name, "staff_id": ask.me.id, "at": ask.at}
            insert_once(session, Label, mine)
        audit.write(session, ask.me.id, "label_off" if is_off else "label_on", ask.at, learner.id, name)
    return go(f"/conversaciones/{learner.id}")


@page("POST", "/conversaciones/{learner}/cargo", Right.ACT)
def in_charge(ask: Ask) -> Response:
    """Who looks after her; nobody when none is named."""
    named = ask.form.get("staff", "")
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        whom = int(named) if named.isdecimal() and len(named) < 18 else None
        if named and whom not in {one.id for one in marks.people(session, learner)}:
            raise Stop(404, "missing")
        marks.put_in_charge(session, learner, whom, ask.at)
        audit.write(session, ask.me.id, "put_in_charge", ask.at, learner.id, f"staff {whom or '-'}")
    return go(f"/conversaciones/{learner.id}")


@page("POST", "/filtros", Right.SEE)
def save_filter(ask: Ask) -> Response:
    """A filter of the list under a name; the same name once more replaces it. What is no filter is left out."""
    name = " ".join(ask.form.get("name", "").split())[:40]
    known = {f.name for f in fields(Wanted)}
    asked = [(key, value[:200]) for key, value in parse_qsl(ask.form.get("query", "")) if key in known]
    query = urlencode(asked)
    if name and asked and len(query) <= 500:
        with ask.rumbo.db.write() as session:
            same = (SavedFilter.staff_id == ask.me.id, SavedFilter.name == name)
            session.execute(delete(SavedFilter).where(*same))
            session.add(SavedFilter(staff_id=ask.me.id, name=name, query=query))
    return go(f"/conversaciones?{query}")


@page("POST", "/filtros/{filter}", Right.SEE)
def forget_filter(ask: Ask) -> Response:
    """One's own; somebody else's stays."""
    number = ask.path("filter")
    if number.isdecimal() and len(number) < 18:
        with ask.rumbo.db.write() as session:
            mine = (SavedFilter.id == int(number), SavedFilter.staff_id == ask.me.id)
            session.execute(delete(SavedFilter).where(*mine))
    return go("/conversaciones")


@page("POST", "/conversaciones/{learner}/imprimir", Right.ACT)
def printed(ask: Ask) -> Response:
    """Masked, without notes or causes; that it left is noted."""
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        hers = select(Message).where(Message.learner_id == learner.id, Message.kind != SCHEDULED)
        turns = list(reversed(session.scalars(hers.order_by(Message.id.desc()).limit(PRINTED)).all()))
        audit.write(session, ask.me.id, "printed", ask.at, learner.id, f"{len(turns)} messages")
        team = names(session)
    return render(ask, "printed.html", learner=learner, turns=turns, team=team)
