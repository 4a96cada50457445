"""The public port: webhooks, the chat page, the privacy notice. It verifies, saves and answers; it never thinks."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from bot import chat
from bot.db import now
from bot.messages import inbox
from bot.runtime import Runtime, runtime
from channels.base import Channel, Hook, Inbound, Receipt, Unreadable

log = logging.getLogger(__name__)

PAGES = Path(__file__).parent / "pages"
STATIC = {"chat.css": "text/css", "chat.js": "text/javascript", "rumbo.svg": "image/svg+xml"}
MAX_BODY = 64 * 1024
"""Bytes of a webhook; the services send a few thousand at most."""
LATE_RECEIPT = (1.0, 5.0)
"""Seconds after which a receipt is tried again that came before we had noted what it speaks of."""
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Later:
    """Work that goes on after the answer: kept, so that it is not collected, and never loud."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        await asyncio.wait(self._running, timeout=2) if self._running else None


def create_app(house: Runtime | None = None) -> FastAPI:
    rumbo = house or runtime()
    later = Later()

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await later.finish()
        for channel in rumbo.channels.values():
            await channel.close()

    app = FastAPI(title="Rumbo", lifespan=life, openapi_url=None)
    _add_headers(app)
    _add_webhooks(app, rumbo, later)
    _add_pages(app, rumbo)
    chat.add(app, rumbo)
    return app


def _add_headers(app: FastAPI) -> None:
    @app.middleware("http")
    async def secure(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        return response


def _add_webhooks(app: FastAPI, rumbo: Runtime, later: Later) -> None:
    @app.post("/webhooks/whatsapp")
    async def whatsapp(request: Request) -> Response:
        return await receive(request, rumbo, "whatsapp", later)

    @app.post("/webhooks/whatsapp/status")
    async def whatsapp_status(request: Request) -> Response:
        return await receive(request, rumbo, "whatsapp", later)

    @app.post("/webhooks/telegram")
    async def telegram(request: Request) -> Response:
        return await receive(request, rumbo, "telegram", later)


async def receive(request: Request, rumbo: Runtime, name: str, later: Later) -> Response:
    """Verified, saved, answered. Only a fault of ours is a 5xx: then the service may try again."""
    channel = rumbo.channels.get(name)
    if channel is None:
        return Response(status_code=404)
    hook = await read_hook(request, rumbo.settings.public_url)
    if hook is None:
        return Response(status_code=413)
    if not channel.verify(hook):
        return Response(status_code=403)
    try:
        await _take_in(channel.parse(hook), rumbo, channel, later)
    except Unreadable as mistake:  # sending it again would not make it readable
        log.warning("%s sent something unreadable: %s", name, mistake)
    body, media_type = channel.accepted
    return Response(body, media_type=media_type)


async def _take_in(items: list[Any], rumbo: Runtime, channel: Channel, later: Later) -> None:
    people = [item for item in items if not isinstance(item, Receipt)]
    for fresh in await run_in_threadpool(_save, rumbo, channel.name, people) if people else []:
        later.do(channel.acknowledge(fresh))
    for item in items:
        if isinstance(item, Receipt):
            later.do(_note_receipt(rumbo, channel.name, item))


def _save(rumbo: Runtime, name: str, items: list[Any]) -> list[Inbound]:
    with rumbo.db.write() as session:
        return inbox.save(session, rumbo.sealer, name, items, rumbo.settings.rumbo_locale, now())


def _receive(rumbo: Runtime, name: str, receipt: Receipt) -> bool:
    with rumbo.db.write() as session:
        return inbox.receive(session, name, receipt, now())


async def _note_receipt(rumbo: Runtime, name: str, receipt: Receipt) -> None:
    """Receipts overtake us at times: the service answers it before we have written down that we sent."""
    for pause in (*LATE_RECEIPT, None):
        if await run_in_threadpool(_receive, rumbo, name, receipt):
            return
        if pause is not None:
            await asyncio.sleep(pause)
    log.info("a receipt on %s is about no message of ours", name)


async def read_hook(request: Request, public_url: str) -> Hook | None:
    """The call as it was sent to the public address, body untouched; None when it is too large."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    path = request.scope.get("raw_path", b"").decode("latin-1") or request.url.path
    query = request.scope.get("query_string", b"").decode("latin-1")
    url = f"{public_url}{path.split('?')[0]}" + (f"?{query}" if query else "")
    return Hook(url, {k.lower(): v for k, v in request.headers.items()}, body)


def _add_pages(app: FastAPI, rumbo: Runtime) -> None:
    @app.get("/health")
    async def health() -> JSONResponse:
        """Whether messages can be taken in: the database answers."""
        await run_in_threadpool(_ping, rumbo)
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
