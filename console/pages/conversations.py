"""The list of conversations, and one row a conversation for a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from urllib.parse import urlencode

from starlette.responses import Response

from bot.cells import cell
from bot.staff import audit
from console import finding, marks
from console.door import Ask, page
from console.finding import Wanted
from console.frame import render
from console.rights import Right
from console.team import names

MOST = 10_000
"""Rows of an export."""
COLUMNS = (
    "learner",
    "channel",
    "last_inbound_at",
    "state",
    "pathway",
    "cohort",
    "open_incidents",
    "intent",
    "last_masked",
)


def wanted_of(ask: Ask) -> Wanted:
    return Wanted(**{f.name: ask.get(f.name) for f in fields(Wanted)})


@page("GET", "/conversaciones", Right.SEE)
def conversations(ask: Ask) -> Response:
    wanted = wanted_of(ask)
    statement = finding.listed(wanted, ask.cohort, finding.read_cursor(ask.get("before")), finding.PAGE + 1, ask.me.id)
    with ask.rumbo.db.read() as session:
        rows, team = finding.page(session, statement), names(session)
        labels, saved = marks.known(session, ask), marks.filters(session, ask)
    shown = rows[: finding.PAGE]
    more = urlencode(wanted.active | {"before": finding.cursor(shown[-1])}) if len(rows) > finding.PAGE else ""
    content = ask.rumbo.library.current()
    choices = {
        "label": labels,
        "channel": ["whatsapp", "telegram", "web"],
        "state": sorted(content.states),
        "pathway": sorted(content.pathways),
    }
    query = urlencode(wanted.active)
    return render(
        ask,
        "conversations.html",
        saved=saved,
        wanted=wanted,
        rows=shown,
        more=more,
        team=team,
        choices=choices,
        query=query,
    )


@page("GET", "/conversaciones.csv", Right.EXPORT)
def export(ask: Ask) -> Response:
    """What the list shows, one row a conversation; noted in the audit log."""
    wanted = wanted_of(ask)
    with ask.rumbo.db.write() as session:
        rows = finding.page(session, finding.listed(wanted, ask.cohort, None, MOST, ask.me.id))
        audit.write(
            session, ask.me.id, "exported", ask.at, detail=f"{len(rows)} conversations; {sorted(wanted.active)}"
        )
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in rows:
        at = one.address.last_inbound_at
        who = (one.learner.id, one.address.channel, at.isoformat() if at else None, one.learner.state)
        last = (one.last.intent, one.last.masked) if one.last else (None, None)
        row = (*who, one.learner.pathway, one.learner.group_code, one.flags, *last)
        writer.writerow([cell(value) for value in row])
    named = {"Content-Disposition": 'attachment; filename="conversaciones.csv"'}
    return Response("\ufeff" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=named)
