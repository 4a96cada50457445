"""The worker process: answers, sends, erases what is due, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from bot import erasing, spool
from bot.care.safety import ear
from bot.people.masking import mask
from bot.runtime import Runtime

log = logging.getLogger(__name__)

AT_ONCE = 4
"""Messages one worker has in hand at the same time, each of another learner."""
IDLE = 0.05
"""Seconds between two looks at an empty queue."""
TROUBLE = 1.0
"""Seconds to wait when the database is away."""
ERASE_EVERY = 1.0
SPOOL_EVERY = 0.2
"""Seconds between two looks at the spool: while anything lies there, what comes in waits behind it."""


async def run(house: Runtime) -> None:
    """Until SIGTERM or SIGINT; what is in hand is finished first."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    ear()
    mask("Hola, soy Ana y vivo con Rosa")  # both read their data now, so that nobody waits for it later
    spool.sweep(house)
    hands = [house.worker.work_one] * AT_ONCE + [house.outbox.send_one] * AT_ONCE + [house.worker.hear_cry]
    await asyncio.gather(
        *(keep_on(work, stop, IDLE) for work in hands),
        keep_on(lambda: erase(house), stop, ERASE_EVERY),
        keep_on(lambda: take_up(house), stop, SPOOL_EVERY),
    )
    await house.rasa.close()
    for channel in house.channels.values():
        await channel.close()


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
            log.error("the database does not answer: %s", type(trouble.orig).__name__)
            pause = TROUBLE
        if pause:
            await _wait(stop, pause)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
