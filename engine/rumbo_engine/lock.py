"""One message of a learner at a time, first come first served, without polling.

Rasa's in-memory lock looks again every second: a double tap costs a learner a second. Its Redis lock is not
atomic. One engine process owns a learner (see docs/operations), so an asyncio lock is all that is needed.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import Any, AsyncIterator

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore


class _Queue:
    """The lock of one conversation and how many hold or await it."""

    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class FifoLockStore(LockStore):
    """endpoints.yml: `lock_store: {type: rumbo_engine.lock.FifoLockStore}`."""

    def __init__(self, endpoint_config: Any = None) -> None:
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = 1
    ) -> AsyncIterator[asyncio.Lock]:
        """Wait for our turn, at most `lock_lifetime` seconds; `LockError` when it does not come."""
        queue = self._queues.setdefault(conversation_id, _Queue())
        queue.users += 1
        try:
            await self._acquire(conversation_id, queue.lock, lock_lifetime)
            try:
                yield queue.lock
            finally:
                queue.lock.release()
        finally:
            queue.users -= 1
            if not queue.users:  # nothing is kept for a learner who is silent
                self._queues.pop(conversation_id, None)

    @staticmethod
    async def _acquire(conversation_id: str, lock: asyncio.Lock, seconds: float) -> None:
        try:
            await asyncio.wait_for(lock.acquire(), seconds)
        except asyncio.TimeoutError as error:
            raise LockError(f"Conversation {conversation_id} was busy for {seconds} seconds.") from error
