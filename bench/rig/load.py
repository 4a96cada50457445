"""Learners who write: over signed WhatsApp webhooks, each waiting for an answer and reading it before the next."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from bench.rig.vendor import ACCOUNT, Vendor

READING = 0.3
"""Seconds a learner reads after the first bubble: later bubbles of the same answer are not taken for the next."""
PATIENCE = 30.0
_numbers = itertools.count(1)


@dataclass
class Seen:
    """What a load showed: seconds webhook -> send of every answered message, and how many went unanswered."""

    waits: list[float] = field(default_factory=list)
    silent: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def quantile(self, share: float) -> float:
        ordered = sorted(self.waits)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


@dataclass
class Door:
    """Where messages go in: the address called, the public address and token that signatures are made with."""

    http: httpx.AsyncClient
    path: str
    public: str
    token: str

    async def write(self, person: str, text: str) -> None:
        sid = f"SM{next(_numbers):032x}"
        said = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "From": person, "Body": text, "NumMedia": "0"}
        said |= {"To": "whatsapp:+14155238886", "ProfileName": "", "WaId": person[10:], "MessageType": "text"}
        signature = RequestValidator(self.token).compute_signature(f"{self.public}{self.path}", said)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        answer = await self._brought(urlencode(said), headers)
        answer.raise_for_status()

    async def _brought(self, body: str, headers: dict[str, str]) -> httpx.Response:
        """As the service does it: a line that breaks is tried again, with the same number."""
        for last in (False, False, True):
            try:
                return await self.http.post(self.path, content=body, headers=headers)
            except httpx.TransportError:
                if last:
                    raise
        raise AssertionError("the last try returns or raises")


def people(number: int, first: int = 0) -> list[str]:
    return [f"whatsapp:+52155{first + n:08d}" for n in range(number)]


async def converse(door: Door, vendor: Vendor, talks: dict[str, list[str]], reading: float = READING) -> Seen:
    """All at the same time, each at her own pace: closed loop."""
    seen, start = Seen(), time.perf_counter()
    await asyncio.gather(*(_one(door, vendor, who, texts, seen, reading) for who, texts in talks.items()))
    seen.seconds = time.perf_counter() - start
    return seen


async def _one(door: Door, vendor: Vendor, who: str, texts: list[str], seen: Seen, reading: float) -> None:
    for text in texts:
        await _ask(door, vendor, who, text, seen)
        await asyncio.sleep(reading)


async def _ask(door: Door, vendor: Vendor, who: str, text: str, seen: Seen) -> None:
    vendor.waiting[who].clear()
    start = time.perf_counter()
    writing = asyncio.ensure_future(door.write(who, text))
    try:
        await asyncio.wait_for(vendor.waiting[who].wait(), PATIENCE)
        seen.waits.append(time.perf_counter() - start)
    except TimeoutError:
        seen.silent += 1
    await writing


async def arrive(door: Door, vendor: Vendor, pairs: Iterable[tuple[str, str]], rate: float, seed: int = 1) -> Seen:
    """Open loop: (person, text) come by chance, `rate` a second, whether or not earlier ones are answered."""
    seen, start, draw, due, running = Seen(), time.perf_counter(), random.Random(seed), 0.0, []
    for who, text in pairs:
        due += draw.expovariate(rate)
        await asyncio.sleep(max(0.0, start + due - time.perf_counter()))
        running.append(asyncio.ensure_future(_ask(door, vendor, who, text, seen)))
    await asyncio.gather(*running)
    seen.seconds = time.perf_counter() - start
    return seen
