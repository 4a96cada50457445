"""Two hosts and a database on a third: what one runs reaches the other by its address, and a cut line is waited out."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from sqlalchemy import make_url, select

from bot.messages.tables import Direction, Message, Status
from bot.processes import Process, choose, processes
from bot.runtime import Runtime
from tests.conftest import SECRET, make_settings
from tests.flows.talking import Web, until
from tests.machines.hosts import Host, Network, Relay, missing

PUBLIC, INNER, ENGINE = "8080", "5055", "5005"


@pytest.fixture
def network() -> Iterator[Network]:
    if reason := missing():
        pytest.skip(reason)
    with Network() as made:
        yield made


@pytest.fixture
def database(shared: str, network: Network) -> Iterator[str]:
    """The same database at an address that every host can reach."""
    at = make_url(shared)
    folder = at.query.get("host")
    if not isinstance(folder, str):
        pytest.skip("the PostgreSQL of these tests is not the package's own")
    with Relay(network.address, f"{folder}/.s.PGSQL.{at.port or 5432}") as relay:
        moved = at.set(host=network.address, port=relay.port, query={})
        yield moved.render_as_string(hide_password=False)


def part_of(host: Host, folder: Path, parts: list[str], **more: str) -> list[Process]:
    """The processes that run on a host, as `rumbo up PARTS` would start them there."""
    told = {"RUMBO_VAR": str(folder / "var"), "RUMBO_CONTENT": str(folder / "content"), "RUMBO_SECRET_KEY": SECRET}
    told |= {"RUMBO_BIND": host.address, "RUMBO_LEASE_SECONDS": "3", "RUMBO_SLOW_SECONDS": "600"} | more
    team = choose(processes(make_settings(folder, **{k.lower(): v for k, v in told.items()})), parts)
    for process in team:
        if not process.name.startswith("engine"):
            process.env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | told
    return team


def wait_for(team: list[Process]) -> None:
    deadline = time.monotonic() + 90
    for process in team:
        while not process.answers():
            assert not process.has_died, process.log.read_text()[-2000:]
            assert time.monotonic() < deadline, f"{process.name} does not answer"
            time.sleep(0.1)


@pytest.fixture
def talk(trained: None, network: Network, database: str, shared: str, make_folder: Callable[[str], Path]) -> Web:
    """Somebody on the chat page. Page and worker are on one host, actions and engine on another."""
    front, back = network.host(), network.host()
    places = {"DATABASE_URL": database, "RASA_URL": f"http://{back.address}:{ENGINE}"}
    places |= {"RUMBO_INNER_URL": f"http://{back.address}:{INNER}", "RUMBO_INNER_PORT": INNER}
    front.start(part_of(front, make_folder("front"), ["web", "worker"], RUMBO_PUBLIC_PORT=PUBLIC, **places))
    back.start(part_of(back, make_folder("back"), ["inner", "engine"], **places))
    assert [p.name for p in front.team + back.team] == ["web", "worker", "inner", "engine1"]
    wait_for(front.team + back.team)
    house = Runtime(make_settings(make_folder("here"), database_url=shared))
    page = httpx.Client(base_url=f"http://{front.address}:{PUBLIC}", timeout=10)
    return Web(SimpleNamespace(http=page, house=house)).agree()  # type: ignore[arg-type]


def hers(talk: Web) -> list[tuple[Status, str]]:
    with talk.running.house.db.read() as session:
        mine = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        return [(m.status, m.reason or "") for m in session.scalars(mine.order_by(Message.id))]


def test_a_conversation_goes_over_the_network_and_outlives_a_cut_line(talk, network):
    back = network.hosts[1]
    assert talk.says("ayuda")
    assert hers(talk) == [(Status.DONE, "")]
    with back.cut_off():
        talk.send("menu")
        until(lambda: hers(talk)[-1] == (Status.TODO, "The engine is away (ConnectTimeout)."), 30)
    until(lambda: hers(talk)[-1] == (Status.DONE, ""), 30)
    bubbles = talk.fetch()[0]
    assert len({sent.text for sent in bubbles}) == len(bubbles) >= 2
