"""The vendors' servers on loopback: they take what Rumbo sends and remember it by person."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass(frozen=True)
class Sent:
    """One bubble as a vendor got it: its text and its choices as (title, id)."""

    text: str
    choices: tuple[tuple[str, str], ...] = ()


class Vendor:
    """One server for both: Twilio's Messages and Content, and Telegram's Bot API."""

    def __init__(self) -> None:
        self.sent: dict[str, list[Sent]] = defaultdict(list)
        self.templates: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                self._answer(vendor.take(self.path, body, self.headers.get("Content-Type") or ""))

            def do_GET(self) -> None:
                self._answer(vendor.look(self.path), 200)

            def _answer(self, body: dict[str, Any], status: int = 201) -> None:
                data = json.dumps(body).encode()
                self.send_response(200 if "ok" in body else status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Vendor:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()

    def take(self, path: str, body: str, content_type: str) -> dict[str, Any]:
        with self._lock:
            if "/bot" in path:
                return self._telegram(path.rsplit("/", 1)[1], form(body, content_type))
            if path.startswith("/v1/Content"):
                return self._template(json.loads(body))
            if not path.endswith("/Messages.json"):
                return {}  # the typing indicator
            return self._message({k: v[0] for k, v in parse_qs(body, keep_blank_values=True).items()})

    def look(self, path: str) -> dict[str, Any]:
        meta = {"page": 0, "page_size": 50, "first_page_url": "", "url": "", "key": "contents", "next_page_url": None}
        return {"contents": list(self.templates.values()), "meta": meta}

    def _template(self, wanted: dict[str, Any]) -> dict[str, Any]:
        sid = f"HX{len(self.templates):032x}"
        self.templates[sid] = wanted | {"sid": sid, "account_sid": "AC" + "0" * 32}
        return self.templates[sid]

    def _message(self, fields: dict[str, str]) -> dict[str, Any]:
        sent = Sent(fields.get("Body", ""))
        if template := self.templates.get(fields.get("ContentSid", "")):
            sent = filled(template, json.loads(fields["ContentVariables"]))
        self.sent[fields["To"]].append(sent)
        sid = f"SM{sum(map(len, self.sent.values())):032x}"
        return {"sid": sid, "status": "queued", "to": fields["To"], "body": sent.text, "account_sid": "AC" + "0" * 32}

    def _telegram(self, method: str, fields: dict[str, str]) -> dict[str, Any]:
        if method != "sendMessage":
            return {"ok": True, "result": True}
        markup = json.loads(fields.get("reply_markup") or "{}")
        buttons = [b for row in markup.get("inline_keyboard", []) for b in row]
        choices = tuple((b["text"], b["callback_data"]) for b in buttons)
        self.sent[fields["chat_id"]].append(Sent(fields["text"], choices))
        chat = {"id": int(fields["chat_id"]), "type": "private"}
        number = sum(map(len, self.sent.values()))
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "text": fields["text"]}
        return {"ok": True, "result": message}


def form(body: str, content_type: str) -> dict[str, str]:
    if "json" in content_type:
        return {k: v if isinstance(v, str) else json.dumps(v) for k, v in json.loads(body).items()}
    return {k: v[0] for k, v in parse_qs(body, keep_blank_values=True).items()}


def filled(template: dict[str, Any], variables: dict[str, str]) -> Sent:
    """A Content template with its variables put in, as a phone shows it."""

    def put(text: str) -> str:
        for name, value in variables.items():
            text = text.replace(f"{{{{{name}}}}}", value)
        return text

    kind = next(iter(template["types"].values()))
    items = kind.get("actions") or kind.get("items") or []
    return Sent(put(kind["body"]), tuple((put(i.get("title") or i.get("item")), put(i["id"])) for i in items))
