"""The learners: who they are and what each writes, all of it from one seed."""

from __future__ import annotations

import asyncio
import math
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bench.chaos import post
from bench.chaos.post import Call, Postman
from bench.chaos.vendor import MoodyVendor
from bench.rig.stage import sentences

AWAKE = 32
"""Learners who write at the same time. Each waits for her answer, so that Rumbo keeps up between faults."""
PATIENCE = 5.0
"""Seconds after which she writes again, answered or not."""
MANY, LONG = 64, 30.0
"""While so many have no answer yet, nobody writes anything new for this long (seconds): what waits stays bounded."""
LINES = 100_000
"""More lines than a learner has: keeps the numbers of messages apart."""
NOT_TAPPED = re.compile(r"borr|elimin|baja|\bno\b", re.IGNORECASE)
"""Buttons that would end her conversation, or take her rows away that are to be counted."""


class Way(StrEnum):
    """How she says a line."""

    WORDS = "words"
    TAP = "tap"
    VOICE = "voice"


SHARES = {Way.WORDS: 0.72, Way.TAP: 0.24, Way.VOICE: 0.04}


@dataclass(frozen=True)
class Line:
    """What she writes; a tap names the place among what was offered, and is words when nothing was."""

    way: Way
    text: str
    place: int


@dataclass
class Written:
    """A message on its way in. Messages of one learner with the same `rank` have no order among them."""

    channel: str
    person: str
    provider_id: str
    rank: int
    at: float
    taken: bool = False


@dataclass
class Learner:
    """One person on one channel, and the number of her messages so far."""

    number: int
    channel: str
    address: str
    lines: list[Line]
    written: int = 0
    rank: int = 0
    mine: asyncio.Lock = field(default_factory=asyncio.Lock)


def learners(count: int, messages: int, seed: int) -> list[Learner]:
    """So many people, who write so many messages in all, over both channels by turns."""
    draw = random.Random(seed)
    found = []
    for number in range(count):
        share = messages // count + (number < messages % count)
        channel = "telegram" if number % 2 else "whatsapp"
        address = str(600_000_000 + number) if number % 2 else f"whatsapp:+52155{number:08d}"
        texts = sentences(share, seed=draw.randrange(2**32))
        ways = draw.choices(list(SHARES), list(SHARES.values()), k=share)
        lines = [Line(way, text, draw.randrange(10)) for way, text in zip(ways, texts, strict=True)]
        found.append(Learner(number, channel, address, lines))
    return found


@dataclass
class Crowd:
    """Everybody, writing. `swap` brings two of her messages in the wrong order; at `most` messages all pause."""

    people: list[Learner]
    vendor: MoodyVendor
    postman: Postman
    on_written: Callable[[], None] = lambda: None
    swap: bool = False
    swapped: int = 0
    most: float = math.inf
    all: list[Written] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)

    async def write(self, awake: int = AWAKE) -> None:
        """All lines of everybody. Who has written most waits, so that all are in the middle when things break."""
        self.vendor.on_take = self.waiting.discard
        turns: asyncio.Queue[Learner] = asyncio.Queue()
        for person in self.people:
            turns.put_nowait(person)
        await asyncio.gather(*(self._hand(turns) for _ in range(awake)))
        await asyncio.gather(*self.postman.late)

    async def _hand(self, turns: asyncio.Queue[Learner]) -> None:
        while not turns.empty():
            person = turns.get_nowait()
            await self._room()
            await self._turn(person)
            if person.lines:
                turns.put_nowait(person)

    async def _room(self) -> None:
        while len(self.all) >= self.most:
            await asyncio.sleep(0.1)
        start = time.monotonic()
        while len(self.waiting) >= MANY and time.monotonic() - start < LONG:
            await asyncio.sleep(0.1)

    async def _turn(self, person: Learner) -> None:
        async with person.mine:
            lines = [person.lines.pop(0) for _ in range(2 if self.swap else 1) if person.lines]
            self.swapped += len(lines) > 1
            calls = [self._call(person, line) for line in lines]
            for written, call in reversed(calls):
                person.rank += 1
                written.rank = person.rank
                await self._bring(written, call, person)

    async def _bring(self, written: Written, call: Call, person: Learner) -> None:
        self.vendor.waiting[person.address].clear()
        self.waiting.add(person.address)
        written.at = time.monotonic()
        written.taken = await self.postman.deliver(call)
        self.on_written()
        try:
            await asyncio.wait_for(self.vendor.waiting[person.address].wait(), PATIENCE)
        except TimeoutError:
            return  # she writes her next line all the same

    async def burst(self, person: Learner, texts: list[str]) -> None:
        """Many messages of one learner within a second, in no order."""
        async with person.mine:
            person.rank += 1
            calls = [self._call(person, Line(Way.WORDS, text, 0)) for text in texts]
            await asyncio.gather(*(self._one_of_many(w, c, n / len(texts)) for n, (w, c) in enumerate(calls)))

    async def _one_of_many(self, written: Written, call: Call, wait: float) -> None:
        await asyncio.sleep(wait)
        written.at = time.monotonic()
        written.taken = await self.postman.deliver(call)
        self.on_written()

    def _call(self, person: Learner, line: Line) -> tuple[Written, Call]:
        """The line as a webhook. What is offered is looked up now: she taps what she sees."""
        person.written += 1
        number = (person.number + 1) * LINES + person.written
        text, choice = line.text, None
        offered = [o for o in self.vendor.offered[person.address] if not NOT_TAPPED.search(o[0])]
        if line.way is Way.TAP and offered:
            text, choice = offered[line.place % len(offered)]
        identity = f"SM{number:032x}" if person.channel == "whatsapp" else str(number)
        written = Written(person.channel, person.address, identity, person.rank, time.monotonic())
        self.all.append(written)
        voice = line.way is Way.VOICE
        if person.channel == "whatsapp":
            return written, post.whatsapp(person.address, identity, text, choice, voice)
        return written, post.telegram(person.address, number, text, choice, voice)
