"""One caller cannot take the webhooks from everyone else, and nobody loses a word by it."""

from __future__ import annotations

import time

from bot import web
from channels.base import Inbound
from tests.web.calls import HIS, TEXT, numbered, saved, telegram, twilio


def test_forged_calls_are_refused_before_any_work_once_there_are_too_many(make_house, call, monkeypatch):
    door = call(make_house(rumbo_address_burst=3, rumbo_address_per_second=0.1))
    assert [twilio(door, TEXT, "eA==").status_code for _ in range(3)] == [403] * 3

    async def never(*_: object) -> bytes:
        raise AssertionError("the body was read")

    monkeypatch.setattr(web, "read_body", never)
    refused = telegram(door, b"{}", "wrong")
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert refused.headers["x-content-type-options"] == "nosniff"


def test_who_forges_shuts_out_nobody_at_another_address_and_not_for_ever(make_house, call):
    his = call(make_house(rumbo_address_burst=1, rumbo_address_per_second=20))
    hers = call(his, HIS)
    assert [twilio(his, TEXT, "eA==").status_code for _ in range(2)] == [403, 429]
    assert twilio(hers, TEXT).status_code == 200
    time.sleep(0.06)
    assert twilio(his, TEXT, "eA==").status_code == 403


def test_calls_of_the_service_are_never_too_many(make_house, call):
    rumbo = make_house(rumbo_address_burst=1, rumbo_address_per_second=0.001, rumbo_sender_burst=1)
    door = call(rumbo)
    assert {twilio(door, numbered(n)).status_code for n in range(20)} == {200}
    assert len(saved(rumbo)) == 20


def test_a_flood_of_one_sender_is_saved_and_not_shown_as_typing(make_house, call, monkeypatch):
    rumbo, shown = make_house(rumbo_sender_burst=2, rumbo_sender_per_minute=0.1), []

    async def show(inbound: Inbound) -> None:
        shown.append(inbound.sender)

    monkeypatch.setattr(rumbo.channels["whatsapp"], "acknowledge", show)
    door = call(rumbo)
    for number in range(5):
        assert twilio(door, numbered(number)).status_code == 200
    assert (len(saved(rumbo)), len(shown)) == (5, 2)


def test_health_is_asked_for_free_only_so_often(make_house, call):
    door = call(make_house(rumbo_address_burst=2, rumbo_address_per_second=0.1))
    assert [door.get("/health").status_code for _ in range(3)] == [200, 200, 429]
