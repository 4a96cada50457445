"""Talks with a running Rumbo as learners do: on the chat page, and through the services of WhatsApp and Telegram."""

from __future__ import annotations

import itertools
import json
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from sqlalchemy import exists, select
from twilio.request_validator import RequestValidator

from bot.db import now
from bot.messages.tables import SCHEDULED, Message, Status
from bot.people import tracking
from tests.flows.vendors import Sent
from tests.hygiene import say

if TYPE_CHECKING:
    from tests.flows.running import Running

PATIENCE = 25.0
TOKEN = "7" * 32
BOT, BOT_SECRET = "123456:" + "a" * 35, "a-secret-of-telegram"
PUBLIC = "https://rumbo.example.org"
_numbers = itertools.count(1000)


def until(check: Callable[[], object], seconds: float = 25.0) -> None:
    """Wait for something that other processes do."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class Talk:
    """One learner on one channel. `says` and `taps` return what she then reads."""

    channel = ""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.read: list[Sent] = []

    @property
    def address(self) -> str:
        raise NotImplementedError

    def send(self, text: str, choice: str | None = None, number: str | None = None) -> None:
        raise NotImplementedError

    def fetch(self) -> tuple[list[Sent], bool]:
        """Everything said to her so far, and whether more is on its way."""
        raise NotImplementedError

    def says(self, text: str, number: str | None = None) -> str:
        return self._turn(lambda: self.send(say(text), number=number))

    def taps(self, title: str) -> str:
        ids = [i for sent in reversed(self.read) for t, i in sent.choices if t == title]
        assert ids, f"{title!r} was not offered; the last words were {self.read[-1:]}"
        return self._turn(lambda: self.send(title, choice=ids[0]))

    def _turn(self, act: Any) -> str:
        before = len(self.fetch()[0])
        act()
        deadline = time.monotonic() + PATIENCE
        while True:
            self.read, working = self.fetch()
            if (len(self.read) > before and not working) or time.monotonic() > deadline:
                return "\n".join(sent.text for sent in self.read[before:])
            time.sleep(0.03)

    @property
    def offered(self) -> list[str]:
        return [title for title, _ in self.read[-1].choices] if self.read else []

    @property
    def learner(self) -> str:
        with self.running.house.db.read() as session:
            found = tracking.find(session, self.running.house.sealer, self.channel, self.address)
            assert found is not None
            return found.learner_id

    def busy(self) -> bool:
        """Whether anything of hers waits to be answered or sent."""
        with self.running.house.db.read() as session:
            found = tracking.find(session, self.running.house.sealer, self.channel, self.address)
            if found is None:
                return False
            waiting = (Message.address_id == found.id, Message.status.in_((Status.TODO, Status.DOING)))
            waiting = (*waiting, Message.kind != SCHEDULED)
            return bool(session.scalar(select(exists().where(*waiting))))

    def agree(self) -> Self:
        """She has agreed before: no welcome."""
        house = self.running.house
        with house.db.write() as session:
            address = tracking.meet(session, house.sealer, self.channel, self.address, None, "es-MX", now())
            tracking.record_consent(session, address.learner_id, True, "test", self.channel, -next(_numbers), now())
        return self


class Web(Talk):
    channel = "web"

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self.cookie = running.http.get("/chat/messages", headers={"cookie": ""}).cookies["rumbo"]
        running.http.cookies.clear()

    @property
    def address(self) -> str:
        return self.cookie.partition(".")[0]

    def _headers(self) -> dict[str, str]:
        return {"cookie": f"rumbo={self.cookie}"}

    def send(self, text: str, choice: str | None = None, number: str | None = None) -> None:
        body = {"id": number or str(uuid.uuid4()), "text": text} | ({"choice": choice} if choice else {})
        self.running.http.post("/chat/messages", json=body, headers=self._headers()).raise_for_status()

    def fetch(self) -> tuple[list[Sent], bool]:
        heard = self.running.http.get("/chat/messages", headers=self._headers()).json()
        mine = [m for m in heard["messages"] if m["from"] == "rumbo"]
        return [Sent(m["text"], tuple((c["title"], c["id"]) for c in m["choices"])) for m in mine], heard["working"]


class Phone(Talk):
    """A channel whose words arrive at the vendor's server."""

    def post(self, fields: dict[str, Any]) -> None:
        """Call our webhook as the vendor does, signed."""
        raise NotImplementedError

    def place(self, latitude: float, longitude: float) -> dict[str, Any]:
        """A shared location as the vendor tells it."""
        raise NotImplementedError

    def shares(self, latitude: float, longitude: float) -> str:
        return self._turn(lambda: self.post(self.place(latitude, longitude)))

    def fetch(self) -> tuple[list[Sent], bool]:
        working = self.busy()  # asked first: what is sent in between is then looked at
        return list(self.running.vendor.sent[self.address]), working


class WhatsApp(Phone):
    channel = "whatsapp"

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self.number = f"+52155{next(_numbers):08d}"

    @property
    def address(self) -> str:
        return f"whatsapp:{self.number}"

    def send(self, text: str, choice: str | None = None, number: str | None = None) -> None:
        tapped = {"ButtonPayload": choice, "ButtonText": text, "MessageType": "interactive"} if choice else {}
        self.post(self._fields(text, number) | tapped)

    def _fields(self, text: str, number: str | None = None) -> dict[str, Any]:
        sid = number or f"SM{uuid.uuid4().hex}"
        fields = {"MessageSid": sid, "SmsSid": sid, "AccountSid": "AC" + "0" * 32, "From": self.address, "Body": text}
        fields |= {"To": "whatsapp:+14155238886", "NumMedia": "0", "ProfileName": "", "WaId": self.number[1:]}
        return fields | {"MessageType": "text"}

    def place(self, latitude: float, longitude: float) -> dict[str, Any]:
        return self._fields("") | {"MessageType": "location", "Latitude": str(latitude), "Longitude": str(longitude)}

    def post(self, fields: dict[str, Any]) -> None:
        signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/webhooks/whatsapp", fields)
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        self.running.http.post("/webhooks/whatsapp", content=urlencode(fields), headers=headers).raise_for_status()


class Telegram(Phone):
    channel = "telegram"

    def __init__(self, running: Running) -> None:
        super().__init__(running)
        self.id = next(_numbers) + 500_000_000

    @property
    def address(self) -> str:
        return str(self.id)

    def send(self, text: str, choice: str | None = None, number: str | None = None) -> None:
        message, update = self._message(text=text), {"update_id": int(number or next(_numbers))}
        tap = {"id": str(next(_numbers)), "from": message["from"], "chat_instance": "1", "data": choice}
        self.post(update | ({"callback_query": tap | {"message": message}} if choice else {"message": message}))

    def _message(self, **what: Any) -> dict[str, Any]:
        person = {"id": self.id, "is_bot": False, "first_name": "X"}
        chat = {"id": self.id, "type": "private"}
        return {"message_id": next(_numbers), "date": int(time.time()), "chat": chat, "from": person, **what}

    def place(self, latitude: float, longitude: float) -> dict[str, Any]:
        there = {"latitude": latitude, "longitude": longitude}
        return {"update_id": next(_numbers), "message": self._message(location=there)}

    def post(self, fields: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": BOT_SECRET, "Content-Type": "application/json"}
        self.running.http.post("/webhooks/telegram", content=json.dumps(fields), headers=headers).raise_for_status()
