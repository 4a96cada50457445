"""How a vendor brings what a learner wrote: signed, brought again when it gets a 5xx or no answer, at times twice."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from twilio.request_validator import RequestValidator

from bench.rig.vendor import ACCOUNT
from tests.flows.talking import BOT_SECRET, PUBLIC, TOKEN

PATHS = {"whatsapp": "/webhooks/whatsapp", "telegram": "/webhooks/telegram"}
SIGN = RequestValidator(TOKEN)
WITHIN = 15.0
"""Seconds Twilio waits for an answer to a webhook; Telegram waits longer."""
PAUSES = (0.5, 1, 2, 4)
GIVES_UP = 900.0
"""Telegram brings an update again for a day; Twilio only when told to (`#rc=`): here both do."""


@dataclass(frozen=True)
class Call:
    """A webhook call as the vendor makes it."""

    path: str
    body: str
    headers: dict[str, str]


@dataclass
class Postman:
    """Delivers calls. `copies` is how often each is brought although the first was taken."""

    http: httpx.AsyncClient
    copies: int = 1
    counts: Counter[str] = field(default_factory=Counter)
    late: list[asyncio.Task[bool]] = field(default_factory=list)

    async def deliver(self, call: Call) -> bool:
        """True when Rumbo took it, which it must say with a 2xx; tried again until it does."""
        copies = self.copies
        if copies > 1:
            self.counts["webhooks brought again though taken"] += copies - 1
            self.late += [asyncio.ensure_future(self._until_taken(call)) for _ in range(copies - 1)]
        return await self._until_taken(call)

    async def _until_taken(self, call: Call) -> bool:
        start = time.monotonic()
        while time.monotonic() - start < GIVES_UP:
            for pause in PAUSES:
                if (status := await self._bring(call)) is not None:
                    return status
                self.counts["webhooks brought again: no answer or 5xx"] += 1
                await asyncio.sleep(pause)
        return False

    async def _bring(self, call: Call) -> bool | None:
        """Taken, refused, or None when it is worth another try."""
        try:
            answer = await self.http.post(call.path, content=call.body, headers=call.headers, timeout=WITHIN)
        except httpx.HTTPError:
            return None
        if answer.status_code >= 500:
            return None
        if not answer.is_success:
            self.counts[f"webhooks refused: {answer.status_code}"] += 1
        return answer.is_success


def whatsapp(person: str, sid: str, text: str, choice: str | None = None, voice: bool = False) -> Call:
    said = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "From": person, "Body": text, "ProfileName": ""}
    said |= {"To": "whatsapp:+14155238886", "WaId": person[10:], "MessageType": "text", "NumMedia": "0"}
    said |= {"ButtonPayload": choice, "ButtonText": text, "MessageType": "interactive"} if choice else {}
    said |= {"NumMedia": "1", "MediaContentType0": "audio/ogg", "MessageType": "audio"} if voice else {}
    return signed(PATHS["whatsapp"], said)


def receipt(sid: str, status: str) -> Call:
    said = {"MessageSid": sid, "SmsSid": sid, "AccountSid": ACCOUNT, "MessageStatus": status, "SmsStatus": status}
    return signed(PATHS["whatsapp"] + "/status", said)


def signed(path: str, said: dict[str, str]) -> Call:
    headers = {"X-Twilio-Signature": SIGN.compute_signature(f"{PUBLIC}{path}", said)}
    return Call(path, urlencode(said), headers | {"Content-Type": "application/x-www-form-urlencoded"})


def telegram(person: str, number: int, text: str, choice: str | None = None, voice: bool = False) -> Call:
    who = {"id": int(person), "is_bot": False, "first_name": "X"}
    chat = {"id": int(person), "type": "private"}
    message: dict[str, Any] = {"message_id": number, "date": 1_795_000_000, "chat": chat, "from": who}
    message |= {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}} if voice else {"text": text}
    tap = {"id": str(number), "from": who, "chat_instance": "1", "data": choice, "message": message}
    update = {"update_id": number} | ({"callback_query": tap} if choice else {"message": message})
    headers = {"X-Telegram-Bot-Api-Secret-Token": BOT_SECRET, "Content-Type": "application/json"}
    return Call(PATHS["telegram"], json.dumps(update), headers)
