"""The vendors' APIs as one light server: it takes what is sent and says when, to whom. Its cost is not Rumbo's."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qs

ACCOUNT = "AC" + "0" * 32
Answer = tuple[int, dict[str, Any]]
TELEGRAM_SENDS = ("sendMessage", "sendPhoto", "sendDocument")
NO_WORDS = 2**40
"""The number of every picture that comes alone, before the words it belongs to: those are what is counted."""


@dataclass
class Vendor:
    """Twilio's Messages and Content and Telegram's Bot API. `heard` has, by person, the moments and texts of sends."""

    heard: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    templates: list[dict[str, Any]] = field(default_factory=list)
    waiting: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    spoil: Callable[[str, dict[str, str]], Answer | None] = lambda path, fields: None
    """May answer in place of the vendor, before anything is taken."""
    url: str = ""
    taken: int = 0

    async def __aenter__(self) -> Vendor:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                verb, path, *_ = head.split(" ", 2)
                lines = (line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
                headers = {name.lower(): value for name, value in lines}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                await self._reply(writer, verb, path, fields(body, headers.get("content-type", "")))
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            writer.close()  # the caller, or the bench, is done with this connection

    async def _reply(self, writer: asyncio.StreamWriter, verb: str, path: str, sent: dict[str, Any]) -> None:
        status, answer = self._answer(verb, path, sent)
        await self._write(writer, status, answer)

    async def _write(self, writer: asyncio.StreamWriter, status: int, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        top = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        writer.write(top.encode() + data)
        await writer.drain()

    def _answer(self, verb: str, path: str, sent: dict[str, Any]) -> Answer:
        if verb == "GET":
            meta = {"page": 0, "page_size": 50, "first_page_url": "", "url": "", "key": "contents"}
            return 200, {"contents": self.templates, "meta": meta | {"next_page_url": None}}
        if spoilt := self.spoil(path, sent):
            return spoilt
        if "/bot" in path:
            return 200, {"ok": True, "result": self._telegram(path.rsplit("/", 1)[1], sent)}
        if path.startswith("/v1/Content"):
            self.templates.append(sent | {"sid": f"HX{len(self.templates):032x}", "account_sid": ACCOUNT})
            return 201, self.templates[-1]
        return 201, self._twilio(sent) if path.endswith("/Messages.json") else {}

    def _twilio(self, sent: dict[str, Any]) -> dict[str, Any]:
        said = words(sent)
        number = self.take(sent["To"], said) if said else NO_WORDS
        return {"sid": f"SM{number:032x}", "status": "queued", "to": sent["To"], "account_sid": ACCOUNT}

    def _telegram(self, method: str, sent: dict[str, Any]) -> Any:
        if method not in TELEGRAM_SENDS:
            return True
        said = words(sent)
        number = self.take(str(sent["chat_id"]), said) if said else NO_WORDS
        chat = {"id": int(sent["chat_id"]), "type": "private"}
        return {"message_id": number, "date": int(time.time()), "chat": chat, "text": said}

    def take(self, person: str, text: str) -> int:
        self.heard[person].append((time.perf_counter(), text))
        self.waiting[person].set()
        self.taken += 1
        return self.taken


def words(sent: dict[str, Any]) -> str:
    """What a bubble says, a picture's caption included; a picture alone says nothing."""
    return str(next((sent[name] for name in ("text", "caption", "Body", "ContentVariables") if sent.get(name)), ""))


def name_of(part: Message) -> str:
    return str(part.get_param("name", header="content-disposition"))


def fields(body: bytes, content_type: str) -> dict[str, Any]:
    """The fields of a form or of JSON; of a form with files, the fields that are not files."""
    if "json" in content_type:
        return dict(json.loads(body or b"{}"))
    if "multipart/form-data" in content_type:
        form = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
        parts = [part for part in form.iter_parts() if part.get_filename() is None]
        return {name_of(part): part.get_payload(decode=True).decode() for part in parts}
    return {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
