"""The chat page's own two calls: what was said, and saying something."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import chat, web
from bot.content.library import Bubble
from bot.db import now
from bot.messages.tables import Message
from bot.runtime import Runtime
from channels.web import COOKIE, Web
from tests.conftest import make_settings
from tests.fakes import FakeRasa

MESSAGES = "/chat/messages"
Visit = Callable[[Runtime], TestClient]


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Somebody opens the page in a browser of her own; her first look brings the cookie."""
    pages: list[TestClient] = []

    def open_page(house: Runtime) -> TestClient:
        pages.append(TestClient(web.create_app(house), raise_server_exceptions=False).__enter__())
        pages[-1].get(MESSAGES)
        return pages[-1]

    yield open_page
    for page in pages:
        page.__exit__(None, None, None)


def write(page: TestClient, text: str = "hola", number: str = "message-1", choice: str | None = None) -> int:
    return page.post(MESSAGES, json={"id": number, "text": text, "choice": choice}).status_code


def read(page: TestClient, after: int = 0) -> dict[str, Any]:
    return page.get(MESSAGES, params={"after": after}).json()


def thread(page: TestClient) -> list[tuple[str, str]]:
    return [(m["from"], m["text"]) for m in read(page)["messages"]]


async def answer(house: Runtime, *bubbles: Bubble) -> None:
    """The worker answers everything that waits."""
    worker = replace(house.worker, rasa=FakeRasa(answer=lambda said: list(bubbles)))
    while await worker.work_one():
        pass


def kept(house: Runtime) -> list[Message]:
    with house.db.read() as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def test_the_page_is_there(small_house, visit):
    page = visit(small_house).get("/chat")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_a_first_look_brings_a_cookie_no_code_can_read_and_saves_nothing(small_house, visit):
    page = visit(small_house)
    again = TestClient(page.app).get(MESSAGES)
    assert again.json() == {"messages": [], "working": False}
    name, *marks = again.headers["set-cookie"].split("; ")
    assert name.startswith(f"{COOKIE}=")
    assert {m.lower() for m in marks} == {"httponly", "samesite=lax", "path=/", f"max-age={chat.YEAR}"}
    assert kept(small_house) == []


def test_on_a_public_address_the_cookie_travels_only_encrypted(small_house, visit, tmp_path):
    public = Runtime(make_settings(tmp_path, rumbo_public_url="https://rumbo.example.mx"))
    answer = TestClient(web.create_app(public)).get(MESSAGES)
    assert "secure" in answer.headers["set-cookie"].lower().split("; ")


def test_who_has_a_cookie_keeps_it(small_house, visit):
    assert "set-cookie" not in visit(small_house).get(MESSAGES).headers


def test_what_she_writes_is_in_the_thread_at_once_and_being_worked_on(house, visit):
    page, before = visit(house), now()
    assert write(page, "hola, busco chamba 🙂") == 202
    heard = read(page)
    [bubble] = heard["messages"]
    at = datetime.fromisoformat(bubble.pop("at"))
    number = kept(house)[0].id
    assert bubble == {"id": number, "from": "me", "text": "hola, busco chamba 🙂", "choices": [], "media": None}
    assert before <= at <= now() and heard["working"] is True


async def test_the_answer_follows_with_its_choices_and_nothing_is_worked_on_any_more(house, visit):
    page = visit(house)
    write(page)
    await answer(house, Bubble("¡Hola!"), Bubble("¿Seguimos?", (("Sí", "/affirm"), ("Menú", "/menu"))))

    heard = read(page)
    last = heard["messages"][-1]
    assert thread(page) == [("me", "hola"), ("rumbo", "¡Hola!"), ("rumbo", "¿Seguimos?")]
    assert last["choices"] == [{"id": f"{last['id']}:0", "title": "Sí"}, {"id": f"{last['id']}:1", "title": "Menú"}]
    assert heard["working"] is False


async def test_only_what_is_new_is_fetched(small_house, visit):
    page = visit(small_house)
    write(page)
    await answer(small_house, Bubble("¡Hola!"))
    first, second = read(page)["messages"]
    assert read(page, after=first["id"])["messages"] == [second]
    assert read(page, after=second["id"])["messages"] == []


async def test_a_tap_is_saved_as_the_choice_it_is(house, visit):
    page = visit(house)
    write(page)
    await answer(house, Bubble("¿Seguimos?", (("Sí", "/affirm"), ("Menú", "/menu"))))
    choice = read(page)["messages"][-1]["choices"][1]
    assert write(page, choice["title"], "message-2", choice["id"]) == 202
    assert (kept(house)[-1].kind, kept(house)[-1].picked) == ("choice", choice["id"])
    assert thread(page)[-1] == ("me", "Menú")


def test_the_same_message_twice_is_in_the_thread_once(house, visit):
    page = visit(house)
    assert [write(page), write(page)] == [202, 202]
    assert thread(page) == [("me", "hola")]


