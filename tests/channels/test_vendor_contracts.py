"""The real SDKs against the vendors' own API descriptions (Prism) and injected faults (mountebank).

Nobody on this project wrote those contracts. They are not part of the repository: RUMBO_DOUBLES names their folder,
else it is looked for in ../shared/doubles. They do not prove: the 24 hours, the 1600 characters, 64-byte callbacks,
the order of delivery, and of Twilio's not MediaUrl (Prism reads no lists in forms and refuses each) nor the prices
(every page of its example has another behind it).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from telegram.request import HTTPXRequest

from channels import base, whatsapp_api
from channels.base import Choice, Inbound, Kind, Media, MediaKind, Reply
from channels.telegram import Telegram
from channels.whatsapp import WhatsApp

ROOT = Path(__file__).parents[2]
DOUBLES = Path(os.environ.get("RUMBO_DOUBLES") or ROOT.parent / "shared" / "doubles")
PORTS = (4011, 4013, 4014, 4545, 2525)
TWILIO, CONTENT, TELEGRAM, FAULTS = (f"http://127.0.0.1:{port}" for port in (4013, 4011, 4014, 4545))
RECORDED = "http://127.0.0.1:2525/imposters/4545"
ACCOUNT = "AC" + "0" * 32
YES_NO = (Choice("consent_yes", "Sí, acepto"), Choice("consent_no", "No, gracias"))
PICTURE = Media(MediaKind.IMAGE, "image/png", "rumbo.png", lambda: b"\x89PNG", "https://rumbo.example.mx/media/a")
FILE = Media(MediaKind.DOCUMENT, "application/pdf", "rumbo.pdf", lambda: b"%PDF", "https://rumbo.example.mx/media/b")
TAP = Inbound("1", "77", "", Kind.CHOICE, "menu", handle='{"tap": "330", "chat": 77, "message": 40}')

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.timeout(300),  # the first time npm fetches the doubles
    pytest.mark.filterwarnings("ignore:.*timedelta.*"),
]


@pytest.fixture(scope="session")
def doubles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    start = DOUBLES / "start"
    if not start.is_file():
        pytest.skip(f"no vendor doubles: set RUMBO_DOUBLES to their folder (looked in {DOUBLES.name}/)")
    if not shutil.which("node"):
        pytest.skip("the vendor doubles need Node 18 or newer")
    if any(map(_is_open, PORTS)):
        pytest.skip(f"one of the doubles' ports {PORTS} is in use")
    log = (tmp_path_factory.mktemp("doubles") / "log").open("w+")
    process = subprocess.Popen([str(start)], stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_until_ready(process)
        yield
    finally:
        _stop(process)
        log.close()


@pytest_asyncio.fixture
async def whatsapp(doubles: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[WhatsApp]:
    monkeypatch.setattr(whatsapp_api, "SECONDS", 2.0)
    channel = WhatsApp(ACCOUNT, ["secret"], "whatsapp:+14155238886", "https://rumbo.example.mx", FAULTS, CONTENT)
    yield channel
    await channel.close()


@pytest_asyncio.fixture
async def telegram(doubles: None) -> AsyncIterator[Telegram]:
    channel = Telegram("123456:TEST", "s3cret", TELEGRAM)
    yield channel
    await channel.close()


async def test_twilio_accepts_a_text(whatsapp: WhatsApp) -> None:
    sid = await whatsapp.send("whatsapp:+5215550001111", Reply("¡Hola! 🙂"))

    assert sid.startswith("SM")
    assert _recorded()[-1] == {
        "To": "whatsapp:+5215550001111",
        "From": "whatsapp:+14155238886",
        "StatusCallback": "https://rumbo.example.mx/webhooks/whatsapp/status",
        "Body": "¡Hola! 🙂",
    }


@pytest.mark.parametrize("count", [2, 7])
async def test_twilio_accepts_choices_as_content(whatsapp: WhatsApp, count: int) -> None:
    choices = YES_NO if count == 2 else tuple(Choice(f"s{n}", f"Estado {n}") for n in range(count))

    sid = await whatsapp.send("whatsapp:+5215550001111", Reply("Primero.\n\n¿Cuál?", choices))

    assert sid.startswith("SM")
    assert [name for name in _recorded()[-1] if name in ("Body", "ContentSid")] == ["ContentSid"]


async def test_twilio_tells_which_templates_are_approved(whatsapp: WhatsApp) -> None:
    """A question that Twilio does not know would be refused; in its example nothing is approved."""
    assert await whatsapp.openings() == []


async def test_telegram_accepts_media(telegram: Telegram) -> None:
    assert (await telegram.send("77", Reply("Tu tarjeta", YES_NO, PICTURE))).isdigit()
    assert (await telegram.send("77", Reply("Tu hoja", (), FILE))).isdigit()


async def test_twilio_throttles_and_names_the_wait(whatsapp: WhatsApp) -> None:
    errors = [await _failure(whatsapp, "whatsapp:+570000000429") for _ in range(2)]

    assert [(type(e), e.retry_after) for e in errors] == [(base.Throttled, 1.0)] * 2
    assert (await whatsapp.send("whatsapp:+570000000429", Reply("hola"))).startswith("SM")


@pytest.mark.parametrize(
    ("person", "reason"), [("0500", "twilio 20500 (HTTP 500)"), ("0999", "ConnectionError"), ("0777", "ReadTimeout")]
)
async def test_twilio_faults_are_uncertain_and_sent_once(whatsapp: WhatsApp, person: str, reason: str) -> None:
    before = len(_recorded())

    error = await _failure(whatsapp, f"whatsapp:+57000000{person}")

    assert (type(error), error.detail) == (base.Uncertain, reason)
    assert len(_recorded()) == before + 1


async def test_telegram_accepts_what_we_send(telegram: Telegram) -> None:
    assert (await telegram.send("77", Reply("¡Hola! 🙂"))).isdigit()
    assert (await telegram.send("77", Reply("¿Aceptas?", YES_NO))).isdigit()
    await telegram.set_webhook("https://rumbo.example.mx")


async def test_telegram_accepts_each_acknowledgement(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "channels.telegram")

    await telegram.acknowledge(TAP)
    await telegram.acknowledge(Inbound("1", "77", "hola"))

    assert "not acknowledged" not in caplog.text


@pytest.mark.parametrize("text", ["", "x" * 4097])
async def test_telegram_refuses_empty_and_overlong_text(telegram: Telegram, text: str) -> None:
    assert type(await _failure(telegram, "77", text)) is base.Refused


@pytest.mark.parametrize(
    ("prefer", "expected"),
    [
        ("code=401", base.Misconfigured),
        ("code=403, example=blocked", base.Blocked),
        ("code=409", base.Misconfigured),
        ("code=429", base.Throttled),
        ("code=500", base.Outage),
        ("code=502", base.Outage),
    ],
)
async def test_telegram_errors_have_a_meaning(
    doubles: None, monkeypatch: pytest.MonkeyPatch, prefer: str, expected: type[base.SendError]
) -> None:
    asking = HTTPXRequest(httpx_kwargs={"headers": {"Prefer": prefer}})
    monkeypatch.setattr("channels.telegram.HTTPXRequest", lambda **_: asking)
    telegram = Telegram("123456:TEST", "s3cret", TELEGRAM)

    error = await _failure(telegram, "77")
    await telegram.close()

    assert type(error) is expected
    assert bool(error.retry_after) is (expected is base.Throttled)


async def _failure(channel: base.Channel, to: str, text: str = "hola") -> base.SendError:
    with pytest.raises(base.SendError) as caught:
        await channel.send(to, Reply(text))
    return caught.value


def _recorded() -> list[dict[str, str]]:
    requests = httpx.get(RECORDED).json()["requests"]
    return [dict(httpx.QueryParams(request["body"]).items()) for request in requests]


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 240
    while not all(map(_is_open, PORTS)):
        if process.poll() is not None or time.monotonic() > until:
            pytest.skip("the vendor doubles did not start: run their `start` by hand to see why")
        time.sleep(0.2)


def _stop(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
