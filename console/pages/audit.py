"""The audit log, the latest first."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from bot.staff.audit import subject_of
from bot.staff.tables import AuditLine
from console.door import Ask, page
from console.frame import render
from console.rights import Right
from console.team import names

PAGE = 100


@page("GET", "/bitacora", Right.AUDIT)
def audit_log(ask: Ask) -> Response:
    before, learner = ask.get("before"), ask.get("learner")
    lines = select(AuditLine).order_by(AuditLine.id.desc()).limit(PAGE + 1)
    if before.isdecimal() and len(before) < 18:
        lines = lines.where(AuditLine.id < int(before))
    if learner:
        lines = lines.where(AuditLine.subject == subject_of(learner))
    with ask.rumbo.db.read() as session:
        found, team = session.scalars(lines).all(), names(session)
    return render(ask, "audit.html", lines=found[:PAGE], more=len(found) > PAGE, team=team, learner=learner)
