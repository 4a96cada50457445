"""Asks Rasa what a message means and what follows from it. The only file that knows Rasa's HTTP."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine, create_engine, inspect, text

from bot import scrubbing
from bot.content.library import Bubble

TIMEOUT = httpx.Timeout(8, connect=2)


class EngineDown(Exception):
    """Rasa cannot be reached, takes too long or answers rubbish. The message waits."""


class NoAnswer(Exception):
    """Rasa took the message and said nothing: an action or the wording failed.

    HTTP 200 with `[]` means this, and so do notes without a bubble: one action went well and a later one failed.
    """


@dataclass(frozen=True)
class Heard:
    """What came back: bubbles, what Rasa understood and which rule or form answered, and the content's version."""

    bubbles: list[Bubble] = field(default_factory=list)
    understanding: dict[str, Any] | None = None
    content_version: str | None = None


class Rasa:
    """One or more engines; a learner always goes to the same one, which is the only one to know her conversation."""

    def __init__(self, urls: tuple[str, ...], inner_urls: tuple[str, ...], store_url: str) -> None:
        self.urls = urls
        self.inner_urls = inner_urls
        self.store_url = store_url
        self.http = httpx.AsyncClient(timeout=TIMEOUT)

    def engine_of(self, learner_id: str) -> str:
        return self.urls[zlib.crc32(learner_id.encode()) % len(self.urls)]

    async def ask(self, learner_id: str, message_id: int, said: str, channel: str, exact: bool) -> Heard:
        """Send one message. `exact`: it is a payload of ours, not something typed.

        Raises `EngineDown` when trying later may help, `NoAnswer` when Rasa took it and failed.
        """
        metadata = {"message_id": message_id, "channel": channel, "choice": exact}
        body = {"sender": learner_id, "message": said if exact else said.lstrip().lstrip("/"), "metadata": metadata}
        try:
            answer = await self.http.post(f"{self.engine_of(learner_id)}/webhooks/rest/webhook", json=body)
            answer.raise_for_status()
            parts = answer.json()
        except (httpx.HTTPError, ValueError) as trouble:
            raise EngineDown(type(trouble).__name__) from None
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise EngineDown("not a list of replies")
        heard = read(parts)
        if not heard.bubbles:
            raise NoAnswer
        return heard

    async def is_inner_up(self) -> bool:
        """Whether the actions and wording answer everywhere, which Rasa depends on for every reply."""
        return all([await self._answers(f"{url}/health") for url in self.inner_urls])

    async def _answers(self, url: str) -> bool:
        try:
            return (await self.http.get(url)).status_code == 200
        except httpx.HTTPError:
            return False

    async def is_up(self, learner_id: str = "") -> bool:
        return await self._answers(f"{self.engine_of(learner_id)}/")

    def forget(self, learner_id: str) -> None:
        """Erase a conversation from the engine's own store; the engine notices at the next message."""
        with self._store() as engine, engine.begin() as store:
            if engine.dialect.name == "sqlite":
                store.exec_driver_sql("PRAGMA secure_delete=ON")
            if inspect(store).has_table("conversation"):
                store.execute(text("DELETE FROM conversation WHERE sender_id = :who"), {"who": learner_id})
            scrubbing.owe(store)

    def scrub(self, is_night: bool) -> bool:
        """See `scrubbing.scrub`."""
        if self.store_url.startswith("sqlite") and not Path(self.store_url.removeprefix("sqlite:///")).exists():
            return True  # the engine never ran
        with self._store() as engine:
            return scrubbing.scrub(engine, is_night)

    @contextmanager
    def _store(self) -> Iterator[Engine]:
        engine = create_engine(self.store_url.replace("postgresql://", "postgresql+psycopg://"))
        try:
            yield engine
        finally:
            engine.dispose()

    async def close(self) -> None:
        await self.http.aclose()


def read(parts: list[dict[str, Any]]) -> Heard:
    """Rasa's list of replies. Ours travel whole in `custom` (`actions/common.py`), anything else as plain text."""
    bubbles: list[Bubble] = []
    understanding, fired, version = None, None, None
    for part in parts:
        note = (part.get("custom") or {}).get("rumbo") or {}
        understanding = note.get("understood") or understanding
        fired = note.get("fired") or fired
        version = note.get("version") or version
        said = note.get("bubbles") or []
        bubbles += [
            Bubble(b["text"], _pairs(b["buttons"]), b["content"], b.get("media"), _pairs(b.get("hears") or ()))
            for b in said
        ]
        if text_ := part.get("text"):
            bubbles.append(Bubble(text_, _pairs((b["title"], b["payload"]) for b in part.get("buttons") or [])))
    if understanding and fired:
        understanding |= {"fired": fired}
    return Heard(bubbles, understanding, version)


def _pairs(buttons: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((title, payload) for title, payload in buttons)
