"""Calls at the public port as Twilio and Telegram make them, and what is saved of them."""

from __future__ import annotations

import base64
import hmac
import time
from pathlib import Path
from urllib.parse import parse_qsl

from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.content.library import Bubble
from bot.db import now
from bot.messages import replies
from bot.messages.tables import Direction, Message, Status
from bot.runtime import Runtime
from tests.builders import write

PAYLOADS = Path(__file__).parents[1] / "payloads"
MESSAGES = "/chat/messages"
HER, HIS = "203.0.113.7", "203.0.113.8"
"""Two addresses in the network."""
PUBLIC = "https://rumbo.example.mx"
NOW, BEFORE = "n" * 32, "b" * 32
SECRET = "s3cret_-Token"
NOBODY = "http://127.0.0.1:9"
"""Where nothing listens: what is shown to people while they wait must not matter."""
ON = {
    "rumbo_public_url": PUBLIC,
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": f"{NOW},{BEFORE}",
    "twilio_whatsapp_from": "whatsapp:+14155238886",
    "twilio_api_base_url": NOBODY,
    "twilio_content_base_url": NOBODY,
    "telegram_bot_token": "123456:TEST",
    "telegram_webhook_secret": SECRET,
    "telegram_api_base_url": NOBODY,
}


def payload(name: str) -> bytes:
    return (PAYLOADS / name).read_bytes().removesuffix(b"\n")


def sign(body: bytes, token: str = NOW, path: str = "/webhooks/whatsapp") -> str:
    """Twilio's rule, written again."""
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    said = PUBLIC + path + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), said.encode(), "sha1").digest()).decode()


def twilio(door: TestClient, body: bytes, signature: str | None = "", path: str = "/webhooks/whatsapp") -> Response:
    """Twilio calls; with no signature when it is None, with the right one when nothing is said."""
    given = sign(body, path=path) if signature == "" else signature
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return door.post(path, content=body, headers=headers if given is None else headers | {"X-Twilio-Signature": given})


def telegram(door: TestClient, body: bytes, secret: str | None = SECRET) -> Response:
    headers = {"content-type": "application/json"}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    return door.post("/webhooks/telegram", content=body, headers=headers)


def saved(house: Runtime) -> list[tuple[str, str]]:
    """Channel and words of everything that came in."""
    with house.db.read() as session:
        rows = session.scalars(select(Message).where(Message.direction == Direction.IN).order_by(Message.id))
        return [(row.channel, house.sealer.unseal(row.sealed)) for row in rows]


TEXT, UPDATE = payload("whatsapp/text.txt"), payload("telegram/text.json")
WORDS = "hola, quiero estudiar enfermería 🙂"


def sent(house: Runtime, provider_id: str | None, status: Status = Status.SENT) -> None:
    """A message of ours that Twilio has taken."""
    write(house, "hola", "whatsapp:+5215550001111", "whatsapp", provider_id="hers")
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        replies.queue_replies(session, house.sealer, asked, [Bubble("qué tal")], 1500, "v1", now())
        session.flush()
        message = session.scalars(select(Message).where(Message.direction == Direction.OUT)).one()
        message.status, message.provider_id = status, provider_id


def ours(house: Runtime) -> Message:
    with house.db.read() as session:
        return session.scalars(select(Message).where(Message.direction == Direction.OUT)).one()


def becomes(house: Runtime, status: Status) -> Status:
    """Where our message stands as soon as it is there, or after five seconds."""
    deadline = time.monotonic() + 5
    while ours(house).status is not status and time.monotonic() < deadline:
        time.sleep(0.01)
    return ours(house).status


def receipt(door: TestClient, name: str, of: str = "SMours") -> Response:
    body = payload(f"whatsapp/{name}.txt")
    sid = dict(parse_qsl(body.decode()))["MessageSid"].encode()
    return twilio(door, body.replace(sid, of.encode()), path="/webhooks/whatsapp/status")


def numbered(number: int) -> bytes:
    """The same words of the same person, as another message."""
    return TEXT.replace(b"MessageSid=SM", f"MessageSid=SM{number}".encode())


def say(page: TestClient, number: int = 1) -> Response:
    """A visitor of the chat page writes."""
    return page.post(MESSAGES, json={"id": f"message-{number}", "text": f"hola {number}"})
