from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from channels import whatsapp_api
from channels.base import Choice, Inbound, Outage, Refused, Reply, Throttled
from channels.whatsapp import WhatsApp

pytestmark = pytest.mark.asyncio

ACCOUNT = "AC" + "0" * 32
ANA = "whatsapp:+5215550001111"
US = "whatsapp:+14155238886"
CALLBACK = "https://rumbo.example.mx/webhooks/whatsapp/status"
MESSAGES, CONTENT, TYPING = "/Messages.json", "/v1/Content", "/v2/Indicators/Typing.json"
NOTHING = {"contents": [], "meta": {"key": "contents", "page": 0, "page_size": 500, "next_page_url": None}}
YES_NO = (Choice("consent_yes", "Sí, acepto"), Choice("consent_no", "No, gracias"))
STATES = tuple(Choice(f"state_{n:02}", f"Estado número {n} de todos") for n in range(1, 8))


@pytest.fixture
def twilio(vendor):
    vendor.usually("POST", MESSAGES, {"sid": "SM" + "1" * 32, "status": "queued"})
    vendor.usually("GET", CONTENT, NOTHING)
    vendor.usually("POST", CONTENT, {"sid": "HX" + "2" * 32})
    vendor.usually("POST", TYPING, {"success": True})
    return vendor


@pytest_asyncio.fixture
async def whatsapp(twilio) -> AsyncIterator[WhatsApp]:
    channel = WhatsApp(ACCOUNT, ["secret"], US, "https://rumbo.example.mx/", twilio.url)
    yield channel
    await channel.close()


async def test_send_text_is_one_plain_message(whatsapp: WhatsApp, twilio) -> None:
    sid = await whatsapp.send(ANA, Reply("¡Hola, Ana! 🙂\nTe acompaño."))

    assert sid == "SM" + "1" * 32
    assert [(c.method, c.path, c.form) for c in twilio.calls] == [
        (
            "POST",
            f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
            {"To": ANA, "From": US, "StatusCallback": CALLBACK, "Body": "¡Hola, Ana! 🙂\nTe acompaño."},
        )
    ]


async def test_send_to_a_username_leaves_the_id_alone(whatsapp: WhatsApp, twilio) -> None:
    await whatsapp.send("whatsapp:MX.1502576394655843", Reply("hola"))

    assert [c.form["To"] for c in twilio.calls] == ["whatsapp:MX.1502576394655843"]


async def test_send_three_short_choices_as_quick_replies(whatsapp: WhatsApp, twilio) -> None:
    await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))

    assert twilio.to("POST", CONTENT)[0].json == {
        "friendly_name": "rumbo_quick_reply_2",
        "language": "es_MX",
        "variables": {"1": "texto 1", "2": "texto 2", "3": "texto 3", "4": "texto 4", "5": "texto 5"},
        "types": {
            "twilio/quick-reply": {
                "body": "{{1}}",
                "actions": [
                    {"type": "QUICK_REPLY", "title": "{{2}}", "id": "{{3}}"},
                    {"type": "QUICK_REPLY", "title": "{{4}}", "id": "{{5}}"},
                ],
            }
        },
    }
    form = twilio.to("POST", MESSAGES)[0].form
    assert json.loads(form.pop("ContentVariables")) == {
        "1": "¿Aceptas?",
        "2": "Sí, acepto",
        "3": "consent_yes",
        "4": "No, gracias",
        "5": "consent_no",
    }
    assert form == {"To": ANA, "From": US, "StatusCallback": CALLBACK, "ContentSid": "HX" + "2" * 32}


async def test_send_seven_choices_as_a_list(whatsapp: WhatsApp, twilio) -> None:
    await whatsapp.send(ANA, Reply("¿Dónde vives?", STATES))

    made = twilio.to("POST", CONTENT)[0].json
    picker = made["types"]["twilio/list-picker"]
    assert made["friendly_name"] == "rumbo_list_7"
    assert (picker["body"], picker["button"], len(picker["items"])) == ("{{1}}", "Ver opciones", 7)
    assert picker["items"][6] == {"item": "{{14}}", "id": "{{15}}"}
    words = json.loads(twilio.to("POST", MESSAGES)[0].form["ContentVariables"])
    assert (words["14"], words["15"]) == ("Estado número 7 de todos", "state_07")


async def test_send_keeps_newlines_in_the_template_not_in_a_variable(whatsapp: WhatsApp, twilio) -> None:
    await whatsapp.send(ANA, Reply("Uno.\n\n  Dos,\ttres.\nCuatro.", YES_NO))

    made = twilio.to("POST", CONTENT)[0].json
    assert made["friendly_name"] == "rumbo_quick_reply_2_21"
    assert made["types"]["twilio/quick-reply"]["body"] == "{{1}}\n\n{{2}}\n{{3}}"
    words = json.loads(twilio.to("POST", MESSAGES)[0].form["ContentVariables"])
    assert [words[n] for n in "1234567"] == [
        "Uno.",
        "Dos, tres.",
        "Cuatro.",
        "Sí, acepto",
        "consent_yes",
        "No, gracias",
        "consent_no",
    ]


async def test_templates_are_made_once_and_found_again(whatsapp: WhatsApp, twilio, answer) -> None:
    found = NOTHING | {"contents": [{"sid": "HX" + "3" * 32, "friendly_name": "rumbo_list_7"}]}
    twilio.next("GET", CONTENT, answer(200, found))

    await asyncio.gather(*(whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO)) for _ in range(8)))
    await whatsapp.send(ANA, Reply("¿Dónde vives?", STATES))

    assert len(twilio.to("GET", CONTENT)) == 1
    assert len(twilio.to("POST", CONTENT)) == 1
    assert [c.form["ContentSid"] for c in twilio.to("POST", MESSAGES)] == ["HX" + "2" * 32] * 8 + ["HX" + "3" * 32]


