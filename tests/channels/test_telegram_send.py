from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from channels import base, telegram
from channels.base import Choice, Inbound, Kind, Reply
from channels.telegram import Telegram, keyboard_of

pytestmark = [
    pytest.mark.asyncio,
    # python-telegram-bot 22.8 warns about its own RetryAfter.retry_after becoming a timedelta; both are handled.
    pytest.mark.filterwarnings("ignore:.*timedelta.*"),
]

TOKEN = "123456:TEST-TOKEN"
ANA = "77001122"
SEND, EDIT, ANSWER, ACTION = "/sendMessage", "/editMessageReplyMarkup", "/answerCallbackQuery", "/sendChatAction"
TAP = Inbound("1", ANA, "", Kind.CHOICE, "yes", handle=json.dumps({"tap": "330", "chat": int(ANA), "message": 40}))


@pytest.fixture
def api(vendor):
    message = {"message_id": 4711, "date": 1795370000, "chat": {"id": int(ANA), "type": "private"}, "text": "x"}
    vendor.usually("POST", SEND, {"ok": True, "result": message})
    for end in (EDIT, ANSWER, ACTION, "/setWebhook"):
        vendor.usually("POST", end, {"ok": True, "result": True})
    return vendor


@pytest_asyncio.fixture
async def bot(api, monkeypatch) -> AsyncIterator[Telegram]:
    monkeypatch.setattr(telegram, "SECONDS", 0.5)
    channel = Telegram(TOKEN, "s3cret", api.url + "/")
    yield channel
    await channel.close()


def fault(answer, status: int, description: str, **parameters: object):
    body = {"ok": False, "error_code": status, "description": description}
    return answer(status, body | ({"parameters": parameters} if parameters else {}))


async def test_send_is_plain_text(bot: Telegram, api) -> None:
    number = await bot.send(ANA, Reply("<b>Ana</b> & *yo* _sí_"))

    assert number == "4711"
    assert [(c.path, c.form) for c in api.calls] == [
        (f"/bot{TOKEN}/sendMessage", {"chat_id": ANA, "text": "<b>Ana</b> & *yo* _sí_"})
    ]


async def test_send_puts_choices_on_an_inline_keyboard(bot: Telegram, api) -> None:
    await bot.send(ANA, Reply("¿Aceptas?", (Choice("consent_yes", "Sí"), Choice("consent_no", "No"))))

    assert json.loads(api.calls[0].form["reply_markup"]) == {
        "inline_keyboard": [
            [{"text": "Sí", "callback_data": "consent_yes"}, {"text": "No", "callback_data": "consent_no"}]
        ]
    }


@pytest.mark.parametrize(
    ("titles", "rows"),
    [
        ((), None),
        (("a",), [1]),
        (("a", "b", "c"), [2, 1]),
        (("x" * 14, "b"), [2]),
        (("x" * 15, "b"), [1, 1]),
        (tuple("abcdefghij"), [2, 2, 2, 2, 2]),
    ],
)
async def test_keyboard_fits_a_small_phone(titles: tuple[str, ...], rows: list[int] | None) -> None:
    keyboard = keyboard_of(tuple(Choice(title, title) for title in titles))

    assert (keyboard and [len(row) for row in keyboard.inline_keyboard]) == rows


@pytest.mark.parametrize(("id_", "fits"), [("x" * 64, True), ("x" * 65, False), ("ñ" * 32, True), ("ñ" * 33, False)])
async def test_keyboard_counts_callback_data_in_bytes(id_: str, fits: bool) -> None:
    if fits:
        assert keyboard_of((Choice(id_, "a"),)) is not None
    else:
        with pytest.raises(ValueError, match="64 bytes"):
            keyboard_of((Choice(id_, "a"),))


async def test_acknowledge_a_tap_stops_the_spinner_and_closes_the_keyboard(bot: Telegram, api) -> None:
    await bot.acknowledge(TAP)

    assert [(c.path.rsplit("/", 1)[1], c.form) for c in api.calls] == [
        ("answerCallbackQuery", {"callback_query_id": "330"}),
        ("editMessageReplyMarkup", {"chat_id": ANA, "message_id": "40"}),
    ]


async def test_acknowledge_a_tap_without_message_only_stops_the_spinner(bot: Telegram, api) -> None:
    handle = json.dumps({"tap": "331", "chat": int(ANA), "message": None})

    await bot.acknowledge(Inbound("1", ANA, "", Kind.CHOICE, "yes", handle=handle))

    assert [c.path.rsplit("/", 1)[1] for c in api.calls] == ["answerCallbackQuery"]


