from __future__ import annotations

from pathlib import Path

import pytest

from channels.base import (
    Blocked,
    Delivery,
    Hook,
    Inbound,
    Kind,
    Receipt,
    Refused,
    SendError,
    Throttled,
    Unreadable,
    WindowClosed,
)
from channels.whatsapp import WhatsApp

ANA = "whatsapp:+5215550001111"
ANA_ID = "whatsapp:MX.1502576394655843"
FILES = sorted(path.stem for path in (Path(__file__).parents[1] / "payloads" / "whatsapp").glob("*.txt"))


def sid(number: int) -> str:
    return f"SM{number:032x}"


def said(number: int, text: str = "", kind: Kind = Kind.TEXT, sender: str = ANA, **more) -> Inbound:
    return Inbound(sid(number), sender, text, kind, handle=sid(number), **more)


MESSAGES = {
    "text": said(1, "hola, quiero estudiar enfermería 🙂", alias=ANA_ID),
    "text_untrimmed": said(2, " sí \n"),
    "button": said(3, "Sí, acepto", Kind.CHOICE, choice="consent_yes", alias=ANA_ID),
    "button_without_body": said(4, "Sí, acepto", Kind.CHOICE, choice="consent_yes"),
    "list": said(5, "Ciudad de México", Kind.CHOICE, choice="state_09"),
    "username": said(6, "hola", sender=ANA_ID),
    "username_without_from": said(7, "hola", sender=ANA_ID),
    "voice": said(8, "", Kind.VOICE),
    "image_with_caption": said(9, "mi credencial", Kind.MEDIA),
    "document": said(10, "", Kind.MEDIA),
    "sticker": said(11, "", Kind.STICKER),
    "contact": said(12, "", Kind.CONTACT),
    "location": said(13, "", Kind.LOCATION, place=(19.432608, -99.133209)),
    "location_broken": said(14, "", Kind.LOCATION),
    "reaction": said(15, "👍", Kind.OTHER),
    "unsupported": said(16, "", Kind.OTHER),
    "stop": said(17, "baja"),
    "start": said(18, "alta"),
    "help": said(19, "AYUDA"),
    "from_an_ad": said(20, "Hola, vi su anuncio"),
}

RECEIPTS: dict[str, tuple[int, Delivery, type[SendError] | None] | None] = {
    "status_queued": None,
    "status_unheard_of": None,
    "status_sent": (31, Delivery.SENT, None),
    "status_delivered": (32, Delivery.DELIVERED, None),
    "status_read": (33, Delivery.READ, None),
    "status_failed_window": (34, Delivery.FAILED, WindowClosed),
    "status_undelivered_blocked": (35, Delivery.FAILED, Blocked),
    "status_undelivered_rate": (36, Delivery.FAILED, Throttled),
    "status_failed_unknown_code": (37, Delivery.FAILED, Refused),
    "status_failed_without_code": (38, Delivery.FAILED, Refused),
    "status_canceled": (39, Delivery.FAILED, Refused),
}


@pytest.fixture
def whatsapp() -> WhatsApp:
    return WhatsApp("AC" + "0" * 32, ["t"], "whatsapp:+14155238886", "https://rumbo.example.mx")


def hook(body: bytes) -> Hook:
    return Hook("https://rumbo.example.mx/webhooks/whatsapp", {}, body)


@pytest.mark.parametrize("name", MESSAGES)
def test_parse_reads_a_message(whatsapp: WhatsApp, payload, name: str) -> None:
    assert whatsapp.parse(hook(payload(f"whatsapp/{name}.txt"))) == [MESSAGES[name]]


@pytest.mark.parametrize("name", RECEIPTS)
def test_parse_reads_a_receipt(whatsapp: WhatsApp, payload, name: str) -> None:
    events = whatsapp.parse(hook(payload(f"whatsapp/{name}.txt")))

    seen = [(e.provider_id, e.delivery, type(e.error) if e.error else None) for e in events if isinstance(e, Receipt)]
    expected = RECEIPTS[name]
    assert seen == ([(sid(expected[0]), *expected[1:])] if expected else [])
    assert len(events) == len(seen)


def test_every_payload_file_is_in_a_table() -> None:
    assert sorted([*MESSAGES, *RECEIPTS]) == FILES


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b"Body=hola",
        b"From=whatsapp%3A%2B521&Body=hola",
        b"MessageSid=SM1",
        b"MessageSid=SM1&MessageStatus=",
        b"MessageSid=&From=whatsapp%3A%2B521",
    ],
)
def test_parse_calls_nonsense_unreadable(whatsapp: WhatsApp, body: bytes) -> None:
    with pytest.raises(Unreadable):
        whatsapp.parse(hook(body))


def test_parse_keeps_the_old_mexican_mobile_prefix(whatsapp: WhatsApp) -> None:
    body = b"MessageSid=SM1&From=whatsapp%3A%2B5215550001111&Body=hola"

    assert [event.sender for event in whatsapp.parse(hook(body))] == ["whatsapp:+5215550001111"]


@pytest.mark.parametrize("media", ["audio/ogg; codecs=opus", "audio/amr", "AUDIO/MPEG"])
def test_parse_hears_every_audio_type_as_voice(whatsapp: WhatsApp, media: str) -> None:
    body = f"MessageSid=SM1&From=whatsapp:%2B521&Body=&NumMedia=1&MediaContentType0={media}".encode()

    assert [event.kind for event in whatsapp.parse(hook(body))] == [Kind.VOICE]
