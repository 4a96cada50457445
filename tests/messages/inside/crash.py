"""A worker process that kills itself with SIGKILL at a named point: run by test_crash.py, never imported.

Arguments: the point ("never" for none), the file that stands for the vendor, the folder of this Rumbo.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.guidance.conversation import Said
from bot.messages import outbox, replies, worker
from bot.messages.rasa import Heard
from bot.runtime import Runtime
from channels.base import Limits, Reply
from tests.conftest import make_settings

POINT, VENDOR, FOLDER, DATABASE = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
house = Runtime(make_settings(FOLDER, database_url=DATABASE))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_at(owner: Any, name: str, before: str, after: str) -> None:
    """Put the two points around a function."""
    real: Callable[..., Any] = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if before == POINT:
            die()
        result = real(*args, **kwargs)
        if after == POINT:
            die()
        return result

    setattr(owner, name, wrapped)


class Engine:
    """Hands a message to the interviewer as Rasa's form does."""

    async def ask(self, learner_id: str, message_id: int, said: str, channel: str, exact: bool) -> Heard:
        if POINT == "before the engine is asked":
            die()
        opening = said == "hola"
        intent = "start_life_project" if opening else "nlu_fallback"
        outcome = house.interviewer.hear(learner_id, message_id, Said(said, intent, 1.0, opening=opening))
        if POINT == "after the outcome is recorded":
            die()
        return Heard(outcome.replies, {"intent": intent}, "v1")


class Vendor:
    name = "fake"
    limits = Limits(text=1500)

    async def send(self, to: str, reply: Reply) -> str:
        if POINT == "before the vendor is called":
            die()
        with VENDOR.open("a") as lines:
            lines.write(f"{reply.text.splitlines()[0]}\n")
        if POINT == "after the vendor took it":
            die()
        return f"sent-{os.getpid()}-{VENDOR.stat().st_size}"


async def main() -> None:
    die_at(worker.Worker, "take", "before the claim", "after the claim")
    die_at(replies, "queue_replies", "before the replies are queued", "after the replies are queued, uncommitted")
    die_at(worker.Worker, "_close", "before the close", "after the close")
    die_at(outbox.Outbox, "_sent", "before the sending is recorded", "after the sending is recorded")
    working = replace(house.worker, rasa=Engine(), lease=timedelta(seconds=0.2))
    sending = outbox.Outbox(house.db, house.sealer, {"fake": Vendor()}, timedelta(seconds=0.2))  # type: ignore[dict-item]
    idle = 0
    while idle < 12:
        busy = [await working.work_one(), await sending.send_one()]
        idle = 0 if any(busy) else idle + 1
        await asyncio.sleep(0.03)


asyncio.run(main())
