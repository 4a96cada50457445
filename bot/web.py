"""The public port: webhooks, the chat page, the privacy notice. It verifies, saves and answers; it never thinks."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import chat, confirming, limits, media, spool
from bot.db import now
from bot.later import Later
from bot.limits import Guard, Refusal, in_time, read_body, refuse
from bot.messages import inbox
from bot.runtime import Runtime, runtime
from bot.spool import AWAY, Call
from channels.base import Channel, Hook, Inbound, Receipt, Unreadable

log = logging.getLogger(__name__)

PAGES = Path(__file__).parent / "pages"
STATIC = {"chat.css": "text/css", "chat.js": "text/javascript", "rumbo.svg": "image/svg+xml"}
MAX_BODY = 64 * 1024
"""Bytes of a webhook; the services send a few thousand at most."""
LATE_RECEIPT = (1.0, 5.0)
"""Seconds after which a receipt is tried again that came before we had noted what it speaks of."""
WEBHOOKS = (
    ("whatsapp", "/webhooks/whatsapp"),
    ("whatsapp", "/webhooks/whatsapp/status"),
    ("telegram", "/webhooks/telegram"),
)
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_app(house: Runtime | None = None) -> FastAPI:
    rumbo = house or runtime()
    later, guard = Later(), Guard(rumbo.settings)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await later.finish()
        for channel in rumbo.channels.values():
            await channel.close()

    app = FastAPI(title="Rumbo", lifespan=life, openapi_url=None)
    app.add_middleware(Secured)
    limits.add(app)
    _add_webhooks(app, rumbo, guard, later)
    _add_pages(app, rumbo, guard)
    chat.add(app, rumbo, guard)
    media.add(app, rumbo, guard)
    confirming.add(app, rumbo, guard)
    return app


class Secured:
    """Every answer carries the headers of `SECURITY` that it does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)


def _add_webhooks(app: FastAPI, rumbo: Runtime, guard: Guard, later: Later) -> None:
    """As plain routes: there is nothing for FastAPI to work out, and that costs more than all the rest."""
    for name, path in WEBHOOKS:

        async def webhook(request: Request, name: str = name) -> Response:
            return await receive(request, rumbo, name, guard, later)

        app.add_route(path, webhook, methods=["POST"])


async def receive(request: Request, rumbo: Runtime, name: str, guard: Guard, later: Later) -> Response:
    """Verified, saved, answered. Only a fault of ours is a 5xx: then the service may try again."""
    channel = rumbo.channels.get(name)
    if channel is None:
        return Response(status_code=404)
    call = Call(name, await _verified(request, rumbo, channel, guard), now())
    try:
        await _take_in(call, rumbo, channel, guard, later)
    except Unreadable as mistake:  # sending it again would not make it readable
        log.warning("%s sent something unreadable: %s", name, mistake)
    body, media_type = channel.accepted
    return Response(body, media_type=media_type)


async def _verified(request: Request, rumbo: Runtime, channel: Channel, guard: Guard) -> Hook:
    """The call, when it is the service's. Only what is refused counts against an address. Raises `Refusal`."""
    address = guard.address(request)
    refuse(guard.callers.wait(address))
    try:
        hook = await read_hook(request, rumbo.settings.public_url)
        if not channel.verify(hook):
            raise Refusal(403)
    except Refusal:
        guard.callers.take(address)
        raise
    return hook


async def _take_in(call: Call, rumbo: Runtime, channel: Channel, guard: Guard, later: Later) -> None:
    """Into the database; on disk when it is away, or when others lie there and came before."""
    items = channel.parse(call.hook)
    people = [item for item in items if not isinstance(item, Receipt)]
    if items and spool.is_waiting(rumbo):
        return await _put_away(rumbo, call)
    try:
        fresh = await in_time(_save, rumbo, call, people) if people else []
    except AWAY as trouble:
        log.error("the database does not answer (%s): what comes in goes to the spool", type(trouble).__name__)
        return await _put_away(rumbo, call)
    for item in fresh:
        if not guard.senders.take(rumbo.sealer.lookup(call.channel, item.sender)):
            later.spare(channel.acknowledge, item)
    for receipt in (item for item in items if isinstance(item, Receipt)):
        later.do(_note_receipt(rumbo, call, receipt))


