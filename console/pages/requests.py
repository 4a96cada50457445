"""Requests about somebody's data, the one with the nearest deadline first."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from starlette.responses import Response

from bot.people.hours import CENTRE
from bot.people.tables import Learner
from bot.staff import audit, deadlines
from bot.staff.case_tables import RequestKind, RightsRequest
from console.door import Ask, Stop, page
from console.finding import day_of
from console.frame import go, render
from console.rights import Right
from console.team import learner_of, names, owned

MOST = 100


def today(ask: Ask) -> date:
    return ask.at.astimezone(CENTRE).date()


@page("GET", "/solicitudes", Right.SEE)
def open_requests(ask: Ask) -> Response:
    found = select(RightsRequest, Learner).join(Learner, Learner.id == RightsRequest.learner_id)
    found = found.where(RightsRequest.closed_at.is_(None)).order_by(RightsRequest.due_on).limit(MOST)
    if ask.cohort is not None:
        found = found.where(Learner.group_code == ask.cohort)
    with ask.rumbo.db.read() as session:
        rows, team = session.execute(found).all(), names(session)
    shown = [(one, learner, deadlines.days_left(today(ask), one.due_on)) for one, learner in rows]
    return render(ask, "requests.html", rows=shown, team=team)


@page("POST", "/personas/{learner}/solicitud", Right.ACT)
def write_down(ask: Ask) -> Response:
    """She asked for something about her data, today or on an earlier day."""
    kind, asked = ask.form.get("kind", ""), day_of(ask.form.get("asked_on", "")) or today(ask)
    if kind not in set(RequestKind) or asked > today(ask):
        raise Stop(422, "request")
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        due = deadlines.last_day(asked)
        what = {"kind": RequestKind(kind), "asked_on": asked, "due_on": due, "staff_id": ask.me.id}
        session.add(RightsRequest(learner_id=learner.id, **what))
        audit.write(session, ask.me.id, "request_opened", ask.at, learner.id, kind)
    return go(f"/personas/{learner.id}")


@page("POST", "/solicitudes/{request}", Right.DATA)
def close(ask: Ask) -> Response:
    """It was answered."""
    with ask.rumbo.db.write() as session:
        one = owned(ask, session, RightsRequest, ask.path("request"))
        one.closed_at = one.closed_at or ask.at
        audit.write(session, ask.me.id, "request_closed", ask.at, one.learner_id, one.kind)
    return go("/solicitudes")
