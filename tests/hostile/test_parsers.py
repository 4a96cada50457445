"""A channel reads any call, or says that it cannot. It raises nothing else, and what it reads can be kept."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import Channel, Hook, Inbound, Receipt, Unreadable
from channels.telegram import Telegram
from channels.web import COOKIE, Web
from channels.whatsapp import WhatsApp
from tests.hostile.strange import PUBLIC, SECRET, TOKEN, anything, scalars, stable, texts

FIELDS = (
    "MessageSid From ExternalUserId Body NumMedia MediaContentType0 Latitude Longitude MessageType MessageStatus"
    " ErrorCode ButtonPayload ButtonText ListId ListTitle OptOutType"
).split()
VALUES = texts | st.sampled_from(
    ["SM1", "failed", "9" * 5000, "²", "1", "nan", "1e999", "received", "STOP", "location"]
)
MESSAGE = (
    "text caption location photo voice sticker contact chat from date message_id forward_origin poll entities".split()
)


@pytest.fixture(scope="module")
def whatsapp() -> WhatsApp:
    return WhatsApp("AC" + "0" * 32, [TOKEN], "whatsapp:+1", PUBLIC)


@pytest.fixture(scope="module")
def telegram() -> Telegram:
    return Telegram("123456:TEST", SECRET)


def read(channel: Channel, body: bytes, **headers: str) -> bool:
    """Whether it could be read; then every id fits its column and every text is one."""
    try:
        items = channel.parse(Hook(PUBLIC, headers, body))
    except Unreadable:
        return False
    for item in items:
        if isinstance(item, Inbound | Receipt):
            assert 0 < len(item.provider_id) <= 128 and item.provider_id.isprintable()
        if isinstance(item, Inbound):
            assert isinstance(item.text, str) and item.sender.encode() and isinstance(item.choice, str | None)
    return True


def encoded(fields: dict[str, str]) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


@stable
@given(st.dictionaries(st.sampled_from(FIELDS) | texts, VALUES, max_size=8))
def test_whatsapp_reads_any_mapping(whatsapp, fields):
    read(whatsapp, encoded(fields))
    read(whatsapp, encoded({**fields, "MessageSid": "SM1", "From": "whatsapp:+52"}))


@stable
@given(st.binary(max_size=300), st.dictionaries(texts, texts, max_size=3))
def test_any_bytes_are_read_and_never_verified(whatsapp, telegram, body, headers):
    for channel in (whatsapp, telegram, Web(b"key")):
        read(channel, body, **headers)
        assert channel.verify(Hook(PUBLIC, headers, body)) is False


@stable
@given(anything)
def test_telegram_reads_any_json(telegram, found):
    read(telegram, json.dumps(found).encode())


@stable
@given(st.dictionaries(st.sampled_from(MESSAGE), anything, max_size=5), scalars | st.just(1))
def test_telegram_reads_a_message_with_anything_in_it(telegram, parts, number):
    she = {"id": 5, "type": "private", "is_bot": False, "first_name": "x"}
    plain = {"message_id": 1, "date": 1, "chat": she, "from": she}
    for name in ("message", "edited_message"):
        read(telegram, json.dumps({"update_id": number, name: {**plain, **parts}}).encode())
    tap = {"id": "1", "from": she, "chat_instance": "1", "data": number, **parts}
    read(telegram, json.dumps({"update_id": 1, "callback_query": tap}).encode())


@stable
@given(anything, anything, anything)
def test_the_chat_page_reads_anything(number, text, choice):
    web = Web(b"key")
    cookie = f"{COOKIE}={web.new_visitor()}"
    for found in ({"id": number, "text": text, "choice": choice}, {"id": "message-1", "text": text, "choice": choice}):
        read(web, json.dumps(found).encode(), cookie=cookie)


@stable
@given(texts)
def test_no_cookie_we_did_not_sign_is_anybody(cookie):
    web = Web(b"key")
    assert web.visitor(cookie) is None
    assert web.visitor(f"{COOKIE}={cookie}") is None


def test_a_usual_message_is_still_read(whatsapp, telegram):
    she = {"id": 5, "type": "private", "is_bot": False, "first_name": "x"}
    update = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": she, "from": she, "text": "hola"}}
    assert read(telegram, json.dumps(update).encode())
    assert read(whatsapp, encoded({"MessageSid": "SM1", "From": "whatsapp:+52", "Body": "hola"}))


@pytest.mark.parametrize("number", [None, True, "7", 1.5, [1], "\ud800"])
def test_an_update_or_a_person_without_a_number_is_unreadable(telegram, number):
    for update, person in ((number, 5), (1, number)):
        she = {"id": person, "type": "private", "is_bot": False, "first_name": "x"}
        message = {"message_id": 1, "date": 1, "chat": she, "from": she, "text": "hola"}
        assert not read(telegram, json.dumps({"update_id": update, "message": message}).encode())
