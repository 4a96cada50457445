"""One caller cannot take the public port from everyone else, and nobody loses a word by it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.requests import Request
from starlette.testclient import TestClient

import bot.db
from bot import chat, limits, web
from bot.limits import Buckets, Guard
from bot.runtime import Runtime
from channels.base import Inbound
from tests.conftest import make_settings
from tests.web.test_webhooks import ON, TEXT, saved, telegram, twilio

MESSAGES = "/chat/messages"
HER, HIS = "203.0.113.7", "203.0.113.8"
Call = Callable[..., TestClient]


@pytest.fixture
def house(small_house: Runtime, tmp_path: Path) -> Callable[..., Runtime]:
    return lambda **more: Runtime(make_settings(tmp_path, **(ON | more)))


@pytest.fixture
def call() -> Iterator[Callable[..., TestClient]]:
    """Somebody at an address; more than one may call at the same port."""
    doors: list[TestClient] = []

    def from_address(port: Runtime | TestClient, host: str = HER) -> TestClient:
        app = web.create_app(port) if isinstance(port, Runtime) else port.app
        doors.append(TestClient(app, "https://rumbo", False, client=(host, 5000)))  # its cookie is for https alone
        return doors[-1].__enter__() if isinstance(port, Runtime) else doors[-1]

    yield from_address
    for door in doors:
        door.close()


def write(page: TestClient, number: int = 1) -> Response:
    return page.post(MESSAGES, json={"id": f"message-{number}", "text": f"hola {number}"})


# Buckets


def test_a_bucket_gives_what_is_in_it_and_then_as_much_as_flows_in():
    clock = [100.0]
    bucket = Buckets(0.5, 60, lambda: clock[0])
    assert [bucket.take("she") for _ in range(60)] == [0.0] * 60
    assert bucket.take("she") == pytest.approx(2.0)
    clock[0] += 2
    assert (bucket.take("she"), bucket.take("she")) == (0.0, pytest.approx(2.0))
    clock[0] += 10_000
    assert [bool(bucket.take("she")) for _ in range(61)] == [False] * 60 + [True]


def test_who_is_refused_does_not_wait_longer_for_it_and_asking_costs_nothing():
    clock = [0.0]
    bucket = Buckets(1, 1, lambda: clock[0])
    bucket.take("she")
    assert [bucket.take("she") for _ in range(5)] + [bucket.wait("she")] == [pytest.approx(1.0)] * 6
    assert [bucket.wait("he") for _ in range(5)] == [0.0] * 5
    clock[0] = 1.0
    assert bucket.take("she") == 0.0


def test_everyone_has_a_bucket_of_her_own_and_who_cannot_be_told_apart_has_none():
    bucket = Buckets(1, 1)
    assert [bool(bucket.take(key)) for key in ("she", "he", "she", None, None)] == [False, False, True, False, False]


def test_only_so_many_are_remembered_and_who_calls_on_is_among_them(monkeypatch):
    monkeypatch.setattr(limits, "MANY", 10)
    bucket = Buckets(0.001, 1)
    for number in range(100):
        bucket.take("loud")
        bucket.take(f"once {number}")
    assert (len(bucket._full), bool(bucket.wait("loud")), bucket.wait("once 3")) == (10, True, 0.0)


# Who calls


def at(host: str, forwarded: list[str], proxy: str = "") -> str | None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    guard = Guard(make_settings(Path("/nowhere"), rumbo_proxy=proxy))
    return guard.address(Request({"type": "http", "client": (host, 5000) if host else None, "headers": headers}))


@pytest.mark.parametrize(
    "host, forwarded, proxy, expected",
    [
        (HER, [], "", HER),
        (HER, [HIS], "", HER),
        (HER, [HIS], "10.0.0.1", HER),
        ("10.0.0.1", [HIS], "10.0.0.1", HIS),
        ("10.0.0.1", [f"1.1.1.1, {HER}", f"2.2.2.2, {HIS}"], "10.0.0.1", HIS),
        ("10.0.0.1", [], "10.0.0.1", "10.0.0.1"),
        ("127.0.0.1", [HIS], "127.0.0.1", HIS),
        ("127.0.0.1", [HIS], "", None),
        ("127.0.0.1", [], "127.0.0.1", None),
        ("::1", [], "", None),
        ("2001:db8:1:2:3::4", [], "", "2001:db8:1:2::/64"),
        ("nonsense", [], "", "nonsense"),
        ("", [], "", None),
    ],
)
def test_whose_address_it_is(host, forwarded, proxy, expected):
    assert at(host, forwarded, proxy) == expected


# Webhooks


def test_forged_calls_are_refused_before_any_work_once_there_are_too_many(house, call, monkeypatch):
    door = call(house(rumbo_address_burst=3, rumbo_address_per_second=0.1))
    assert [twilio(door, TEXT, "eA==").status_code for _ in range(3)] == [403] * 3

    async def never(*_: object) -> bytes:
        raise AssertionError("the body was read")

    monkeypatch.setattr(web, "read_body", never)
    refused = telegram(door, b"{}", "wrong")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_who_forges_shuts_out_nobody_at_another_address_and_not_for_ever(house, call):
    his = call(house(rumbo_address_burst=1, rumbo_address_per_second=20))
    hers = call(his, HIS)
    assert [twilio(his, TEXT, "eA==").status_code for _ in range(2)] == [403, 429]
    assert twilio(hers, TEXT).status_code == 200
    time.sleep(0.06)
    assert twilio(his, TEXT, "eA==").status_code == 403


def numbered(number: int) -> bytes:
    return TEXT.replace(b"MessageSid=SM", f"MessageSid=SM{number}".encode())


def test_calls_of_the_service_are_never_too_many(house, call):
    rumbo = house(rumbo_address_burst=1, rumbo_address_per_second=0.001, rumbo_sender_burst=1)
    door = call(rumbo)
    assert {twilio(door, numbered(n)).status_code for n in range(20)} == {200}
    assert len(saved(rumbo)) == 20


def test_a_flood_of_one_sender_is_saved_and_not_shown_as_typing(house, call, monkeypatch):
    rumbo, shown = house(rumbo_sender_burst=2, rumbo_sender_per_minute=0.1), []

    async def show(inbound: Inbound) -> None:
        shown.append(inbound.sender)

    monkeypatch.setattr(rumbo.channels["whatsapp"], "acknowledge", show)
    door = call(rumbo)
    for number in range(5):
        assert twilio(door, numbered(number)).status_code == 200
    assert (len(saved(rumbo)), len(shown)) == (5, 2)


def test_health_is_asked_for_free_only_so_often(house, call):
    door = call(house(rumbo_address_burst=2, rumbo_address_per_second=0.1))
    assert [door.get("/health").status_code for _ in range(3)] == [200, 200, 429]


# The chat page


def test_one_visitor_is_told_to_wait_and_nothing_of_hers_is_half_saved(house, call):
    rumbo = house(rumbo_sender_burst=3, rumbo_sender_per_minute=6)
    hers = call(rumbo)
    his = call(hers, HIS)
    for page in (hers, his):
        page.get(MESSAGES)
    heard = [write(hers, number) for number in range(5)]
    assert [answer.status_code for answer in heard] == [202, 202, 202, 429, 429]
    assert 0 < int(heard[-1].headers["retry-after"]) <= 10
    assert write(his).status_code == 202
    assert [text for _, text in saved(rumbo)] == ["hola 0", "hola 1", "hola 2", "hola 1"]


def test_one_address_may_not_bring_visitors_without_end(house, call):
    first = call(house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1))
    assert [TestClient(first.app, client=(HER, n)).get(MESSAGES).status_code for n in range(3)] == [200, 200, 429]
    assert call(first, HIS).get(MESSAGES).status_code == 200


def test_forged_cookies_are_counted_too(house, call):
    door = call(house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1))
    assert [write(door).status_code for _ in range(3)] == [403, 403, 429]


def test_a_visitor_we_know_reads_by_herself_and_within_reason(house, call):
    hers = call(house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1, rumbo_address_burst=5))
    his = call(hers)  # of the same address
    for page in (hers, his):
        page.get(MESSAGES)
    assert [hers.get(MESSAGES).status_code for _ in range(20)].count(429) > 5
    assert his.get(MESSAGES).status_code == 200


def test_behind_a_proxy_that_says_nothing_nobody_is_shut_out(house, call):
    door = call(house(rumbo_chat_burst=1, rumbo_chat_per_second=0.1), "127.0.0.1")
    assert {TestClient(door.app, client=("127.0.0.1", n)).get(MESSAGES).status_code for n in range(10)} == {200}


def test_behind_a_proxy_that_is_named_each_has_her_own(house, call):
    door = call(house(rumbo_proxy="127.0.0.1", rumbo_chat_burst=1, rumbo_chat_per_second=0.1), "127.0.0.1")
    asked = [f"1.1.1.{n}, {host}" for n, host in enumerate((HER, HER, HIS))]
    found = [door.post(MESSAGES, headers={"x-forwarded-for": hops}).status_code for hops in asked]
    assert found == [403, 429, 403]


def test_too_much_waiting_says_when_to_come_again(house, call, monkeypatch):
    monkeypatch.setattr(chat, "BURST", 1)
    page = call(house())
    page.get(MESSAGES)
    write(page, 1)
    answer = write(page, 2)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, str(chat.WORKED_OFF))


def test_a_silent_database_does_not_keep_the_page_waiting(house, call, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_WITHIN", 0.1)
    monkeypatch.setattr(bot.db, "BUSY_MS", 1_000)
    rumbo = house()
    page = call(rumbo)
    page.get(MESSAGES)
    page.get("/health")  # it has its line to the database
    other = sqlite3.connect(rumbo.settings.rumbo_var / "rumbo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    assert write(page).status_code == 503
    assert time.monotonic() - began < 0.9
    other.execute("ROLLBACK")
    assert write(page).status_code == 202  # the page sends it again: once in the thread, however often it was saved
    time.sleep(0.2)
    assert [text for _, text in saved(rumbo)] == ["hola 1"]


# Bodies


async def post(rumbo: Runtime, path: str, body: AsyncIterator[bytes], length: int | None = None) -> Response:
    inside = ASGITransport(web.create_app(rumbo))
    headers = {} if length is None else {"content-length": str(length)}
    async with AsyncClient(transport=inside, base_url="http://rumbo") as client:
        return await client.post(path, content=body, headers=headers)


@pytest.mark.parametrize("path, most", [("/webhooks/telegram", web.MAX_BODY), (MESSAGES, 4 * chat.MAX_WORDS)])
async def test_a_body_that_says_it_is_too_long_is_not_read_at_all(house, path, most):
    read: list[int] = []

    async def body() -> AsyncIterator[bytes]:
        read.append(1)
        yield b"x"

    assert (await post(house(), path, body(), most + 1)).status_code == 413
    assert (await post(house(), path, body(), 10**30)).status_code == 413
    assert read == []
    assert (await post(house(), path, body(), most)).status_code == 403


@pytest.mark.parametrize("path", ["/webhooks/whatsapp", "/webhooks/telegram", MESSAGES])
async def test_a_body_that_does_not_come_is_not_waited_for(house, path, monkeypatch):
    monkeypatch.setattr(limits, "BODY_WITHIN", 0.1)

    async def drip() -> AsyncIterator[bytes]:
        while True:
            yield b"x"
            await asyncio.sleep(0.02)

    began = time.monotonic()
    answer = await post(house(), path, drip())
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
    assert time.monotonic() - began < 2
