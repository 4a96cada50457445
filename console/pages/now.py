"""Who needs a person now: open incidents by their clock, conversations in somebody's hands, what did not arrive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from bot import office
from bot.care.tables import Incident, Outcome
from bot.guidance.days import today
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people.tables import Learner
from bot.referrals import directory
from bot.staff import audit, holding
from bot.staff.case_tables import CallBack
from bot.staff.tables import Hold
from console import waiting
from console.door import Ask, Stop, page
from console.frame import go, render
from console.record import service
from console.rights import Right
from console.team import names, owned
from console.waiting import of_hers

MOST = 100
LATELY = timedelta(days=7)


@page("GET", "/ahora", Right.SEE)
def now_page(ask: Ask) -> Response:
    content = ask.rumbo.library.current()
    with ask.rumbo.db.read() as session:
        open_ones = _incidents(ask, session)
        held, failed = _held(ask, session), _failed(ask, session)
        waits: dict[str, Any] = {
            "stalled": waiting.stalled(ask, session),
            "referrals": [(one, who, service(content, one)) for one, who in waiting.failed_referrals(ask, session)],
            "calls": waiting.calls(ask, session),
            "stale": directory.stale(directory.listed(session).values(), today(ask.at)),
        }
        team = names(session)
    overdue = sum(incident.due_at < ask.at and not incident.seen_at for incident, _, _ in open_ones)
    values: dict[str, Any] = {"incidents": open_ones, "held": held, "failed": failed, "team": team, "overdue": overdue}
    opens = office.read(ask.rumbo.settings.rumbo_office_hours).next_open(ask.at)
    return render(ask, "now.html", outcomes=list(Outcome), why=waiting.why, opens=opens, **values, **waits)


def _incidents(ask: Ask, session: Session) -> list[Any]:
    """What is due first comes first, so that what is overdue is on top."""
    found = select(Incident, Learner, Message).join(Learner, Learner.id == Incident.learner_id)
    found = found.outerjoin(Message, Message.id == Incident.message_id).where(Incident.closed_at.is_(None))
    return list(session.execute(of_hers(ask, found).order_by(Incident.due_at).limit(MOST)).all())


def _held(ask: Ask, session: Session) -> list[Any]:
    found = select(Hold, Learner).join(Learner, Learner.id == Hold.learner_id)
    return list(session.execute(of_hers(ask, found).order_by(Hold.since).limit(MOST)).all())


def _failed(ask: Ask, session: Session) -> list[Any]:
    """Of the last days; not what was dropped on purpose."""
    found = select(Message, Learner).join(Learner, Learner.id == Message.learner_id)
    failed = (Message.direction == Direction.OUT, Message.status == Status.FAILED, Message.kind != SCHEDULED)
    lately = (Message.created_at > ask.at - LATELY, Message.reason != holding.TAKEN_OVER)
    latest = of_hers(ask, found).where(*failed, *lately).order_by(Message.id.desc()).limit(20)
    return list(session.execute(latest).all())


@page("POST", "/avisos/{incident}", Right.ACT)
def act(ask: Ask) -> Response:
    """See it, take it on, or close it with an outcome. Each is a line of the audit log."""
    with ask.rumbo.db.write() as session:
        incident = owned(ask, session, Incident, ask.path("incident"))
        done = _do(ask, incident)
        audit.write(
            session,
            ask.me.id,
            done,
            ask.at,
            incident.learner_id,
            f"incident {incident.id} {incident.kind} {incident.outcome or ''}",
        )
    wanted = ask.form.get("then", "")
    return go(f"/conversaciones/{incident.learner_id}" if wanted == "conversation" else "/ahora")


def _do(ask: Ask, incident: Incident) -> str:
    what = ask.form.get("what", "")
    if incident.closed_at or what not in ("seen", "assign", "close"):
        raise Stop(409, "closed")
    incident.seen_at = incident.seen_at or ask.at
    if what == "seen":
        return "incident_seen"
    incident.assignee_id = incident.assignee_id or ask.me.id
    if what == "assign":
        incident.assignee_id = ask.me.id
        return "incident_assigned"
    outcome = ask.form.get("outcome", "")
    if outcome not in set(Outcome):
        raise Stop(422, "outcome")
    incident.outcome, incident.closed_at = Outcome(outcome), ask.at
    return "incident_closed"


@page("POST", "/llamadas/{call}", Right.ACT)
def called(ask: Ask) -> Response:
    """She was called, or it is not needed any more. Rumbo asks her nevertheless."""
    with ask.rumbo.db.write() as session:
        one = owned(ask, session, CallBack, ask.path("call"))
        one.closed_at = one.closed_at or ask.at
        audit.write(session, ask.me.id, "call_closed", ask.at, one.learner_id, f"call back {one.id}")
    return go("/ahora")
