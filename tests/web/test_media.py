"""The address of a picture: who has it sees the picture, for a day, and nobody learns anything from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select
from starlette.testclient import TestClient

from bot import limits, media, web
from bot.content.library import Bubble
from bot.db import now
from bot.documents.project import Card, card
from bot.limits import Buckets, Guard
from bot.messages import outbox, replies
from bot.messages.media import GOOD_FOR, Desk
from bot.messages.tables import Direction, Message
from bot.runtime import Runtime
from channels.base import MediaKind
from tests.builders import write
from tests.fakes import FakeChannel
from tests.web.calls import HER, HIS

ORDER = {"paper": "card", "run": 7}
WORDS = "Tu tarjeta"


def gather(session: object, learner_id: str, order: Mapping[str, Any]) -> Card:
    """As one of the middle will be: whose it is and what she asked for decide what is on it."""
    if order.get("gone"):
        raise LookupError("erased")
    return Card("Mi proyecto", f"Ana {order['run']} {learner_id}")


@pytest.fixture
def house(on: Runtime) -> Runtime:
    on.__dict__["desk"] = Desk(on.sealer, on.settings.public_url, {"card": gather})
    return on


@pytest.fixture
def door(house: Runtime) -> TestClient:
    app = web.create_app(house)
    if not any(getattr(route, "path", "") == "/media/{token}" for route in app.routes):
        media.add(app, house, Guard(house.settings))
    return TestClient(app, "https://rumbo", False, client=(HER, 5000))


def offer(house: Runtime, order: Mapping[str, Any] | None = ORDER) -> Message:
    """A message of ours with a picture, not yet sent."""
    write(house, "hola", "whatsapp:+5215550001111", "whatsapp")
    with house.db.write() as session:
        asked = session.scalars(select(Message).order_by(Message.id.desc())).first()
        replies.queue_replies(session, house.sealer, asked, [Bubble(WORDS, media=order)], 1500, "v1", now())
    with house.db.read() as session:
        return session.scalars(select(Message).where(Message.direction == Direction.OUT)).one()


def path(house: Runtime, message: Message, age: timedelta = timedelta()) -> str:
    return urlparse(house.desk.url(message.id, now() - age)).path


def test_the_address_leads_to_the_picture(house: Runtime, door: TestClient) -> None:
    message = offer(house)

    answer = door.get(path(house, message))

    assert answer.status_code == 200
    assert answer.content == card(gather(None, message.learner_id, ORDER))
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'inline; filename="rumbo.png"'


def test_twilio_may_ask_for_the_headers_alone(house: Runtime, door: TestClient) -> None:
    answer = door.head(path(house, offer(house)))

    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/png", b"")


def test_the_address_tells_nothing_and_is_short_enough(house: Runtime) -> None:
    message = offer(house)
    one, other = path(house, message), path(house, message)

    assert one != other
    assert len(one) < media.LONGEST
    assert not any(word in one for word in ("card", "Ana", message.learner_id, "="))


@pytest.mark.parametrize(
    ("age", "status"), [(timedelta(), 200), (GOOD_FOR - timedelta(minutes=1), 200), (GOOD_FOR, 404)]
)
def test_it_is_good_for_a_day(house: Runtime, door: TestClient, age: timedelta, status: int) -> None:
    assert door.get(path(house, offer(house), age)).status_code == status


def test_what_is_not_ours_is_not_found(house: Runtime, door: TestClient) -> None:
    message = offer(house)
    good = path(house, message)
    sealed_text = message.sealed.decode().rstrip("=")

    wrong = [good[:-3] + "abc", good[:40], "/media/" + "a" * 5000, f"/media/{sealed_text}", f"/media/{message.id}"]

    assert [door.get(one).status_code for one in wrong] == [404] * len(wrong)


def test_after_erasing_it_is_gone(house: Runtime, door: TestClient) -> None:
    message = offer(house)
    with house.db.write() as session:
        session.execute(delete(Message).where(Message.id == message.id))

    assert door.get(path(house, message)).status_code == 404


@pytest.mark.parametrize("order", [{"paper": "card", "gone": True}, {"paper": "secret"}, {}, None])
def test_what_cannot_be_made_is_not_found(house: Runtime, door: TestClient, order: Mapping[str, Any] | None) -> None:
    assert door.get(path(house, offer(house, order))).status_code == 404


def test_what_she_wrote_herself_has_no_picture(house: Runtime, door: TestClient) -> None:
    message = offer(house)
    with house.db.read() as session:
        hers = session.scalars(select(Message.id).where(Message.direction == Direction.IN)).one()

    assert message.id != hers
    assert door.get(urlparse(house.desk.url(hers, now())).path).status_code == 404


def test_guessing_is_stopped_for_the_one_who_guesses(house: Runtime) -> None:
    app, guard = FastAPI(), Guard(house.settings)
    guard.callers = Buckets(rate=1e-6, burst=5)
    limits.add(app)
    media.add(app, house, guard)
    hers, his = (TestClient(app, "https://rumbo", client=(host, 5000)) for host in (HER, HIS))
    good = path(house, offer(house))

    assert [hers.get(f"/media/{n}").status_code for n in range(7)] == [404] * 5 + [429] * 2
    assert his.get(good).status_code == 200


async def test_the_outbox_hands_it_to_the_channel(house: Runtime) -> None:
    message = offer(house)
    channel = FakeChannel()
    out = outbox.Outbox(house.db, house.sealer, {"whatsapp": channel}, timedelta(seconds=60), house.desk)

    assert await out.send_one()

    ((_, reply),) = channel.sent
    assert reply.text == WORDS
    assert reply.media is not None
    assert (reply.media.kind, reply.media.name) == (MediaKind.IMAGE, "rumbo.png")
    assert reply.media.make() == card(gather(None, message.learner_id, ORDER))
    assert house.desk.read(reply.media.url.rsplit("/", 1)[1], now()) == message.id


async def test_words_go_without_a_picture_that_cannot_be_made(house: Runtime) -> None:
    offer(house, {"paper": "card", "gone": True})
    channel = FakeChannel()
    out = outbox.Outbox(house.db, house.sealer, {"whatsapp": channel}, timedelta(seconds=60), house.desk)

    assert await out.send_one()

    assert [(reply.text, reply.media) for _, reply in channel.sent] == [(WORDS, None)]


def test_the_chat_page_is_told_where_it_is(house: Runtime, door: TestClient) -> None:
    door.get("/chat/messages")
    door.post("/chat/messages", json={"id": "message-1", "text": "hola"})
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble(WORDS, media=ORDER)], 2000, "v1", now())

    hers, ours = door.get("/chat/messages").json()["messages"]

    assert hers["media"] is None
    assert (ours["media"]["type"], ours["media"]["name"]) == ("image/png", "rumbo.png")
    assert door.get(ours["media"]["url"]).status_code == 200
