from __future__ import annotations

import base64
import hmac
from urllib.parse import parse_qsl, urlencode

import pytest

from channels.base import Hook
from channels.whatsapp import WhatsApp

URL = "https://rumbo.example.mx/webhooks/whatsapp"
NOW, BEFORE = "n" * 32, "b" * 32
FIELDS = {"MessageSid": "SM1", "From": "whatsapp:+5215550001111", "Body": "hola ", "MediaUrl0": "", "NumMedia": "0"}


def sign(fields: dict[str, str], url: str = URL, token: str = NOW, algorithm: str = "sha1") -> str:
    """Twilio's rule written again, so that the SDK is not checked against itself."""
    text = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), algorithm).digest()).decode()


def hook(fields: dict[str, str] | None = None, url: str = URL, **headers: str) -> Hook:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Hook(url, named, urlencode(FIELDS if fields is None else fields).encode())


@pytest.fixture
def whatsapp() -> WhatsApp:
    return WhatsApp("AC" + "0" * 32, [NOW, BEFORE], "whatsapp:+14155238886", "https://rumbo.example.mx")


CASES = {
    "right": (hook(x_twilio_signature=sign(FIELDS)), True),
    "signed with the previous token": (hook(x_twilio_signature=sign(FIELDS, token=BEFORE)), True),
    "signed with another token": (hook(x_twilio_signature=sign(FIELDS, token="x" * 32)), False),
    "signed with no token": (hook(x_twilio_signature=sign(FIELDS, token="")), False),
    "missing": (hook(), False),
    "empty": (hook(x_twilio_signature=""), False),
    "not base64": (hook(x_twilio_signature="ñ" * 28), False),
    "blank field dropped before signing": (
        hook(x_twilio_signature=sign({k: v for k, v in FIELDS.items() if v})),
        False,
    ),
    "trailing space trimmed before signing": (hook(x_twilio_signature=sign(FIELDS | {"Body": "hola"})), False),
    "field added on the way": (hook(FIELDS | {"Extra": "1"}, x_twilio_signature=sign(FIELDS)), False),
    "signed for http": (hook(x_twilio_signature=sign(FIELDS, URL.replace("https", "http"))), False),
    "signed for an inner host": (hook(x_twilio_signature=sign(FIELDS, "https://10.0.0.5/webhooks/whatsapp")), False),
    "signed with the port": (hook(x_twilio_signature=sign(FIELDS, URL.replace(".mx", ".mx:443"))), True),
    "signed with another port": (hook(x_twilio_signature=sign(FIELDS, URL.replace(".mx", ".mx:8443"))), False),
    "signed with a trailing slash": (hook(x_twilio_signature=sign(FIELDS, URL + "/")), False),
    "query kept": (hook(url=URL + "?b=2&a=1", x_twilio_signature=sign(FIELDS, URL + "?b=2&a=1")), True),
    "query reordered": (hook(url=URL + "?a=1&b=2", x_twilio_signature=sign(FIELDS, URL + "?b=2&a=1")), False),
    "shared key": (
        hook(
            x_twilio_signature=sign(FIELDS, algorithm="sha256"),
            x_twilio_webhooks_signature_settings="key=webhooks_sharedkey_1,algorithm=HMAC_SHA256",
        ),
        True,
    ),
    "shared key, unknown algorithm": (
        hook(
            x_twilio_signature=sign(FIELDS, algorithm="sha256"),
            x_twilio_webhooks_signature_settings="key=1,algorithm=HMAC_MD5",
        ),
        False,
    ),
    "empty body": (hook({}, x_twilio_signature=sign({})), True),
}


@pytest.mark.parametrize("case", CASES)
def test_verify_accepts_only_what_twilio_signed(whatsapp: WhatsApp, case: str) -> None:
    call, expected = CASES[case]

    assert whatsapp.verify(call) is expected


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"%FF=%FF", b"{}", b"a" * 100_000])
def test_verify_never_raises_on_a_strange_body(whatsapp: WhatsApp, body: bytes) -> None:
    assert whatsapp.verify(Hook(URL, {"x-twilio-signature": "eA=="}, body)) is False


def test_verify_reads_a_real_shape(whatsapp: WhatsApp, payload) -> None:
    body = payload("whatsapp/text_untrimmed.txt")
    signature = sign(dict(parse_qsl(body.decode(), keep_blank_values=True)))

    assert whatsapp.verify(Hook(URL, {"x-twilio-signature": signature}, body)) is True


@pytest.mark.parametrize(("sid", "tokens"), [("", ["t"]), ("AC1", []), ("AC1", ["", ""])])
def test_whatsapp_refuses_to_start_without_credentials(sid: str, tokens: list[str]) -> None:
    with pytest.raises(ValueError, match="WhatsApp needs"):
        WhatsApp(sid, tokens, "whatsapp:+1", "https://x.mx")