async def _put_away(rumbo: Runtime, call: Call) -> None:
    """Raises `Refusal` when the disk is away too: then the service keeps the message and brings it again."""
    try:
        await asyncio.to_thread(spool.put, rumbo, call)  # not where threads may hang at the database
    except OSError as trouble:
        log.error("neither the database nor the disk takes what comes in: %s", type(trouble).__name__)
        raise Refusal(503) from None


def _save(rumbo: Runtime, call: Call, people: list[Any]) -> list[Inbound]:
    with rumbo.db.write() as session:
        return inbox.save(session, rumbo.sealer, call.channel, people, rumbo.settings.rumbo_locale, call.at)


def _receive(rumbo: Runtime, name: str, receipt: Receipt) -> bool:
    with rumbo.db.write() as session:
        return inbox.receive(session, name, receipt, now())


async def _note_receipt(rumbo: Runtime, call: Call, receipt: Receipt) -> None:
    """Receipts overtake us at times: the service answers it before we have written down that we sent."""
    for pause in (*LATE_RECEIPT, None):
        try:
            if await in_time(_receive, rumbo, call.channel, receipt):
                return
        except AWAY:
            return await _put_receipt_away(rumbo, call)
        if pause is not None:
            await asyncio.sleep(pause)
    log.info("a receipt on %s is about no message of ours", call.channel)


async def _put_receipt_away(rumbo: Runtime, call: Call) -> None:
    """It was answered already, so nobody is left to refuse it to."""
    try:
        await _put_away(rumbo, call)
    except Refusal:
        log.error("a receipt on %s is lost", call.channel)


async def read_hook(request: Request, public_url: str) -> Hook:
    """The call as it was sent to the public address, body untouched. Raises `Refusal`."""
    body = await read_body(request, MAX_BODY)
    path = request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
    query = request.scope.get("query_string", b"").decode("latin-1")
    url = f"{public_url}{path.split('?')[0]}" + (f"?{query}" if query else "")
    return Hook(url, {k.lower(): v for k, v in request.headers.items()}, body)


def _add_pages(app: FastAPI, rumbo: Runtime, guard: Guard) -> None:
    @app.get("/health")
    async def health(request: Request) -> JSONResponse:
        """Whether messages can be taken in: the database answers."""
        refuse(guard.callers.take(guard.address(request)))
        await in_time(_ping, rumbo)
        return JSONResponse({"status": "ok", "channels": sorted(rumbo.channels)})

    @app.get("/static/{name}")
    async def static(name: str) -> Response:
        if name not in STATIC:
            return Response(status_code=404)
        return FileResponse(PAGES / name, media_type=STATIC[name], headers={"Cache-Control": "max-age=300"})

    @app.get("/aviso")
    async def notice() -> HTMLResponse:
        text = rumbo.library.current().notice
        named = text.replace("{organisation}", rumbo.settings.rumbo_organisation)
        body = paragraphs(named.replace("{contact}", rumbo.settings.rumbo_contact))
        return HTMLResponse((PAGES / "notice.html").read_text(encoding="utf-8").replace("{{body}}", body))


def _ping(rumbo: Runtime) -> None:
    with rumbo.db.read() as session:
        session.connection().exec_driver_sql("SELECT 1")


def paragraphs(text: str) -> str:
    """The few marks an editor uses in the notice (#, -, **), as HTML; everything else stays text."""
    blocks = []
    for block in re.split(r"\n\s*\n", escape(text.strip())):
        block = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", block)
        heading = re.match(r"(#{1,3}) +(.+)", block)
        if heading:
            level = len(heading[1])
            blocks.append(f"<h{level}>{heading[2]}</h{level}>")
            block = block[heading.end() :].strip()
        if block.startswith("- "):
            items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
            blocks.append("<ul>" + "".join(f"<li>{item.strip()}</li>" for item in items) + "</ul>")
        elif block:
            blocks.append(f"<p>{block}</p>")
    return "\n".join(blocks)
