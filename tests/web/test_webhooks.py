"""The public port: only what a service really sent gets in, once, and is answered at once."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from httpx import Response
from sqlalchemy import select
from starlette.testclient import TestClient

from bot import web
from bot.content.library import Bubble
from bot.db import now
from bot.messages import outbox
from bot.messages.tables import UNTIL_SHE_WRITES, Direction, Message, Status
from bot.people.tables import Address, Standing
from bot.runtime import Runtime
from tests.builders import write
from tests.conftest import make_settings

PAYLOADS = Path(__file__).parents[1] / "payloads"
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


@pytest.fixture
def on(house: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    """A house with both channels on, on both kinds of database."""
    rumbo = Runtime(make_settings(tmp_path, database_url=house.settings.database_url, **ON))
    yield rumbo
    rumbo.db.close()


@pytest.fixture
def small_on(small_house: Runtime, tmp_path: Path) -> Iterator[Runtime]:
    rumbo = Runtime(make_settings(tmp_path, **ON))
    yield rumbo
    rumbo.db.close()


@pytest.fixture
def open_door() -> Iterator[Callable[[Runtime], TestClient]]:
    doors: list[TestClient] = []

    def open_it(house: Runtime) -> TestClient:
        doors.append(TestClient(web.create_app(house), raise_server_exceptions=False))
        return doors[-1].__enter__()

    yield open_it
    for door in doors:
        door.__exit__(None, None, None)


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


def test_a_whatsapp_message_is_saved_and_answered_with_nothing(on, open_door):
    answer = twilio(open_door(on), TEXT)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/xml")
    assert answer.content == b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert saved(on) == [("whatsapp", WORDS)]


def test_a_telegram_message_is_saved_and_answered_with_nothing(on, open_door):
    answer = telegram(open_door(on), UPDATE)
    assert (answer.status_code, answer.content) == (200, b"{}")
    assert saved(on) == [("telegram", WORDS)]


SIGNATURES = {
    "right": (sign(TEXT), 200),
    "previous token": (sign(TEXT, BEFORE), 200),
    "another token": (sign(TEXT, "x" * 32), 403),
    "another address": (sign(TEXT, path="/webhooks/whatsapp/status"), 403),
    "another body": (sign(TEXT + b"x"), 403),
    "nonsense": ("eA==", 403),
    "missing": (None, 403),
}


def test_only_what_twilio_signed_gets_in(small_on, open_door):
    door = open_door(small_on)
    heard = {name: twilio(door, TEXT, signature).status_code for name, (signature, _) in SIGNATURES.items()}
    assert heard == {name: status for name, (_, status) in SIGNATURES.items()}
    assert saved(small_on) == [("whatsapp", WORDS)]


def test_only_who_knows_the_secret_is_telegram(small_on, open_door):
    door = open_door(small_on)
    assert [telegram(door, UPDATE, secret).status_code for secret in (SECRET + "x", "", None)] == [403] * 3
    assert saved(small_on) == []


def test_a_query_is_part_of_what_is_signed(small_on, open_door):
    path = "/webhooks/whatsapp?b=2&a=%C3%B1"
    door = open_door(small_on)
    assert twilio(door, TEXT, sign(TEXT, path=path), path).status_code == 200
    assert twilio(door, TEXT, sign(TEXT), path).status_code == 403


def test_the_same_call_twice_is_saved_once(on, open_door):
    door = open_door(on)
    calls = [twilio(door, TEXT), twilio(door, TEXT), telegram(door, UPDATE), telegram(door, UPDATE)]
    assert [answer.status_code for answer in calls] == [200] * 4
    assert saved(on) == [("whatsapp", WORDS), ("telegram", WORDS)]


def test_every_odd_message_of_whatsapp_is_saved(small_on, open_door):
    door, names = open_door(small_on), [f.name for f in (PAYLOADS / "whatsapp").iterdir() if "status" not in f.name]
    assert {twilio(door, payload(f"whatsapp/{name}")).status_code for name in names} == {200}
    assert len(saved(small_on)) == len(names) > 15


def test_every_update_of_telegram_is_taken(small_on, open_door):
    door, names = open_door(small_on), [f.name for f in (PAYLOADS / "telegram").iterdir()]
    assert {name: telegram(door, payload(f"telegram/{name}")).status_code for name in names} == dict.fromkeys(
        names, 200
    )


def test_what_cannot_be_read_is_accepted_so_that_it_is_not_sent_for_ever(small_on, open_door):
    door = open_door(small_on)
    nonsense = [b"", b"hola", b"[]", b"{}", b'{"update_id": 1, "message": {}}', b"\xff"]
    assert [telegram(door, body).status_code for body in nonsense] == [200] * len(nonsense)
    assert twilio(door, b"From=whatsapp%3A%2B52").status_code == 200
    assert saved(small_on) == []


def test_a_body_that_is_too_large_is_not_read_to_its_end(small_on, open_door):
    door = open_door(small_on)
    most = TEXT + b"&Extra=" + b"x" * (web.MAX_BODY - len(TEXT) - 7)
    assert [twilio(door, most).status_code, twilio(door, most + b"x").status_code] == [200, 413]
    assert telegram(door, b" " * web.MAX_BODY + UPDATE).status_code == 413


def test_a_button_made_elsewhere_does_not_make_telegram_call_for_ever(on, open_door):
    update = json.loads(payload("telegram/tap.json"))
    update["callback_query"]["data"] = "x" * 64
    assert telegram(open_door(on), json.dumps(update).encode()).status_code == 200


def test_who_blocked_the_bot_is_marked(small_on, open_door):
    door = open_door(small_on)
    telegram(door, UPDATE)
    telegram(door, payload("telegram/blocked.json"))
    with small_on.db.read() as session:
        assert session.scalars(select(Address.standing)).all() == [Standing.BLOCKED]


def test_a_channel_that_is_off_is_not_there(small_house, open_door):
    door = open_door(small_house)
    paths = ["/webhooks/whatsapp", "/webhooks/whatsapp/status", "/webhooks/telegram"]
    assert [door.post(path, content=TEXT).status_code for path in paths] == [404] * 3


def test_there_are_no_other_doors(small_on, open_door):
    door = open_door(small_on)
    paths = ["/webhooks/web", "/webhooks/nobody", "/docs", "/redoc", "/openapi.json"]
    assert {path for path in paths for call in (door.get, door.post) if call(path).status_code != 404} == set()


def sent(house: Runtime, provider_id: str | None, status: Status = Status.SENT) -> None:
    """A message of ours that Twilio has taken."""
    write(house, "hola", "whatsapp:+5215550001111", "whatsapp", provider_id="hers")
    with house.db.write() as session:
        asked = session.scalars(select(Message)).one()
        outbox.queue_replies(session, house.sealer, asked, [Bubble("qué tal")], 1500, "v1", now())
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


def test_receipts_move_a_message_forward_in_whatever_order_they_come(on, open_door):
    sent(on, "SMours")
    door = open_door(on)
    assert receipt(door, "status_read").status_code == 200
    assert becomes(on, Status.READ) is Status.READ
    for name in ("status_sent", "status_delivered", "status_read"):
        receipt(door, name)
    time.sleep(0.1)
    assert ours(on).status is Status.READ


def test_a_receipt_that_comes_before_we_noted_the_sending_is_not_lost(on, open_door, monkeypatch):
    monkeypatch.setattr(web, "LATE_RECEIPT", (0.2, 0.2))
    sent(on, None, Status.DOING)
    assert receipt(open_door(on), "status_delivered").status_code == 200
    with on.db.write() as session:
        message = session.get_one(Message, ours(on).id)
        message.status, message.provider_id = Status.SENT, "SMours"
    assert becomes(on, Status.DELIVERED) is Status.DELIVERED


@pytest.mark.parametrize(
    "name, status, standing",
    [
        ("status_failed_unknown_code", Status.FAILED, Standing.OPEN),
        ("status_failed_without_code", Status.FAILED, Standing.OPEN),
        ("status_canceled", Status.FAILED, Standing.OPEN),
        ("status_undelivered_blocked", Status.FAILED, Standing.BLOCKED),
        ("status_undelivered_rate", Status.TODO, Standing.OPEN),
        ("status_failed_window", Status.TODO, Standing.OPEN),
    ],
)
def test_a_failing_receipt_says_what_follows(small_on, open_door, name, status, standing):
    sent(small_on, "SMours")
    receipt(open_door(small_on), name)
    assert becomes(small_on, status) is status
    with small_on.db.read() as session:
        assert session.scalars(select(Address.standing)).one() is standing
    assert (ours(small_on).not_before == UNTIL_SHE_WRITES) == (name == "status_failed_window")


def test_a_receipt_about_nothing_of_ours_is_accepted(small_on, open_door, monkeypatch):
    monkeypatch.setattr(web, "LATE_RECEIPT", ())
    sent(small_on, "SMours")
    assert receipt(open_door(small_on), "status_read", of="SManother").status_code == 200
    assert ours(small_on).status is Status.SENT


def test_health_names_the_channels_that_are_on(on, small_house, open_door):
    assert open_door(on).get("/health").json() == {"status": "ok", "channels": ["telegram", "web", "whatsapp"]}
    assert open_door(small_house).get("/health").json() == {"status": "ok", "channels": ["web"]}


def test_health_is_bad_when_the_database_is_away(tmp_path, open_door):
    away = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/rumbo.db"))
    assert open_door(away).get("/health").status_code == 500


def test_a_message_that_could_be_kept_nowhere_is_sent_again_by_the_service(tmp_path, open_door):
    (tmp_path / "spool").write_text("in the way")
    away = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/rumbo.db", **ON))
    assert telegram(open_door(away), UPDATE).status_code == 503


def test_the_notice_names_who_runs_this_rumbo_and_lets_no_markup_through(tmp_path, open_door):
    named = make_settings(tmp_path, rumbo_organisation="Fundación <b>Sur</b>", rumbo_contact="ayuda@sur.mx & cía")
    page = open_door(Runtime(named)).get("/aviso")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Fundación &lt;b&gt;Sur&lt;/b&gt;" in page.text
    assert "ayuda@sur.mx &amp; cía" in page.text
    assert [mark for mark in ("{organisation}", "{contact}", "{{body}}", "**", "\n# ") if mark in page.text] == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("# Aviso\n\nHola", "<h1>Aviso</h1>\n<p>Hola</p>"),
        ("## Uno\nDos", "<h2>Uno</h2>\n<p>Dos</p>"),
        ("- uno\n- **dos**", "<ul><li>uno</li><li><strong>dos</strong></li></ul>"),
        ("<script>1 < 2</script>", "<p>&lt;script&gt;1 &lt; 2&lt;/script&gt;</p>"),
        ("5 - 3 y a * b", "<p>5 - 3 y a * b</p>"),
    ],
)
def test_paragraphs_knows_a_few_marks_and_nothing_else(text, expected):
    assert web.paragraphs(text) == expected


def test_every_page_is_closed_to_foreign_code(small_on, open_door):
    door = open_door(small_on)
    for path in ("/chat", "/aviso", "/health", "/static/chat.js", "/nowhere", "/chat/messages"):
        headers = door.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert [word for word in ("unsafe", "http:", "https:", "*") if word in policy] == []
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_static_serves_only_what_is_named(small_on, open_door):
    door = open_door(small_on)
    names = ["chat.css", "chat.js", "rumbo.svg", "chat.html", "..%2fweb.py"]
    assert [door.get(f"/static/{name}").status_code for name in names] == [200, 200, 200, 404, 404]