async def test_acknowledge_a_message_shows_typing(bot: Telegram, api) -> None:
    await bot.acknowledge(Inbound("1", ANA, "hola"))

    assert [(c.path.rsplit("/", 1)[1], c.form) for c in api.calls] == [
        ("sendChatAction", {"chat_id": ANA, "action": "typing"})
    ]


async def test_acknowledge_closes_the_keyboard_though_the_query_is_too_old(bot: Telegram, api, answer) -> None:
    api.next("POST", ANSWER, fault(answer, 400, "Bad Request: query is too old and response timeout expired"))
    api.next("POST", EDIT, fault(answer, 400, "Bad Request: message is not modified"))

    await bot.acknowledge(TAP)

    assert len(api.to("POST", EDIT)) == 1


async def test_acknowledge_survives_a_broken_line(nobody_there: str, caplog) -> None:
    caplog.set_level(logging.DEBUG, "channels")
    channel = Telegram(TOKEN, "s3cret", nobody_there)

    await channel.acknowledge(TAP)
    await channel.acknowledge(Inbound("1", ANA, "hola"))
    await channel.close()

    tap_spinner_and_keyboard, typing = 2, 1
    assert caplog.text.count("not acknowledged: NetworkError") == tap_spinner_and_keyboard + typing


async def test_set_webhook_names_the_updates_and_drops_nothing(bot: Telegram, api) -> None:
    await bot.set_webhook("https://rumbo.example.mx/")

    form = api.to("POST", "/setWebhook")[0].form
    assert json.loads(form.pop("allowed_updates")) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert form == {
        "url": "https://rumbo.example.mx/webhooks/telegram",
        "secret_token": "s3cret",
        "drop_pending_updates": "false",
    }


ANSWERS = [
    (403, "Forbidden: bot was blocked by the user", base.Blocked),
    (403, "Forbidden: user is deactivated", base.Unreachable),
    (403, "Forbidden: bot can't initiate conversation with a user", base.Unreachable),
    (400, "Bad Request: chat not found", base.Unreachable),
    (400, "Bad Request: message text is empty", base.Refused),
    (400, "Bad Request: BUTTON_DATA_INVALID", base.Refused),
    (401, "Unauthorized", base.Misconfigured),
    (404, "Not Found", base.Misconfigured),
    (409, "Conflict: terminated by other getUpdates request", base.Misconfigured),
    (500, "Internal Server Error: restart", base.Outage),
    (502, "Bad Gateway", base.Outage),
]


async def failure(bot: Telegram) -> base.SendError:
    with pytest.raises(base.SendError) as caught:
        await bot.send(ANA, Reply("hola"))
    return caught.value


@pytest.mark.parametrize(("status", "description", "expected"), ANSWERS)
async def test_send_translates_an_answer(bot, api, answer, status, description, expected) -> None:
    api.next("POST", SEND, fault(answer, status, description))

    error = await failure(bot)

    assert type(error) is expected
    assert error.__suppress_context__
    assert len(api.calls) == 1


async def test_throttled_says_how_long(bot, api, answer) -> None:
    api.next("POST", SEND, fault(answer, 429, "Too Many Requests: retry after 14", retry_after=14))

    error = await failure(bot)

    assert (type(error), error.retry_after) == (base.Throttled, 14.0)


async def test_a_group_is_unreachable(bot, api, answer) -> None:
    api.next("POST", SEND, fault(answer, 400, "Bad Request: group upgraded", migrate_to_chat_id=-1001))

    assert type(await failure(bot)) is base.Unreachable


@pytest.mark.parametrize("status", [200, 502])
async def test_an_answer_nobody_can_read_is_uncertain(bot, api, answer, status: int) -> None:
    api.next("POST", SEND, answer(status, "<html>Bad Gateway</html>"))

    assert type(await failure(bot)) is base.Uncertain


async def test_a_slow_answer_is_uncertain(bot, api, answer) -> None:
    api.next("POST", SEND, answer(200, {}, delay=1.0))

    assert type(await failure(bot)) is base.Uncertain


async def test_a_reset_after_sending_is_uncertain(bot, api, answer) -> None:
    api.next("POST", SEND, answer(then="reset"))

    assert type(await failure(bot)) is base.Uncertain


async def test_nobody_there_is_an_outage(nobody_there: str) -> None:
    channel = Telegram(TOKEN, "s3cret", nobody_there)

    assert type(await failure(channel)) is base.Outage
    await channel.close()


async def test_logs_hold_no_token_and_no_text(bot, api, answer, caplog) -> None:
    caplog.set_level(logging.INFO)
    api.next("POST", SEND, answer(200, '{"ok": true, "result": {"text": "secreto de Ana"'))

    await failure(bot)
    await bot.send(ANA, Reply("secreto de Ana"))

    assert [word for word in (TOKEN, "secreto") if word in caplog.text] == []
