"""The staff port: the console behind its sign-in, and the numbers for Prometheus."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse

from bot import limits
from bot.indicators.keeping import Keeper
from bot.review.sentences import Places
from bot.runtime import Runtime, runtime
from console import frame
from console.door import ROUTES
from console.numbers import everything
from console.pages import (
    audit,
    conversation,
    conversations,
    learner,
    learner_data,
    marking,
    now,
    numbers,
    opening,
    overview,
    requests,
    review,
    signin,
    takeover,
    unread,
)

PAGES = (
    signin,
    now,
    conversations,
    conversation,
    takeover,
    opening,
    learner,
    learner_data,
    marking,
    requests,
    review,
    unread,
    overview,
    audit,
    numbers,
)
"""Importing them puts their routes into `ROUTES`."""
TRIES_PER_SECOND, TRIES_AT_ONCE = 0.2, 20
"""Passwords one address may try; each name has its own waiting besides."""


def create_app(house: Runtime | None = None) -> FastAPI:
    rumbo = house or runtime()
    app = FastAPI(openapi_url=None)
    app.state.rumbo = rumbo
    app.state.guard = limits.Guard(rumbo.settings)
    app.state.tries = limits.Buckets(TRIES_PER_SECOND, TRIES_AT_ONCE)
    app.state.keeper, app.state.places = Keeper(rumbo.db), Places()
    limits.add(app)
    frame.add(app)
    app.router.routes.extend(ROUTES)

    @app.get("/metrics")
    async def metrics() -> PlainTextResponse:
        """The numbers for Prometheus, which cannot sign in."""
        found = await everything(rumbo)
        lines = [f"# TYPE rumbo_{name} gauge\nrumbo_{name} {number}" for name, number in found.items()]
        return PlainTextResponse("\n".join(lines) + "\n")

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return app
