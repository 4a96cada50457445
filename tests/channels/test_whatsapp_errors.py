from __future__ import annotations

import pytest

from channels import base, whatsapp_api
from channels.base import Reply
from channels.whatsapp import WhatsApp
from channels.whatsapp_errors import ERRORS, from_code

ANA = "whatsapp:+5215550001111"
MESSAGES = "/Messages.json"

ANSWERS = [
    (400, 21211, base.Unreachable),
    (400, 21610, base.Blocked),
    (400, 21617, base.Refused),
    (400, 21658, base.Refused),
    (400, 63007, base.Misconfigured),
    (400, 99999, base.Refused),
    (401, 20003, base.Misconfigured),
    (403, 20403, base.Misconfigured),
    (404, 20404, base.Misconfigured),
    (429, 20429, base.Throttled),
    (429, 63038, base.Throttled),
    (500, 20500, base.Uncertain),
    (502, 0, base.Uncertain),
    (503, 20503, base.Uncertain),
    (301, 0, base.Misconfigured),
]


@pytest.fixture
def whatsapp(vendor, monkeypatch) -> WhatsApp:
    monkeypatch.setattr(whatsapp_api, "SECONDS", 0.5)
    vendor.usually("POST", MESSAGES, {"sid": "SM" + "1" * 32})
    return WhatsApp("AC" + "0" * 32, ["secret"], "whatsapp:+14155238886", "https://rumbo.example.mx", vendor.url)


async def failure(whatsapp: WhatsApp) -> base.SendError:
    with pytest.raises(base.SendError) as caught:
        await whatsapp.send(ANA, Reply("hola"))
    await whatsapp.close()
    return caught.value


@pytest.mark.asyncio
@pytest.mark.parametrize(("status", "code", "expected"), ANSWERS)
async def test_send_translates_an_answer(whatsapp, vendor, answer, status, code, expected) -> None:
    vendor.next("POST", MESSAGES, answer(status, {"code": code, "message": f"about {ANA}", "status": status}))

    error = await failure(whatsapp)

    assert type(error) is expected
    assert "+521" not in f"{error!r} {error} {error.detail}"
    assert error.__suppress_context__
    assert len(vendor.calls) == 1  # nobody but the outbox tries again


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("header", "code", "seconds"),
    [
        ({"Retry-After": "3"}, 20429, 3.0),
        ({}, 20429, None),
        ({"Retry-After": "soon"}, 20429, None),
        ({}, 63038, 3600.0),
    ],
)
async def test_throttled_says_how_long(whatsapp, vendor, answer, header, code, seconds) -> None:
    vendor.next("POST", MESSAGES, answer(429, {"code": code, "message": "slow", "status": 429}, header))

    error = await failure(whatsapp)

    assert (type(error), error.retry_after) == (base.Throttled, seconds)


@pytest.mark.asyncio
async def test_problem_details_are_understood(whatsapp, vendor, answer) -> None:
    # RFC 9457 answers, which newer Twilio services give (twilio 9.13: TwilioServiceException).
    problem = {"type": "https://www.twilio.com/docs/errors/63007", "title": "x", "status": 400, "code": 63007}
    vendor.next("POST", MESSAGES, answer(400, problem))

    assert type(await failure(whatsapp)) is base.Misconfigured


@pytest.mark.asyncio
async def test_a_success_nobody_can_read_is_uncertain(whatsapp, vendor, answer) -> None:
    vendor.next("POST", MESSAGES, answer(201, "<html>"))

    assert type(await failure(whatsapp)) is base.Uncertain


@pytest.mark.asyncio
async def test_a_slow_answer_is_uncertain(whatsapp, vendor, answer) -> None:
    vendor.next("POST", MESSAGES, answer(201, {"sid": "SM1"}, delay=1.0))

    assert type(await failure(whatsapp)) is base.Uncertain


@pytest.mark.asyncio
async def test_a_reset_after_sending_is_uncertain(whatsapp, vendor, answer) -> None:
    vendor.next("POST", MESSAGES, answer(then="reset"))

    assert type(await failure(whatsapp)) is base.Uncertain


@pytest.mark.asyncio
@pytest.mark.parametrize("address", ["refused", "http://rumbo-no-such-host.invalid"])
async def test_nobody_there_is_an_outage(nobody_there: str, address: str) -> None:
    url = nobody_there if address == "refused" else address
    whatsapp = WhatsApp("AC" + "0" * 32, ["secret"], "whatsapp:+1", "https://rumbo.example.mx", url)

    assert type(await failure(whatsapp)) is base.Outage


@pytest.mark.asyncio
async def test_a_base_url_without_scheme_is_misconfigured() -> None:
    whatsapp = WhatsApp("AC" + "0" * 32, ["secret"], "whatsapp:+1", "https://rumbo.example.mx", "api.example.mx")

    assert type(await failure(whatsapp)) is base.Misconfigured


@pytest.mark.parametrize("code", [*ERRORS, 99999])
def test_a_receipts_code_has_the_same_meaning(code: int) -> None:
    assert type(from_code(str(code))) is ERRORS.get(code, base.Refused)


@pytest.mark.parametrize("code", ["", "abc", "²", "-1"])
def test_a_receipts_code_may_be_anything(code: str) -> None:
    assert type(from_code(code)) is base.Refused
