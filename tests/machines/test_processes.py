"""Two of each process on one PostgreSQL: every message is answered once, in order, also when a worker is killed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

import httpx
import pytest
from sqlalchemy import func, select

from bot.messages.tables import Direction, Message, Status
from bot.processes import Process
from bot.runtime import Runtime
from tests.flows.running import Running, Telegram, WhatsApp, free_port
from tests.flows.talking import Talk, until

LEARNERS, EACH = 10, 10
SAID = ("ayuda", "menu", "mis datos", "mi plan", "qué onda")


class Several(Running):
    """Two of each. Whoever writes is served by one public port, then by the other."""

    def __init__(self, *given: object, **more: str) -> None:
        inner = [free_port(), free_port()]
        super().__init__(
            *given,  # type: ignore[arg-type]
            RASA_URL=",".join(f"http://127.0.0.1:{free_port()}" for _ in range(2)),
            RUMBO_INNER_URL=",".join(f"http://127.0.0.1:{port}" for port in inner),
            RUMBO_INNER_PORT=str(inner[0]),
            RUMBO_WORKERS="2",
            RUMBO_LEASE_SECONDS="10",  # longer than a sending takes on a busy machine
            **more,
        )
        del self.team["staff"]
        self._second("inner", "RUMBO_INNER_PORT", inner[1])
        self._second("web", "RUMBO_PUBLIC_PORT", free_port())
        self.doors = [httpx.Client(base_url=f"http://127.0.0.1:{p.port}", timeout=20) for p in self.public]

    @property
    def public(self) -> list[Process]:
        return [self.team["web"], self.team["web2"]]

    def _second(self, name: str, setting: str, port: int) -> None:
        first = self.team[name]
        log, env = first.log.with_stem(f"{name}2"), first.env | {setting: str(port)}
        self.team[f"{name}2"] = replace(first, name=f"{name}2", port=port, log=log, env=env)


@pytest.fixture
def several(trained: None, shared: str, vendor, make_folder) -> Iterator[Several]:
    with Several(make_folder("one"), vendor, DATABASE_URL=shared) as running:
        yield running


class Door:
    """A Running whose public port is the next one each time."""

    def __init__(self, running: Several) -> None:
        self.house, self.vendor, self._doors, self._turn = running.house, running.vendor, running.doors, count()

    @property
    def http(self) -> httpx.Client:
        return self._doors[next(self._turn) % len(self._doors)]


def crowd_of(several: Several) -> list[Talk]:
    """Half on WhatsApp, half on Telegram; each engine has somebody."""
    people: list[Talk] = [(WhatsApp, Telegram)[n % 2](Door(several)).agree() for n in range(LEARNERS)]  # type: ignore[arg-type]
    while len({several.house.rasa.engine_of(talk.learner) for talk in people}) == 1:
        people[-1] = Telegram(Door(several)).agree()  # type: ignore[arg-type]
    return people


def burst(talk: Talk) -> None:
    """All at once, as far as a telephone can: the next one when the service has its 200."""
    for number in range(EACH):
        talk.send(SAID[number % len(SAID)])


def done(house: Runtime) -> int:
    with house.db.read() as session:
        mine = (Message.direction == Direction.IN, Message.status == Status.DONE)
        return session.scalar(select(func.count()).where(*mine)) or 0


def open_ones(house: Runtime) -> int:
    with house.db.read() as session:
        mine = Message.status.in_((Status.TODO, Status.DOING))
        return session.scalar(select(func.count()).where(mine)) or 0


def check(house: Runtime, talk: Talk, arrived: list[str]) -> int:
    """Her messages are done, in the order written; what reached her telephone is their answers in that order.

    Returns how many bubbles came twice: only what was on the line when its worker was killed may.
    """
    with house.db.read() as session:
        mine = select(Message).where(Message.learner_id == talk.learner).order_by(Message.id)
        rows = list(session.scalars(mine))
    wrote = [m for m in rows if m.direction is Direction.IN]
    assert [house.sealer.unseal(m.sealed) for m in wrote] == [SAID[n % len(SAID)] for n in range(EACH)]
    assert {m.status for m in wrote} == {Status.DONE}
    answers = [m for m in rows if m.direction is Direction.OUT]
    assert {m.answers_id for m in answers} == {m.id for m in wrote}
    final = [m for m in answers if m.part is not None and m.part >= 0]
    assert [(m.answers_id, m.part) for m in final] == sorted((m.answers_id, m.part) for m in final)
    assert {m.status for m in answers} == {Status.SENT}
    doubled = 0
    for answer in answers:
        text = house.sealer.unseal(answer.sealed)
        assert arrived.pop(0) == text
        if answer.strikes and arrived[:1] == [text]:
            doubled += len([arrived.pop(0)])
    assert arrived == []
    return doubled


def talk_all(several: Several, killed: str = "") -> int:
    """Everybody writes; one worker may be killed once some have answers. Returns how many bubbles came twice."""
    house, people = several.house, crowd_of(several)
    before = done(house)
    with ThreadPoolExecutor(LEARNERS) as crowd:
        sending = [crowd.submit(burst, talk) for talk in people]
        until(lambda: done(house) >= before + LEARNERS, 60)
        if killed:
            several.kill(killed)
            assert open_ones(house) > 0
        for one in sending:
            one.result()
    until(lambda: done(house) == before + LEARNERS * EACH and open_ones(house) == 0, 120)
    return sum(check(house, talk, [s.text for s in several.vendor.sent[talk.address]]) for talk in people)


def test_every_message_is_answered_once_and_in_order_also_when_a_worker_is_killed(several):
    assert talk_all(several) == 0
    assert talk_all(several, killed="worker1") <= 4  # a worker has four sendings in hand
