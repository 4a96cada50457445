"""The vendors' double with moods. It keeps a ledger of what it took, and whether the caller was told."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bench.rig.vendor import TELEGRAM_SENDS, Answer, Vendor, words
from tests.flows.vendors import filled

SENDS = ("Messages.json", *TELEGRAM_SENDS)
"""The ends of the addresses that bring a bubble."""


class Mood(StrEnum):
    """What the vendors do instead of taking a message and saying so."""

    THROTTLED = "429"
    BROKEN = "500"
    RESET = "reset"
    SLOW = "slow"
    TOOK_AND_RESET = "took it and reset"


@dataclass
class Taken:
    """One bubble that reached a phone. `told` is false where the double never answered that it took it."""

    number: int
    person: str
    text: str
    at: float
    told: bool = True


@dataclass
class MoodyVendor(Vendor):
    """`moods` has the share of sends each spoils; `offered`, by person, what she can tap as (title, id)."""

    draw: random.Random = field(default_factory=random.Random)
    moods: dict[Mood, float] = field(default_factory=dict)
    ledger: list[Taken] = field(default_factory=list)
    offered: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    spoilt: Counter[Mood] = field(default_factory=Counter)
    on_take: Callable[[str], None] = lambda person: None

    async def _reply(self, writer: asyncio.StreamWriter, verb: str, path: str, sent: dict[str, Any]) -> None:
        is_bubble = path.endswith(SENDS) and words(sent)
        mood = self._mood() if is_bubble else None
        if mood in (Mood.THROTTLED, Mood.BROKEN):
            return await self._write(writer, *refusal(path, int(mood)))
        if mood is Mood.SLOW:
            await asyncio.sleep(self.draw.uniform(2, 6))
        if mood is Mood.TOOK_AND_RESET:
            self._answer(verb, path, sent)
            self.ledger[-1].told = False
        if mood in (Mood.RESET, Mood.TOOK_AND_RESET):
            writer.transport.abort()
            raise ConnectionResetError
        await super()._reply(writer, verb, path, sent)

    def _mood(self) -> Mood | None:
        found = next((mood for mood, share in self.moods.items() if self.draw.random() < share), None)
        self.spoilt.update([found] if found else [])
        return found

    def _twilio(self, sent: dict[str, Any]) -> dict[str, Any]:
        if template := next((t for t in self.templates if t["sid"] == sent.get("ContentSid")), None):
            shown = filled(template, json.loads(sent["ContentVariables"]))
            self.offered[sent["To"]] = list(shown.choices)
            sent = sent | {"Body": shown.text}
        return super()._twilio(sent)

    def _telegram(self, method: str, sent: dict[str, Any]) -> Any:
        rows = json.loads(sent.get("reply_markup") or "{}").get("inline_keyboard", [])
        if buttons := [(b["text"], b["callback_data"]) for row in rows for b in row]:
            self.offered[str(sent["chat_id"])] = buttons
        return super()._telegram(method, sent)

    def take(self, person: str, text: str) -> int:
        number = super().take(person, text)
        self.ledger.append(Taken(number, person, text, time.monotonic()))
        self.on_take(person)
        return number


def refusal(path: str, status: int) -> Answer:
    """How each vendor says it (Twilio's and Telegram's own error bodies)."""
    if "/bot" in path:
        wait = {"parameters": {"retry_after": 2}} if status == 429 else {}
        return status, {"ok": False, "error_code": status, "description": "chaos", **wait}
    return status, {"code": 20429 if status == 429 else 20500, "message": "chaos", "status": status}
