"""Stand-ins that keep the real protocols: a channel that remembers, an engine that says what it is told to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.content.library import Bubble
from bot.messages.rasa import Heard
from channels.base import Gone, Hook, Inbound, Limits, Opening, Price, Receipt, Reply


class FakeChannel:
    """Remembers what was sent; fails as often and as it is told to."""

    name = "fake"
    accepted = (b"{}", "application/json")

    def __init__(self, *failures: Exception, text: int = 1500, window: timedelta | None = None) -> None:
        self.failures = list(failures)
        self.limits = Limits(text=text, window=window)
        self.sent: list[tuple[str, Reply]] = []
        self.approved: list[Opening] = []
        self.priced: dict[date, list[Price]] = {}

    def verify(self, hook: Hook) -> bool:
        return hook.body != b"forged"

    def parse(self, hook: Hook) -> list[Inbound | Receipt | Gone]:
        return [Inbound(hook.url, "someone", hook.body.decode())]

    async def acknowledge(self, inbound: Inbound) -> None:
        """There is nobody to show it to."""

    async def send(self, to: str, reply: Reply) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((to, reply))
        return f"fake-{len(self.sent)}"

    async def openings(self) -> list[Opening]:
        return self.approved

    async def prices(self, day: date) -> list[Price]:
        return self.priced.get(day, [])

    async def close(self) -> None:
        """There is no connection."""

    def texts(self, to: str | None = None) -> list[str]:
        return [reply.text for whom, reply in self.sent if to in (None, whom)]


@dataclass
class FakeRasa:
    """An engine that answers by a function, and can be away or silent."""

    answer: Callable[[str], list[Bubble]] = lambda said: [Bubble(f"oí {said}")]
    trouble: list[Exception] = field(default_factory=list)
    asked: list[tuple[str, int, str, bool]] = field(default_factory=list)
    inner_up: bool = True

    async def ask(self, learner_id: str, message_id: int, said: str, channel: str, exact: bool) -> Heard:
        self.asked.append((learner_id, message_id, said, exact))
        if self.trouble:
            raise self.trouble.pop(0)
        return Heard(self.answer(said), {"intent": "test", "confidence": 1.0}, "v1")

    async def is_inner_up(self) -> bool:
        return self.inner_up

    def forget(self, learner_id: str) -> None:
        """It remembers nobody."""
