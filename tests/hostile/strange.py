"""What nobody sends by accident: texts, JSON and forms made to break whoever reads them."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from urllib.parse import parse_qs

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

PUBLIC = "https://rumbo.example.mx"
TOKEN, SECRET = "n" * 32, "s3cret_-Token"
NOBODY = "http://127.0.0.1:9"
ON = {
    "rumbo_public_url": PUBLIC,
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": TOKEN,
    "twilio_whatsapp_from": "whatsapp:+14155238886",
    "twilio_api_base_url": NOBODY,
    "twilio_content_base_url": NOBODY,
    "telegram_bot_token": "123456:TEST",
    "telegram_webhook_secret": SECRET,
    "telegram_api_base_url": NOBODY,
}
WHATSAPP, STATUS, TELEGRAM, CHAT = (
    "/webhooks/whatsapp",
    "/webhooks/whatsapp/status",
    "/webhooks/telegram",
    "/chat/messages",
)

stable = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
"""The same examples at every run, so that a red test is about the code and not about luck."""

TEMPLATES = [
    "{name}",
    "${x}",
    '=HYPERLINK("http://x.mx")',
    "{{7*7}}",
    "{0.__class__}",
    "%s %(x)s %n",
    "${7*7}",
    "<b>{{body}}</b>",
    "{",
    "#{1}",
    "\\g<1>",
]
SQL = ["'; DROP TABLE message; --", "1 OR 1=1", '" UNION SELECT sealed FROM message --', "\\'; --", "%' LIKE '_"]
STORMS = [
    "👩‍👩‍👧‍👦" * 200,
    "\u200b" * 500,
    "\u202eolleh\u2066",
    "a" + "\u0301" * 900,
    "\ufdfa" * 200,
    "\ufeff= 1",
    "\0",
    "\ud800",
]
SHAPES = [
    "55 1234 5678 ",
    "ana@x.mx ",
    "me llamo ",
    "calle 5 ",
    "el lunes ",
    "veinte mil ",
    "ya no quiero vivir ",
    "²³٣ ",
]

texts = st.one_of(
    st.text(st.characters(), max_size=200),
    st.sampled_from([*TEMPLATES, *SQL, *STORMS]),
    st.lists(st.sampled_from([*SHAPES, *STORMS]), max_size=8).map("".join),
)
"""Any text at all, halves of pairs and NUL included."""
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=10
)


def sign(body: bytes, url: str = PUBLIC + WHATSAPP, token: str = TOKEN) -> str:
    """Twilio's rule written again, fields that come twice included."""
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    said = url + "".join(name + value for name in sorted(fields) for value in sorted(set(fields[name])))
    return b64encode(hmac.new(token.encode(), said.encode(), hashlib.sha1).digest()).decode()
