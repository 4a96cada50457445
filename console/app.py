"""The staff port. For now it says how things are, in numbers: no names, no words, nobody's story."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from bot import spool_files
from bot.care.tables import Incident
from bot.db import now
from bot.limits import in_time
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people.tables import Learner
from bot.runtime import Runtime, runtime
from bot.spool import AWAY

PAGE = """<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rumbo · equipo</title><link rel="stylesheet" href="/staff.css"><main><h1>Rumbo</h1>
<p>La ventana del equipo está en camino. Por ahora, así van las cosas:</p><dl>{rows}</dl></main></html>"""
STYLE = """body{font:1.1rem/1.5 system-ui,sans-serif;background:#faf6f0;color:#2b2433;margin:0}
main{max-width:34rem;margin:3rem auto;padding:0 1.2rem}h1{color:#7a3b52}
dl{display:grid;grid-template-columns:1fr auto;gap:.6rem 1rem}
dt,dd{margin:0;padding:.5rem 0;border-bottom:1px solid #e4d9cf}
dd{font-weight:700;text-align:right}"""
WORDS = {
    "learners": "Personas",
    "incidents_open": "Avisos abiertos",
    "incidents_overdue": "Avisos atrasados",
    "inbound_waiting": "Mensajes por contestar",
    "inbound_failed": "Mensajes sin respuesta",
    "outbound_waiting": "Respuestas por enviar",
    "outbound_failed": "Respuestas que no salieron",
    "spool_waiting": "Llamadas en espera en el disco",
    "spool_broken": "Llamadas apartadas en el disco",
    "spool_oldest_seconds": "Segundos de espera de la más antigua",
    "database_up": "La base de datos responde",
}
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"


def create_app(house: Runtime | None = None) -> FastAPI:
    rumbo = house or runtime()
    app = FastAPI(openapi_url=None)

    @app.get("/")
    async def page() -> HTMLResponse:
        numbers = await everything(rumbo)
        rows = "".join(f"<dt>{WORDS[name]}</dt><dd>{number}</dd>" for name, number in numbers.items())
        return HTMLResponse(PAGE.format(rows=rows), headers={"Content-Security-Policy": POLICY})

    @app.get("/staff.css")
    async def style() -> PlainTextResponse:
        return PlainTextResponse(STYLE, media_type="text/css")

    @app.get("/metrics")
    async def metrics() -> PlainTextResponse:
        """The same numbers for Prometheus."""
        numbers = await everything(rumbo)
        lines = [f"# TYPE rumbo_{name} gauge\nrumbo_{name} {number}" for name, number in numbers.items()]
        return PlainTextResponse("\n".join(lines) + "\n")

    @app.get("/health")
    async def health() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return app


async def everything(rumbo: Runtime) -> dict[str, int]:
    """All numbers; those of the disk alone while the database is away, which is when they matter most."""
    try:
        known = await in_time(count, rumbo) | {"database_up": 1}
    except AWAY:
        known = {"database_up": 0}
    return known | await run_in_threadpool(on_disk, rumbo)


def on_disk(rumbo: Runtime) -> dict[str, int]:
    """What lies in the spool of this host."""
    lying = spool_files.state(rumbo)
    return {"spool_waiting": lying.waiting, "spool_broken": lying.broken, "spool_oldest_seconds": lying.oldest}


def count(rumbo: Runtime) -> dict[str, int]:
    """How many of what staff must know of, in the database."""
    waiting, failed = Message.status.in_((Status.TODO, Status.DOING)), Message.status == Status.FAILED
    inbound, outbound = Message.direction == Direction.IN, Message.direction == Direction.OUT
    is_open = Incident.closed_at.is_(None)
    questions = {
        "learners": select(func.count()).select_from(Learner),
        "incidents_open": select(func.count()).where(is_open),
        "incidents_overdue": select(func.count()).where(is_open, Incident.due_at < now()),
        "inbound_waiting": select(func.count()).where(inbound, waiting),
        "inbound_failed": select(func.count()).where(inbound, failed),
        "outbound_waiting": select(func.count()).where(outbound, waiting, Message.kind != SCHEDULED),
        "outbound_failed": select(func.count()).where(outbound, failed),
    }
    with rumbo.db.read() as session:
        return {name: int(session.scalar(question) or 0) for name, question in questions.items()}
