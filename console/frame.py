"""How pages are made: Jinja templates that escape everything, and the headers each page carries."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from bot.content.library import Content
from bot.people.hours import CENTRE
from bot.spool import AWAY
from console.door import Ask, Stop, language_of, recognise, with_cookie
from console.rights import Right
from console.words import told

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NAVIGATION = (
    ("now", "/ahora", Right.SEE),
    ("conversations", "/conversaciones", Right.SEE),
    ("requests", "/solicitudes", Right.SEE),
    ("review", "/revision", Right.REVIEW),
    ("unread", "/no-entendido", Right.REVIEW),
    ("overview", "/panorama", Right.NUMBERS),
    ("numbers", "/numeros", Right.NUMBERS),
    ("audit", "/bitacora", Right.AUDIT),
)
JINJA = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(ask: Ask, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language of who asks."""
    t = partial(told, ask.language)
    here = {
        "t": t,
        "ask": ask,
        "navigation": [(key, path) for key, path, right in NAVIGATION if ask.may(right)],
        "csrf": Markup('<input type="hidden" name="csrf" value="{}">').format(ask.csrf),
        "Right": Right,
        "clock": clock,
        "since": partial(since, t),
        "way": partial(way, ask.rumbo.library.current()),
    }
    return HTMLResponse(JINJA.get_template(template).render(**here, **values), status)


def way(content: Content, pathway: str | None) -> str:
    """A pathway by the name learners read."""
    return content.pathways[pathway].title if pathway in content.pathways else pathway or ""


def clock(moment: datetime, form: str = "%d/%m %H:%M") -> str:
    """A moment on the clock of the centre of Mexico."""
    return moment.astimezone(CENTRE).strftime(form)


def since(t: Any, span: timedelta) -> str:
    """A span in one unit: minutes, hours or days."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes < 60:
        return str(t("time.minutes", n=minutes))
    return str(t("time.hours", n=minutes // 60) if minutes < 48 * 60 else t("time.days", n=minutes // 1440))


def add(app: FastAPI) -> None:
    """Headers on everything, a page for what cannot be shown, and the files that pages need."""
    app.mount("/estatico", StaticFiles(directory=HERE / "static"), name="static")

    @app.middleware("http")
    async def headers(request: Request, call: Any) -> Response:
        response: Response = await call(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        is_file = request.url.path.startswith("/estatico/")
        response.headers["Cache-Control"] = "max-age=300" if is_file else "no-store"
        return response

    @app.exception_handler(Stop)
    def stopped(request: Request, stop: Stop) -> Response:
        ask = recognise(request)
        return with_cookie(ask, render(ask, "stop.html", stop.status, key=stop.key))

    @app.exception_handler(404)
    def missing(request: Request, _error: Exception) -> Response:
        return stopped(request, Stop(404, "missing"))

    for trouble in AWAY:
        app.add_exception_handler(trouble, away)


def away(request: Request, _trouble: Exception) -> Response:
    """The database does not answer; who asks is not known then either."""
    return Response(told(language_of(request), "stop.away"), 503, media_type="text/plain; charset=utf-8")


def go(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
