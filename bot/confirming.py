"""The page on which the one who attended to her says so: one button, no account, and nothing of her to be seen."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.db import now
from bot.limits import Guard, in_time, read_body, refuse
from bot.referrals import links
from bot.runtime import Runtime

PAGES = Path(__file__).parent / "pages"
LONGEST = 64
MOST = 1024
"""Bytes of a form that has no fields."""
FORM = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
}


def add(app: FastAPI, rumbo: Runtime, guard: Guard) -> None:
    """The routes. Looking uses nothing up: telephones fetch links to show what is behind them."""

    @app.get("/confirma/{token}")
    async def ask(request: Request, token: str) -> HTMLResponse:
        refuse(guard.callers.take(guard.address(request)))
        good = len(token) <= LONGEST and await in_time(_is_good, rumbo, token)
        return _page("confirm_ask" if good else "confirm_gone", 200 if good else 404)

    @app.post("/confirma/{token}")
    async def confirm(request: Request, token: str) -> HTMLResponse:
        refuse(guard.callers.take(guard.address(request)))
        await read_body(request, MOST)
        done = len(token) <= LONGEST and await in_time(_confirm, rumbo, token)
        return _page("confirm_done" if done else "confirm_gone", 200 if done else 404)


def _is_good(rumbo: Runtime, token: str) -> bool:
    with rumbo.db.read() as session:
        return links.is_good(session, token, now())


def _confirm(rumbo: Runtime, token: str) -> bool:
    with rumbo.db.write() as session:
        return links.confirm(session, token, now())


def _page(name: str, status: int) -> HTMLResponse:
    frame = (PAGES / "confirm.html").read_text(encoding="utf-8")
    body = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    return HTMLResponse(frame.replace("{{body}}", body), status, headers=FORM)
