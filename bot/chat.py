"""The chat page's own two calls: what was said, and saying something."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from bot.db import now
from bot.limits import Guard, Refusal, in_time, read_body, refuse
from bot.messages import inbox
from bot.messages.choices import ref
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people import tracking
from bot.people.tables import Address
from bot.runtime import Runtime
from channels.base import Hook, Unreadable
from channels.web import COOKIE, Web

PAGES = Path(__file__).parent / "pages"
THREAD = 100
"""Bubbles shown when the page is opened."""
MAX_WORDS = 2_000
BURST = 30
"""Messages a visitor may have waiting at once."""
WORKED_OFF = 5
"""Seconds after which some of them will have been answered."""
YEAR = 365 * 24 * 3600
OPEN = (Status.TODO, Status.DOING)


def add(app: FastAPI, rumbo: Runtime, guard: Guard) -> None:
    web = rumbo.channels["web"]
    assert isinstance(web, Web)

    @app.get("/chat")
    async def page() -> HTMLResponse:
        return HTMLResponse((PAGES / "chat.html").read_text(encoding="utf-8"))

    @app.get("/chat/messages")
    async def read(request: Request, after: Annotated[int, Query(ge=0, lt=2**63)] = 0) -> JSONResponse:
        """The thread after a message; a first visit gets its cookie here."""
        visitor = web.visitor(request.headers.get("cookie", ""))
        if visitor is None:
            refuse(guard.visitors.take(guard.address(request)))
            return with_cookie(JSONResponse({"messages": [], "working": False}), rumbo, web.new_visitor())
        refuse(guard.callers.take(rumbo.sealer.lookup("web", visitor)))
        response = JSONResponse(await in_time(thread, rumbo, visitor, after))
        if web.is_current(request.headers.get("cookie", "")):
            return response
        return with_cookie(response, rumbo, web.cookie_of(visitor))

    @app.post("/chat/messages")
    async def write(request: Request) -> Response:
        items = await said(request, web, guard)
        refuse(guard.senders.take(rumbo.sealer.lookup("web", items[0].sender)))
        status = await in_time(take, rumbo, items)
        later = {"Retry-After": str(WORKED_OFF)} if status == 429 else None
        return JSONResponse({}, status, later)


def with_cookie(response: JSONResponse, rumbo: Runtime, value: str) -> JSONResponse:
    secure = rumbo.settings.public_url.startswith("https")
    response.set_cookie(COOKIE, value, max_age=YEAR, httponly=True, samesite="lax", secure=secure)
    return response


async def said(request: Request, web: Web, guard: Guard) -> list[Any]:
    """What a visitor wrote. The cheapest question first. Raises `Refusal`."""
    refuse(guard.visitors.take(guard.address(request)))
    body = await read_body(request, 4 * MAX_WORDS)
    hook = Hook(str(request.url), {k.lower(): v for k, v in request.headers.items()}, body)
    if not web.verify(hook):
        raise Refusal(403)
    try:
        return list(web.parse(hook))
    except Unreadable:
        raise Refusal(400) from None


def take(rumbo: Runtime, items: list[Any]) -> int:
    """Save what a visitor wrote. Returns the HTTP status: 202, or 429 when too much of hers is waiting."""
    moment = now()
    with rumbo.db.write() as session:
        address = tracking.find(session, rumbo.sealer, "web", items[0].sender)
        if address and waiting(session, address) >= BURST:
            return 429
        inbox.save(session, rumbo.sealer, "web", items, rumbo.settings.rumbo_locale, moment)
    return 202


def waiting(session: Session, address: Address) -> int:
    mine = (Message.address_id == address.id, Message.direction == Direction.IN, Message.status.in_(OPEN))
    return len(session.scalars(select(Message.id).where(*mine).limit(BURST)).all())


def thread(rumbo: Runtime, visitor: str, after: int) -> dict[str, Any]:
    """What was said after a message, oldest first, and whether more is on its way."""
    with rumbo.db.read() as session:
        address = tracking.find(session, rumbo.sealer, "web", visitor)
        if address is None:
            return {"messages": [], "working": False}
        shown = or_(Message.direction == Direction.IN, Message.status != Status.FAILED)
        mine = select(Message).where(
            Message.address_id == address.id, Message.id > after, Message.kind != SCHEDULED, shown
        )
        latest = session.scalars(mine.order_by(Message.id.desc()).limit(THREAD)).all()
        asked = (Message.address_id == address.id, Message.direction == Direction.IN, Message.status.in_(OPEN))
        pending = select(exists().where(*asked))
        return {"messages": [bubble(rumbo, m) for m in reversed(latest)], "working": bool(session.scalar(pending))}


def bubble(rumbo: Runtime, message: Message) -> dict[str, Any]:
    choices = [{"id": ref(message.id, n), "title": c["title"]} for n, c in enumerate(message.choices or [])]
    return {
        "id": message.id,
        "from": "me" if message.direction is Direction.IN else "rumbo",
        "text": rumbo.sealer.unseal(message.sealed),
        "choices": choices,
        "media": rumbo.desk.shown(message, now()),
        "at": message.created_at.isoformat(),
    }
