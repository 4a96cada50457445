"""The worker process: answers, sends, erases what is due, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb
from typing import Any, Generic, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot import erasing, spool
from bot.care.safety import ear
from bot.config import ROOT
from bot.people.masking import mask
from bot.pricing import Nightly
from bot.runtime import Runtime

log = logging.getLogger(__name__)
Job = TypeVar("Job")

AT_ONCE = 4
"""Messages one worker has in hand at the same time, each of another learner."""
IDLE = 0.05
"""Seconds between two looks at an empty queue."""
IDLE_SENDING = 0.25
"""The same for what leaves: this process rings the bell for its own replies, so this is for what others left behind."""
CRY_EVERY = 0.25
"""Seconds between two looks at what waits behind an earlier message."""
TROUBLE = 1.0
"""Seconds to wait when the database is away."""
ERASE_EVERY = 1.0
PRICES_EVERY = 600.0
"""Seconds between two looks whether it is night."""
SPOOL_EVERY = 0.2
"""Seconds between two looks at the spool: while anything lies there, what comes in waits behind it."""


async def run(house: Runtime) -> None:
    """Until SIGTERM or SIGINT."""
    await work(house, told_to_stop())
    await house.close()


def told_to_stop() -> asyncio.Event:
    """Set by SIGTERM and SIGINT."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def work(house: Runtime, stop: asyncio.Event) -> None:
    """Answer and send until `stop` is set; what is in hand is finished first."""
    ear()
    mask("Hola, soy Ana y vivo con Rosa")  # both read their data now, so that nobody waits for it later
    spool.sweep(house)
    answering = Hands(house.worker.take, house.worker.answer, IDLE)
    sending = Hands(house.outbox.take, house.outbox.deliver, IDLE_SENDING)
    house.worker.has_replied = sending.bell.set
    pairs: list[Hands[Any]] = [answering, sending] * AT_ONCE
    await asyncio.gather(
        *(keep_on(hands.work, stop, 0) for hands in pairs),
        keep_on(house.worker.hear_cry, stop, CRY_EVERY),
        keep_on(lambda: erase(house), stop, ERASE_EVERY),
        keep_on(lambda: take_up(house), stop, SPOOL_EVERY),
        keep_on(Nightly(house).ask, stop, PRICES_EVERY),
    )


class Hands(Generic[Job]):
    """Several pairs of hands for one queue. Only one looks for work at a time; the others work, or wait behind it."""

    def __init__(self, take: Callable[[], Job | None], do: Callable[[Job], Awaitable[None]], idle: float) -> None:
        self._take, self._do, self._idle = take, do, idle
        self._turn = asyncio.Lock()
        self.bell = asyncio.Event()
        """Set by whoever knows that there is work."""

    async def work(self) -> bool:
        """Find one piece, do it. False after a while without any."""
        async with self._turn:
            self.bell.clear()
            job = self._take()
            if job is None:
                await _wait(self.bell, self._idle)
        if job is not None:
            await self._do(job)
            self.bell.set()  # whoever this one made wait may be next
        return job is not None


async def erase(house: Runtime) -> bool:
    erasing.erase_due(house)
    return False


async def take_up(house: Runtime) -> bool:
    """What came in while the database was away; in a thread, because it may be much."""
    try:
        return await asyncio.to_thread(spool.take_up, house)
    except (NoConnection, OSError) as trouble:
        log.error("the spool waits: %s", type(trouble).__name__)
        return False


async def keep_on(work: Callable[[], Awaitable[bool]], stop: asyncio.Event, idle: float) -> None:
    """Do one piece after the other. Trouble with the database is waited out; nothing else gets this far."""
    while not stop.is_set():
        try:
            pause = 0.0 if await work() else idle
        except DBAPIError as trouble:
            log.error("trouble with the database: %s at %s", type(trouble.orig).__name__, place_of(trouble))
            pause = TROUBLE
        if pause:
            await _wait(stop, pause)


def place_of(trouble: BaseException) -> str:
    """The last three lines of ours on the way to it. The message itself may hold values of a row."""
    ours = [frame for frame in extract_tb(trouble.__traceback__) if frame.filename.startswith(str(ROOT / "bot"))]
    return " < ".join(f"{Path(f.filename).relative_to(ROOT)}:{f.lineno}" for f in ours[:-4:-1])


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
