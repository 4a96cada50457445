"""Work of the web process that goes on after a webhook is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")
Work = Coroutine[Any, Any, None]

SPARE = 32
"""Tasks under way from which on what can be left out is. A service that hangs would let them pile up without end."""
LAST = 2.0
"""Seconds they are given when the process stops."""


class Later:
    """Tasks that are kept, so that they are not collected, and never loud."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def do(self, work: Work) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def spare(self, work: Callable[[T], Work], of: T) -> bool:
        """The same for what may be left out, such as "typing…". False when it was."""
        is_calm = len(self._running) < SPARE
        if is_calm:
            self.do(work(of))
        return is_calm

    async def finish(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=LAST)
