from __future__ import annotations

import json
from pathlib import Path

import pytest

from channels.base import Gone, Hook, Inbound, Kind, Unreadable
from channels.telegram import Telegram

ANA = "77001122"
SECRET = "s3cret_-Token"
FOLDER = Path(__file__).parents[1] / "payloads" / "telegram"
FILES = sorted(path.stem for path in FOLDER.glob("*.json"))


def said(text: str = "", kind: Kind = Kind.TEXT, **more) -> list[Inbound]:
    return [Inbound("", ANA, text, kind, **more)]


def tapped(choice: str, tap: str, message: int | None) -> list[Inbound]:
    handle = json.dumps({"tap": tap, "chat": int(ANA), "message": message})
    return said("", Kind.CHOICE, choice=choice, handle=handle)


UPDATES: dict[str, list[Inbound] | list[Gone]] = {
    "text": said("hola, quiero estudiar enfermería 🙂"),
    "start": said("hola"),
    "start_with_code": said("/start vincular_K7Q2"),
    "command": said("menu"),
    "command_with_bot_name": said("ayuda por favor"),
    "slash_that_is_no_command": said('/inform{"a":1}'),
    "voice": said("", Kind.VOICE),
    "audio": said("", Kind.VOICE),
    "video_note": said("", Kind.VOICE),
    "photo_with_caption": said("mi credencial", Kind.MEDIA),
    "video": said("", Kind.MEDIA),
    "document": said("", Kind.MEDIA),
    "animation": said("", Kind.MEDIA),
    "sticker": said("", Kind.STICKER),
    "location": said("", Kind.LOCATION, place=(19.432608, -99.133209)),
    "contact": said("", Kind.CONTACT),
    "dice": said("", Kind.OTHER),
    "poll": said("", Kind.OTHER),
    "poll_of_another_bot_api": said("", Kind.OTHER),
    "field_from_the_future": said("", Kind.OTHER),
    "edited": said("quiero estudiar derecho", Kind.EDITED),
    "edited_live_location": [],
    "tap": tapped("consent_yes", "3307199922", 40),
    "tap_on_inaccessible_message": tapped("menu", "3307199923", 2),
    "tap_without_message": tapped("menu", "3307199924", None),
    "tap_on_a_game": [],
    "tap_in_group": [],
    "blocked": [Gone(ANA)],
    "unblocked": [],
    "kicked_from_group": [],
    "group_text": [],
    "channel_post": [],
    "from_a_bot": [],
    "pinned": [],
    "inline_query": [],
    "unheard_of_update": [],
}


@pytest.fixture
def telegram() -> Telegram:
    return Telegram("123456:TEST", SECRET)


def hook(body: bytes, **headers: str) -> Hook:
    return Hook("https://rumbo.example.mx/webhooks/telegram", headers, body)


@pytest.mark.parametrize("name", UPDATES)
def test_parse_reads_an_update(telegram: Telegram, payload, name: str) -> None:
    body = payload(f"telegram/{name}.json")
    number = str(json.loads(body)["update_id"])

    expected = [Inbound(number, *_rest(e)) if isinstance(e, Inbound) else e for e in UPDATES[name]]
    assert telegram.parse(hook(body)) == expected


def test_every_payload_file_is_in_the_table() -> None:
    assert sorted(UPDATES) == FILES


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hola",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"1",
        b'"x"',
        b"{}",
        b'{"message": {}}',
        b'{"update_id": 1, "message": "hola"}',
        b'{"update_id": 1, "message": {"message_id": 1}}',
        b'{"update_id": 1, "message": {"message_id": 1, "date": 1e30, "chat": {"id": 1, "type": "private"}}}',
        b'{"update_id": 1, "callback_query": {"id": "1"}}',
    ],
)
def test_parse_calls_nonsense_unreadable(telegram: Telegram, body: bytes) -> None:
    with pytest.raises(Unreadable):
        telegram.parse(hook(body))


HEADER = "x-telegram-bot-api-secret-token"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({HEADER: SECRET}, True),
        ({HEADER: SECRET + "x"}, False),
        ({HEADER: SECRET.upper()}, False),
        ({HEADER: ""}, False),
        ({HEADER: "señal"}, False),
        ({}, False),
    ],
)
def test_verify_wants_the_secret_back(telegram: Telegram, headers: dict[str, str], expected: bool) -> None:
    assert telegram.verify(hook(b"{}", **headers)) is expected


@pytest.mark.parametrize("secret", ["", "con espacio", "ñ", "x" * 257])
def test_telegram_refuses_to_start_with_a_secret_telegram_would_refuse(secret: str) -> None:
    with pytest.raises(ValueError, match="webhook secret"):
        Telegram("123456:TEST", secret)


def _rest(inbound: Inbound) -> tuple[object, ...]:
    return tuple(vars(inbound).values())[1:]
