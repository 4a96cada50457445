"""How things are, in numbers: no names, no words, nobody's story."""

from __future__ import annotations

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from bot import spool_files
from bot.care.tables import Incident
from bot.db import now
from bot.limits import in_time
from bot.messages.tables import SCHEDULED, Direction, Message, Status
from bot.people.tables import Learner
from bot.runtime import Runtime
from bot.spool import AWAY

NAMES = (
    "learners",
    "incidents_open",
    "incidents_overdue",
    "inbound_waiting",
    "inbound_failed",
    "outbound_waiting",
    "outbound_failed",
    "spool_waiting",
    "spool_broken",
    "spool_oldest_seconds",
    "database_up",
)


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