def test_two_visitors_know_nothing_of_each_other(small_house, visit):
    she, another = visit(small_house), visit(small_house)
    write(she, "lo mío")
    write(another, "lo otro")
    assert (thread(she), thread(another)) == ([("me", "lo mío")], [("me", "lo otro")])


def test_the_thread_is_there_again_after_a_reload_and_only_its_end(small_house, visit, monkeypatch):
    monkeypatch.setattr(chat, "THREAD", 2)
    page = visit(small_house)
    for n in range(3):
        write(page, f"mensaje {n}", f"message-{n}")
    assert thread(page) == [("me", "mensaje 1"), ("me", "mensaje 2")]


FORGED = ["", "x", "visitor.", ".", f"visitor.{'0' * 32}", Web(b"another key").new_visitor(), "visitor.ñ"]


def test_a_forged_cookie_is_nobody(small_house, visit):
    app = visit(small_house).app
    forged = [TestClient(app, headers={"cookie": f"{COOKIE}={cookie}".encode()}) for cookie in FORGED]
    assert [write(page) for page in (*forged, TestClient(app))] == [403] * (len(FORGED) + 1)
    assert all("set-cookie" in page.get(MESSAGES).headers for page in forged)
    assert kept(small_house) == []


async def test_a_body_without_end_is_not_read_to_its_end(small_house):
    read: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for n in range(1_000):
            read.append(n)
            yield b"x" * chat.MAX_WORDS

    inside = ASGITransport(web.create_app(small_house))
    async with AsyncClient(transport=inside, base_url="http://rumbo") as page:
        assert (await page.post(MESSAGES, content=endless())).status_code == 413
    assert len(read) < 10


def test_a_flood_is_stopped_until_it_is_worked_off(small_house, visit, monkeypatch):
    monkeypatch.setattr(chat, "BURST", 3)
    page = visit(small_house)
    assert [write(page, number=f"message-{n}") for n in range(5)] == [202, 202, 202, 429, 429]
    assert write(visit(small_house)) == 202


async def test_after_a_flood_she_can_write_again(small_house, visit, monkeypatch):
    monkeypatch.setattr(chat, "BURST", 1)
    page = visit(small_house)
    found = [write(page, number="message-1"), write(page, number="message-2")]
    await answer(small_house, Bubble("¡Hola!"))
    assert [*found, write(page, number="message-3")] == [202, 429, 202]


def test_what_is_too_long_is_refused(small_house, visit):
    page = visit(small_house)
    assert write(page, "x" * (4 * chat.MAX_WORDS)) == 413
    assert write(page, "x" * chat.MAX_WORDS) == 202


NONSENSE = [
    b"",
    b"hola",
    b"[]",
    b"{}",
    b'{"id": "message-1"}',
    b'{"id": "message-1", "text": "  "}',
    b'{"id": "short", "text": "hola"}',
    json.dumps({"id": "x" * 65, "text": "hola"}).encode(),
    b'{"id": 12345678, "text": "hola"}',
    b'{"id": "message-1", "text": "hola", "choice": 7}',
    b"[" * 5_000,
]


def test_nonsense_is_refused_and_saved_nowhere(small_house, visit):
    page = visit(small_house)
    assert {body: page.post(MESSAGES, content=body).status_code for body in NONSENSE} == dict.fromkeys(NONSENSE, 400)
    assert kept(small_house) == []


STRANGE = {
    "a nul in the id": {"id": "message\0-1", "text": "hola"},
    "half a sign": {"id": "message-1", "text": "\ud800"},
    "half a sign in the id": {"id": "message-\ud800", "text": "hola"},
    "a choice without end": {"id": "message-1", "choice": "x" * 200},
    "a nul in the choice": {"id": "message-1", "choice": "7\0:0"},
}


def test_what_no_page_of_ours_sends_is_taken_or_refused_and_never_a_fault(house, visit):
    page = visit(house)
    heard = {name: page.post(MESSAGES, content=json.dumps(body)).status_code for name, body in STRANGE.items()}
    assert {name for name, status in heard.items() if status not in (202, 400)} == set()


def test_a_strange_place_in_the_thread_is_no_fault_of_ours(small_house, visit):
    page = visit(small_house)
    write(page)
    heard = [page.get(MESSAGES, params={"after": after}).status_code for after in ("x", "-1", "9" * 30)]
    assert [status for status in heard if status >= 500] == []


@pytest.mark.parametrize("text", ["hola\0", "፩", "\u202e hola"], ids=["nul", "digit", "backwards"])
async def test_a_text_with_any_sign_in_it_is_answered(house, visit, text):
    page = visit(house)
    assert write(page, text) == 202
    await answer(house, Bubble("¡Hola!"))
    assert thread(page)[1:] == [("rumbo", "¡Hola!")]
