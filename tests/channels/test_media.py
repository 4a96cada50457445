"""Pictures and papers, as they leave for Twilio and for Telegram."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import pytest
import pytest_asyncio

from channels.base import Choice, Media, MediaKind, Outage, Refused, Reply
from channels.telegram import Telegram
from channels.whatsapp import WhatsApp
from channels.whatsapp_errors import from_code

pytestmark = [pytest.mark.asyncio, pytest.mark.filterwarnings("ignore:.*timedelta.*")]

ANA, CHAT = "whatsapp:+5215550001111", "77001122"
URL = "https://rumbo.example.mx/media/" + "a" * 160
MESSAGES, CONTENT = "/Messages.json", "/v1/Content"
NOTHING = {"contents": [], "meta": {"key": "contents", "page": 0, "page_size": 500, "next_page_url": None}}
YES_NO = (Choice("1:0", "Sí"), Choice("1:1", "No"))


def never() -> bytes:
    raise AssertionError("Twilio fetches it itself")


PICTURE = Media(MediaKind.IMAGE, "image/png", "rumbo.png", never, URL)
FILE = Media(MediaKind.DOCUMENT, "application/pdf", "rumbo.pdf", never, URL)
DAYS = Media(MediaKind.DOCUMENT, "text/calendar", "rumbo.ics", never, URL)


@pytest_asyncio.fixture
async def whatsapp(vendor) -> AsyncIterator[WhatsApp]:
    vendor.usually("POST", MESSAGES, {"sid": "SM" + "1" * 32, "status": "queued"})
    vendor.usually("GET", CONTENT, NOTHING)
    vendor.usually("POST", CONTENT, {"sid": "HX" + "2" * 32})
    channel = WhatsApp("AC" + "0" * 32, ["secret"], "+14155238886", "https://rumbo.example.mx", vendor.url)
    yield channel
    await channel.close()


@pytest_asyncio.fixture
async def telegram(vendor) -> AsyncIterator[Telegram]:
    message = {"message_id": 4711, "date": 1795370000, "chat": {"id": int(CHAT), "type": "private"}}
    for end in ("/sendPhoto", "/sendDocument", "/sendMessage"):
        vendor.usually("POST", end, {"ok": True, "result": message})
    channel = Telegram("123456:TEST", "s3cret", vendor.url)
    yield channel
    await channel.close()


def posted(vendor) -> list[dict[str, str]]:
    """What each message to Twilio carried of words, media and template."""
    forms = [parse_qs(call.body.decode()) for call in vendor.to("POST", MESSAGES)]
    return [{k: v[0] for k, v in form.items() if k in ("Body", "MediaUrl", "ContentSid")} for form in forms]


async def test_whatsapp_puts_the_words_under_a_picture(whatsapp: WhatsApp, vendor) -> None:
    assert await whatsapp.send(ANA, Reply("Tu proyecto 🙂", media=PICTURE)) == "SM" + "1" * 32

    assert posted(vendor) == [{"Body": "Tu proyecto 🙂", "MediaUrl": URL}]


async def test_whatsapp_takes_a_picture_without_words(whatsapp: WhatsApp, vendor) -> None:
    await whatsapp.send(ANA, Reply("", media=PICTURE))

    assert posted(vendor) == [{"MediaUrl": URL}]


async def test_whatsapp_says_the_words_of_a_file_after_it(whatsapp: WhatsApp, vendor) -> None:
    await whatsapp.send(ANA, Reply("Tu hoja", media=FILE))

    assert posted(vendor) == [{"MediaUrl": URL}, {"Body": "Tu hoja"}]


@pytest.mark.parametrize(
    ("text", "together"),
    [("x" * 1024, True), ("x" * 1025, False), ("🙂" * 513, False)],
    ids=["fits", "too-long", "emoji"],
)
async def test_whatsapp_caption_limit(whatsapp: WhatsApp, vendor, text: str, together: bool) -> None:
    await whatsapp.send(ANA, Reply(text, media=PICTURE))

    both = [{"Body": text, "MediaUrl": URL}]
    assert posted(vendor) == (both if together else [{"MediaUrl": URL}, {"Body": text}])


async def test_whatsapp_buttons_come_after_the_picture(whatsapp: WhatsApp, vendor) -> None:
    await whatsapp.send(ANA, Reply("¿Te gusta?", YES_NO, PICTURE))

    assert posted(vendor) == [{"MediaUrl": URL}, {"ContentSid": "HX" + "2" * 32}]


async def test_whatsapp_gets_a_link_to_what_it_does_not_take(whatsapp: WhatsApp, vendor) -> None:
    await whatsapp.send(ANA, Reply("Tus fechas", media=DAYS))

    assert posted(vendor) == [{"Body": f"Tus fechas\n\n{URL}"}]


async def test_whatsapp_link_and_long_words_are_two_messages(whatsapp: WhatsApp, vendor) -> None:
    await whatsapp.send(ANA, Reply("x" * 1500, media=DAYS))

    assert posted(vendor) == [{"Body": URL}, {"Body": "x" * 1500}]


async def test_whatsapp_says_when_media_is_refused(whatsapp: WhatsApp, vendor, answer) -> None:
    vendor.next("POST", MESSAGES, answer(400, {"code": 21620, "message": "Invalid media URL", "status": 400}))

    with pytest.raises(Refused):
        await whatsapp.send(ANA, Reply("hola", media=PICTURE))
    assert len(posted(vendor)) == 1


async def test_media_twilio_could_not_fetch_is_tried_again() -> None:
    assert type(from_code("63019")) is Outage


def drawn(kind: MediaKind = MediaKind.IMAGE) -> tuple[Media, list[str]]:
    """Media that notes in which thread it is made."""
    threads: list[str] = []

    def make() -> bytes:
        threads.append(threading.current_thread().name)
        return b"\x89PNG and more"

    return Media(kind, "image/png", "rumbo.png", make, URL), threads


@pytest.mark.parametrize(
    ("kind", "end", "field"),
    [(MediaKind.IMAGE, "/sendPhoto", b"photo"), (MediaKind.DOCUMENT, "/sendDocument", b"document")],
)
async def test_telegram_gets_the_bytes(telegram: Telegram, vendor, kind: MediaKind, end: str, field: bytes) -> None:
    media, threads = drawn(kind)

    assert await telegram.send(CHAT, Reply("Tu proyecto", YES_NO, media)) == "4711"

    (call,) = vendor.calls
    assert call.path.endswith(end)
    assert b'name="' + field + b'"' in call.body
    assert b"\x89PNG and more" in call.body and b'filename="rumbo.png"' in call.body
    assert b"Tu proyecto" in call.body and b"inline_keyboard" in call.body
    assert threading.current_thread().name not in threads  # the loop went on while it was drawn
    assert URL.encode() not in call.body


@pytest.mark.parametrize(("length", "calls"), [(1024, ["/sendPhoto"]), (1025, ["/sendPhoto", "/sendMessage"])])
async def test_telegram_caption_limit(telegram: Telegram, vendor, length: int, calls: list[str]) -> None:
    await telegram.send(CHAT, Reply("x" * length, YES_NO, drawn()[0]))

    assert ["/" + call.path.rsplit("/", 1)[1] for call in vendor.calls] == calls
    keyboards = [b"reply_markup" in call.body for call in vendor.calls]
    assert keyboards == [*[False] * (len(calls) - 1), True]


async def test_telegram_refusing_a_picture_is_said(telegram: Telegram, vendor, answer) -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: PHOTO_INVALID_DIMENSIONS"}
    vendor.next("POST", "/sendPhoto", answer(400, body))

    with pytest.raises(Refused) as refused:
        await telegram.send(CHAT, Reply("hola", media=drawn()[0]))

    assert refused.value.detail == "telegram 400: Photo_invalid_dimensions"