async def test_send_falls_back_to_numbers_when_templates_cannot_be_had(whatsapp: WhatsApp, twilio, answer) -> None:
    twilio.next("GET", CONTENT, answer(500, {"code": 20500, "message": "fault", "status": 500}))

    for _ in range(2):
        await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))

    assert [c.form["Body"] for c in twilio.to("POST", MESSAGES)] == ["¿Aceptas?\n\n1) Sí, acepto\n2) No, gracias"] * 2
    assert len(twilio.to("GET", CONTENT)) == 1  # the second did not wait for it again


async def test_send_gives_up_a_template_twilio_refuses(whatsapp: WhatsApp, twilio, answer) -> None:
    twilio.next("POST", MESSAGES, answer(400, {"code": 21656, "message": "ContentVariables", "status": 400}))

    await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))
    await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))

    assert [("Body" in c.form) for c in twilio.to("POST", MESSAGES)] == [False, True, True]
    assert len(twilio.to("POST", CONTENT)) == 1


async def test_send_keeps_the_template_when_the_text_is_refused_too(whatsapp: WhatsApp, twilio, answer) -> None:
    refusal = answer(400, {"code": 21612, "message": "this To and From", "status": 400})
    twilio.next("POST", MESSAGES, refusal, refusal)

    with pytest.raises(Refused):
        await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))
    await whatsapp.send("whatsapp:+5215550002222", Reply("¿Aceptas?", YES_NO))

    assert [("ContentSid" in c.form) for c in twilio.to("POST", MESSAGES)] == [True, False, True]


async def test_send_waits_when_the_content_api_is_throttled(whatsapp: WhatsApp, twilio, answer) -> None:
    twilio.next("GET", CONTENT, answer(429, {"code": 20429, "status": 429}, {"Retry-After": "7"}))

    with pytest.raises(Throttled) as error:
        await whatsapp.send(ANA, Reply("¿Aceptas?", YES_NO))

    assert error.value.retry_after == 7
    assert twilio.to("POST", MESSAGES) == []


async def test_acknowledge_shows_typing(whatsapp: WhatsApp, twilio) -> None:
    await whatsapp.acknowledge(Inbound("SM9", ANA, "hola", handle="SM9"))

    assert [(c.path, c.form) for c in twilio.calls] == [(TYPING, {"channel": "whatsapp", "messageId": "SM9"})]


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
async def test_acknowledge_never_raises(whatsapp: WhatsApp, twilio, answer, status: int) -> None:
    twilio.next("POST", TYPING, answer(status, {"code": status, "message": "x", "status": status}))

    await whatsapp.acknowledge(Inbound("SM9", ANA, "hola", handle="SM9"))

    assert len(twilio.to("POST", TYPING)) == 1


async def test_acknowledge_survives_a_broken_line(nobody_there: str, caplog) -> None:
    caplog.set_level(logging.DEBUG, "channels")
    channel = WhatsApp(ACCOUNT, ["secret"], US, "https://rumbo.example.mx", nobody_there)

    await channel.acknowledge(Inbound("SM9", ANA, "hola", handle="SM9"))
    await channel.close()

    assert "no typing indicator: " in caplog.text
    assert ANA not in caplog.text


async def test_logs_hold_no_text_and_no_number(whatsapp: WhatsApp, twilio, answer, caplog) -> None:
    caplog.set_level(logging.INFO)
    refusal = {"code": 21211, "message": f"The number {ANA} is not valid", "status": 400}
    twilio.next("POST", CONTENT, answer(400, refusal))

    await whatsapp.send(ANA, Reply("secreto de Ana", YES_NO))

    assert "rumbo_quick_reply_2" in caplog.text
    assert [word for word in ("secreto", "+521", "Sí, acepto", "5550001111") if word in caplog.text] == []


async def test_two_hundred_sends_at_once_each_get_their_own_id(whatsapp: WhatsApp, twilio, answer, monkeypatch) -> None:
    def echo(call):
        return answer(201, {"sid": call.form["Body"]})

    monkeypatch.setattr(twilio, "answer", echo)

    sids = await asyncio.gather(*(whatsapp.send(ANA, Reply(f"SM{n}")) for n in range(200)))

    assert sids == [f"SM{n}" for n in range(200)]


async def test_slow_content_api_is_waited_for_once(twilio, answer, monkeypatch) -> None:
    monkeypatch.setattr(whatsapp_api, "SECONDS", 0.3)
    twilio.next("GET", CONTENT, *[answer(200, NOTHING, delay=1.0)] * 4)
    channel = WhatsApp(ACCOUNT, ["secret"], US, "https://rumbo.example.mx", twilio.url)

    await asyncio.gather(*(channel.send(ANA, Reply("¿Aceptas?", YES_NO)) for _ in range(4)))
    await channel.close()

    assert [("Body" in c.form) for c in twilio.to("POST", MESSAGES)] == [True] * 4
    assert len(twilio.to("GET", CONTENT)) == 1


async def test_outage_before_a_template_still_sends_nothing(nobody_there: str) -> None:
    channel = WhatsApp(ACCOUNT, ["secret"], US, "https://rumbo.example.mx", nobody_there)

    with pytest.raises(Outage):
        await channel.send(ANA, Reply("¿Aceptas?", YES_NO))
    await channel.close()
