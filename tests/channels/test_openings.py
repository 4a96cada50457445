"""The templates that WhatsApp has approved, as the real SDK reads them and sends them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from channels.base import Filled, Opening, Reply, SendError
from channels.telegram import Telegram
from channels.web import Web
from channels.whatsapp import WhatsApp

MESSAGES, APPROVED = "/Messages.json", "/v1/ContentAndApprovals"


@pytest.fixture
async def whatsapp(vendor):
    channel = WhatsApp("AC" + "0" * 32, ["secret"], "+14155238886", "https://rumbo.example.mx", vendor.url)
    yield channel
    await channel.close()


def template(number: int, body: str, status: str = "approved", kind: str = "twilio/text") -> dict:
    request = {"name": f"t{number}", "category": "UTILITY", "status": status}
    return {
        "sid": f"HX{number:032x}",
        "friendly_name": f"t{number}",
        "language": "es_MX",
        "types": {kind: {"body": body}},
        "approval_requests": request,
    }


def listed(*contents: dict) -> dict:
    return {"contents": list(contents), "meta": {"key": "contents", "page": 0, "page_size": 500, "next_page_url": None}}


async def test_only_plain_approved_texts_with_numbered_blanks_are_offered(vendor, whatsapp):
    good, plain = template(1, "Hola {{1}}, soy {{2}}."), template(2, "Buenas.")
    bad = (
        template(3, "Todavía no", "pending"),
        template(4, "Con botones", kind="twilio/quick-reply"),
        template(5, "Hola {{nombre}}"),
        template(6, "Falta el uno: {{2}}"),
        template(7, "Sin pedir") | {"approval_requests": None},
    )
    vendor.usually("GET", APPROVED, listed(good, *bad, plain))
    found = [Opening(plain["sid"], "Buenas."), Opening(good["sid"], "Hola {{1}}, soy {{2}}.")]
    assert await whatsapp.openings() == found


async def test_a_fault_of_the_service_is_a_send_error(vendor, whatsapp, answer):
    vendor.next("GET", APPROVED, answer(500, {"message": "down"}))
    with pytest.raises(SendError):
        await whatsapp.openings()


async def test_it_leaves_as_the_template_with_its_words(vendor, whatsapp):
    vendor.usually("POST", MESSAGES, {"sid": "SM" + "1" * 32, "status": "queued"})
    reply = Reply("Hola Lupe, soy Ana.", opening=Filled("HX" + "1" * 32, ("Lupe", "Ana")))
    assert await whatsapp.send("whatsapp:+5215550001111", reply) == "SM" + "1" * 32
    form = parse_qs(vendor.to("POST", MESSAGES)[0].body.decode())
    assert form["ContentSid"] == ["HX" + "1" * 32] and "Body" not in form
    assert json.loads(form["ContentVariables"][0]) == {"1": "Lupe", "2": "Ana"}


async def test_without_a_window_there_is_nothing_to_approve(vendor):
    telegram = Telegram("123456:TEST", "s3cret", vendor.url)
    assert (await telegram.openings(), await Web(b"k" * 32).openings()) == ([], [])
    await telegram.close()
