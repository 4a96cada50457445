"""No call from outside is a fault of ours: whatever comes, on whatever path, the answer is below 500."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from bot import chat, web
from bot.runtime import Runtime
from tests.conftest import make_settings
from tests.hostile.conftest import HTTPS, UNLIMITED, kept
from tests.hostile.strange import (
    CHAT,
    ON,
    PUBLIC,
    SECRET,
    SQL,
    STATUS,
    TELEGRAM,
    TEMPLATES,
    WHATSAPP,
    anything,
    sign,
    stable,
    texts,
)

PATHS = [WHATSAPP, STATUS, TELEGRAM, CHAT, "/chat", "/health", "/aviso", "/static/chat.js", "/static/..%2f", "/nowhere"]
TYPES = [
    "application/x-www-form-urlencoded",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "text/plain; charset=utf-7",
    "application/json; charset=nothing",
    ";;;",
    "",
]
HUGE = {
    "a million signs": b"x" * 10**6,
    "deep JSON": b"[" * 60_000,
    "deep objects": b'{"a":' * 10_000,
    "thousands of fields": b"&".join(b"a%d=%d" % (n, n) for n in range(5_000)),
    "one field thousands of times": b"a=1&" * 10_000,
    "only separators": b"&;=%" * 15_000,
    "a number without end": b"1" * 60_000,
    "multipart cut off": b'--x\r\nContent-Disposition: form-data; name="Body"\r\n\r\nhola',
    "multipart with nothing in it": b"--x--",
}


def form(**more: str) -> bytes:
    return urlencode({"MessageSid": "SM1", "From": "whatsapp:+52", "Body": "hola", **more}).encode()


def twilio(door: TestClient, body: bytes, path: str = WHATSAPP, **headers: str) -> Response:
    return door.post(path, content=body, headers={"X-Twilio-Signature": sign(body, PUBLIC + path), **headers})


def telegram(door: TestClient, body: bytes) -> Response:
    return door.post(TELEGRAM, content=body, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})


def update(number: int, text: str) -> bytes:
    she = {"id": 5, "type": "private", "is_bot": False, "first_name": "x"}
    message = {"message_id": 1, "date": 1, "chat": she, "from": she, "text": text}
    return json.dumps({"update_id": number, "message": message}).encode()


def every_door(door: TestClient, body: bytes, kind: str) -> set[int]:
    """The same body everywhere: unsigned, signed, with the secret, with a cookie."""
    door.get(CHAT)
    headers = {"content-type": kind}
    heard = [door.post(path, content=body, headers=headers) for path in PATHS]
    heard += [twilio(door, body, path, **headers) for path in (WHATSAPP, STATUS)]
    return {answer.status_code for answer in [*heard, telegram(door, body)]}


@stable
@given(st.binary(max_size=400), st.sampled_from(TYPES))
def test_any_bytes_as_anything(door, body, kind):
    assert max(every_door(door, body, kind)) < 500


@pytest.mark.parametrize("name", HUGE)
def test_what_is_huge_or_broken(door, name):
    assert [s for kind in TYPES[:2] + TYPES[4:5] for s in every_door(door, HUGE[name], kind) if s >= 500] == []


@stable
@given(st.dictionaries(st.sampled_from(["Body", "MessageSid", "From", "MessageStatus", "ErrorCode"]), texts))
def test_any_signed_form(door, fields):
    body = urlencode({"MessageSid": "SM1", "From": "whatsapp:+52", **fields}, errors="surrogatepass").encode()
    assert {twilio(door, body, path).status_code for path in (WHATSAPP, STATUS)} == {200}


@stable
@given(texts, anything)
def test_any_update_with_the_secret(door, text, found):
    bodies = [update(1, text), json.dumps(found).encode(), json.dumps({"update_id": 1, "message": found}).encode()]
    assert {telegram(door, body).status_code for body in bodies} == {200}


@stable
@given(texts, anything)
def test_anything_on_the_chat_page(door, text, found):
    door.get(CHAT)
    bodies = [{"id": "message-1", "text": text}, {"id": "message-1", "text": "x", "choice": text}, found]
    assert {s for b in bodies if (s := door.post(CHAT, content=json.dumps(b)).status_code) >= 500} == set()
    assert door.get(CHAT, params={"after": text.encode("utf-8", "replace").decode()}).status_code < 500


@stable
@given(st.sampled_from(["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"]), st.sampled_from(PATHS))
def test_any_method(door, method, path):
    assert door.request(method, path).status_code < 500


ODD = st.binary(max_size=60).map(lambda b: bytes(c for c in b if c >= 32 and c != 127))
NAMES = ["Cookie", "X-Twilio-Signature", "X-Twilio-Webhooks-Signature-Settings", "X-Telegram-Bot-Api-Secret-Token"]
NAMES += ["Host", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Content-Type", "Origin", "Range", "Accept"]


@stable
@given(st.lists(st.tuples(st.sampled_from(NAMES).map(str.encode), ODD), max_size=6))
def test_odd_and_repeated_headers(door, headers):
    for path in (WHATSAPP, TELEGRAM, CHAT):
        assert door.post(path, content=form(), headers=headers).status_code < 500
    assert max(door.get(path, headers=headers).status_code for path in ("/health", "/aviso", CHAT)) < 500


def test_of_two_signatures_a_forged_one_does_not_ride_along(door):
    good, bad = (b"x-twilio-signature", sign(form()).encode()), (b"x-twilio-signature", b"eA==")
    assert door.post(WHATSAPP, content=form(), headers=[good, bad]).status_code == 403


@pytest.mark.parametrize("path", [WHATSAPP, STATUS])
def test_a_forged_or_stale_signature_saves_nothing(door, rumbo, path):
    before, stale = kept(rumbo), sign(form(Body="antes"), PUBLIC + path)
    forged = [
        stale,
        sign(form(), PUBLIC + path, "x" * 32),
        sign(form(), "https://elsewhere.mx" + path),
        "",
        "ñ",
        "=" * 999,
    ]
    heard = [
        door.post(path, content=form(), headers={b"x-twilio-signature": given.encode()}).status_code for given in forged
    ]
    assert (heard, kept(rumbo)) == ([403] * len(forged), before)


def test_a_replay_changes_nothing(door, rumbo):
    twilio(door, form(MessageSid="SMreplayed")), telegram(door, update(777, "hola"))
    before = kept(rumbo)
    assert {twilio(door, form(MessageSid="SMreplayed", Body=f"otra {n}")).status_code for n in range(3)} == {200}
    assert [telegram(door, update(777, "otra")).status_code, kept(rumbo)] == [200, before]


@pytest.mark.parametrize("text", [*TEMPLATES, *SQL])
def test_what_looks_like_code_comes_back_as_typed(rumbo, text):
    with TestClient(web.create_app(rumbo), HTTPS, raise_server_exceptions=False) as page:
        page.get(CHAT)
        assert page.post(CHAT, json={"id": "message-1", "text": text}).status_code == 202
        assert [m["text"] for m in page.get(CHAT).json()["messages"]] == [text]


@pytest.mark.parametrize("text", ["x\0y", "\ud800", "x" * 10_000, *SQL], ids=repr)
def test_the_real_database_takes_or_refuses_it_too(house, tmp_path, calm, text):
    """PostgreSQL refuses what SQLite lets pass: NUL, halves of pairs, what is longer than its column."""
    rumbo = Runtime(make_settings(tmp_path, database_url=house.settings.database_url, **ON, **UNLIMITED))
    with TestClient(web.create_app(rumbo), HTTPS, raise_server_exceptions=False) as door:
        for field in ("Body", "MessageSid", "From", "ButtonPayload", "ExternalUserId"):
            fields = {"MessageSid": "SM2", "From": "whatsapp:+52", field: text}
            assert twilio(door, urlencode(fields, errors="surrogatepass").encode()).status_code == 200
        assert telegram(door, update(9, text[:4096])).status_code == 200
        door.get(CHAT)
        said = json.dumps({"id": "message-1", "text": text[: chat.MAX_WORDS], "choice": text[:100]})
        assert door.post(CHAT, content=said).status_code < 500
    rumbo.db.close()
