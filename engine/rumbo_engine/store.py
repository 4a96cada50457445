"""The tracker store: one small row per conversation, rewritten after every message."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from typing import Any, Iterable, NamedTuple

import orjson
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from rumbo_engine import turns
from rumbo_engine.rows import Rows, open_rows
from rumbo_engine.tracker import LeanTracker, compact, event_from_dict

logger = logging.getLogger(__name__)


class StoreUnavailable(asyncio.CancelledError):
    """The database could not be read. The REST channel answers [], which the worker reads as a failure.

    Why a CancelledError: Rasa wraps every store in FailSafeTrackerStore, which takes any Exception for "no
    conversation yet" and would greet a learner in the middle of an interview as a stranger.
    """


class _Held(NamedTuple):
    """A conversation as last read or written, with the JSON of each event, which is made only once."""

    version: int
    events: list[Event]
    fragments: list[bytes]


def _dump(value: Any) -> bytes:
    return orjson.dumps(value, default=str, option=orjson.OPT_SERIALIZE_NUMPY)


class BoundedTrackerStore(TrackerStore):
    """endpoints.yml: `tracker_store: {type: rumbo_engine.store.BoundedTrackerStore, url: ..., keep: 4, high: 8}`.

    More than `high` turns are cut back to a snapshot and the last `keep`. `cache` conversations are held in
    memory; the version in the database is checked at every read, so a row deleted or changed by another process
    counts at once. A row deleted while a message is worked on is not written again: erasing must not be undone.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: Any = None,
        url: str | None = None,
        keep: int = 4,
        high: int = 8,
        cache: int = 200,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        if not 0 < keep <= high:
            raise ValueError(f"keep ({keep}) must be at least 1 and at most high ({high}).")
        self.rows: Rows = open_rows(url or host or "sqlite:///conversations.db")
        self.keep, self.high, self.cache_size = keep, high, cache
        self._cache: OrderedDict[str, _Held] = OrderedDict()

    def init_tracker(self, sender_id: str) -> LeanTracker:
        return LeanTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> LeanTracker | None:
        """The conversation, or None when there is none; `StoreUnavailable` when nobody can tell."""
        try:
            held = await self._load(sender_id)
        except Exception as error:
            logger.error("Conversation store unavailable: %s", type(error).__name__)
            raise StoreUnavailable("The conversation store cannot be read.") from error
        if held is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in held.events:
            tracker.update(event)
        tracker.is_stored = True
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> LeanTracker | None:
        """The same conversation, for reading over HTTP: with all the events that are kept."""
        tracker = await self.retrieve(conversation_id)
        if tracker is not None:
            tracker.shows_all_events = True
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        sender_id = tracker.sender_id
        turns.SAVED.set(tracker.events)
        if self.event_broker is not None:
            await self.stream_events(tracker)
        held = self._pack(tracker)
        document = b"[" + b",".join(held.fragments) + b"]"
        if await self._write(tracker, held.version, document):
            self._remember(sender_id, held)
        else:
            self._cache.pop(sender_id, None)
            logger.info("A conversation was erased while a message of it was worked on; it stays erased.")

    async def delete(self, sender_id: str) -> None:
        self._cache.pop(sender_id, None)
        await self.rows.delete(sender_id)

    async def keys(self) -> Iterable[str]:
        return await self.rows.keys()

    async def _load(self, sender_id: str) -> _Held | None:
        held = self._cache.get(sender_id)
        if held is not None and await self.rows.version(sender_id) == held.version:
            self._cache.move_to_end(sender_id)
            return held
        self._cache.pop(sender_id, None)
        row = await self.rows.get(sender_id)
        return self._remember(sender_id, _unpack(*row)) if row else None

    def _pack(self, tracker: DialogueStateTracker) -> _Held:
        old = self._cache.get(tracker.sender_id)
        known = {id(event): json for event, json in zip(old.events, old.fragments, strict=True)} if old else {}
        events = list(tracker.events)
        events = compact(events, tracker.sender_id, self.domain.slots, self.keep, self.high) or events
        fragments = [known.get(id(event)) or _dump(event.as_dict()) for event in events]
        return _Held(time.time_ns(), events, fragments)

    async def _write(self, tracker: DialogueStateTracker, version: int, document: bytes) -> bool:
        """False when the row was there and is gone. Trackers that Rasa makes from HTTP count as new."""
        if getattr(tracker, "is_stored", False):
            return await self.rows.update(tracker.sender_id, version, document)
        await self.rows.insert(tracker.sender_id, version, document)
        if isinstance(tracker, LeanTracker):
            tracker.is_stored = True
        return True

    def _remember(self, sender_id: str, held: _Held) -> _Held:
        if self.cache_size:
            self._cache[sender_id] = held
            self._cache.move_to_end(sender_id)
            while len(self._cache) > self.cache_size:
                self._cache.popitem(last=False)
        return held


def _unpack(version: int, document: bytes) -> _Held:
    """Events of a kind this Rasa does not know are left out, as Rasa's own stores do."""
    stored = orjson.loads(document)
    known = [(event, one) for one in stored if (event := event_from_dict(one)) is not None]
    return _Held(version, [event for event, _ in known], [_dump(one) for _, one in known])
