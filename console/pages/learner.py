"""One person: who she is, what she agreed to and wants, what she did; and the channels that are hers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from starlette.responses import Response

from bot.messages import joining, linking
from bot.people.tables import Address
from bot.staff import audit, holding
from bot.staff.case_tables import RequestKind, RightsRequest
from console import record
from console.door import Ask, Stop, page
from console.frame import go, render
from console.pages.conversation import SHORTEST_REASON
from console.rights import Right
from console.team import learner_of, names


@page("GET", "/personas/{learner}", Right.SEE)
def learner_page(ask: Ask) -> Response:
    return show(ask)


def show(ask: Ask, status: int = 200, **more: Any) -> Response:
    """`revealed`: her name and contacts, shown this once. `code`: what she is to write on the other channel."""
    content = ask.rumbo.library.current()
    with ask.rumbo.db.read() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        hers = (RightsRequest.learner_id == learner.id, RightsRequest.closed_at.is_(None))
        values = {
            "learner": learner,
            "record": record.of(session, ask.rumbo.sealer, content, learner),
            "requests": session.scalars(select(RightsRequest).where(*hers).order_by(RightsRequest.due_on)).all(),
            "holder": holding.holder(session, learner.id),
            "team": names(session),
        }
    given: dict[str, Any] = {"problem": "", "revealed": None, "code": "", "kinds": list(RequestKind)}
    return render(ask, "learner.html", status, content=content, **(given | values | more))


def reason_of(ask: Ask) -> str:
    """Why somebody wants to see or do it; empty when it is too short to be one."""
    reason = ask.form.get("reason", "").strip()
    return reason if len(reason) >= SHORTEST_REASON else ""


@page("POST", "/personas/{learner}/revelar", Right.REVEAL)
def reveal_person(ask: Ask) -> Response:
    """Her name and her contacts, for a reason that goes to the audit log first."""
    reason = reason_of(ask)
    if not reason:
        return show(ask, 422, problem="reason")
    unseal = ask.rumbo.sealer.unseal
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        hers = session.scalars(select(Address).where(Address.learner_id == learner.id))
        revealed = {one.id: unseal(one.sealed) for one in hers}
        name = unseal(learner.called) if learner.called else ""
        audit.write(session, ask.me.id, "revealed", ask.at, learner.id, f"name and numbers: {reason}")
    return show(ask, revealed=revealed, name=name)


@page("POST", "/personas/{learner}/codigo", Right.DATA)
def join_code(ask: Ask) -> Response:
    """A code she writes on her other channel; it joins both, also when she has a history there."""
    with ask.rumbo.db.write() as session:
        learner = learner_of(ask, session, ask.path("learner"))
        code = linking.make_code(session, ask.rumbo.sealer, learner.id, ask.at, ask.me.id)
        audit.write(session, ask.me.id, "join_code", ask.at, learner.id)
    return show(ask, code=code)


@page("POST", "/personas/{learner}/desligar", Right.DATA)
def unlink(ask: Ask) -> Response:
    """A channel that is not hers becomes somebody else, with what was said over it."""
    reason, number = reason_of(ask), ask.form.get("address", "")
    if not reason:
        return show(ask, 422, problem="reason")
    try:
        with ask.rumbo.db.write() as session:
            learner = learner_of(ask, session, ask.path("learner"))
            address = session.get(Address, int(number)) if number.isdecimal() and len(number) < 18 else None
            if address is None or address.learner_id != learner.id:
                raise Stop(404, "missing")
            fresh = joining.unlink(session, address, ask.at)
            for who in (learner.id, fresh):
                audit.write(session, ask.me.id, "unlinked", ask.at, who, f"{address.channel}: {reason}")
    except joining.CannotUnlink as why:
        return show(ask, 409, problem=f"unlink_{why}")
    return go(f"/personas/{learner.id}")
