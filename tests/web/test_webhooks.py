"""The webhooks: only what a service really sent gets in, once, and is answered at once."""

from __future__ import annotations

import json

from sqlalchemy import select

from bot import web
from bot.people.tables import Address, Standing
from bot.runtime import Runtime
from tests.conftest import make_settings
from tests.web.calls import BEFORE, ON, PAYLOADS, SECRET, TEXT, UPDATE, WORDS, payload, saved, sign, telegram, twilio


def test_a_whatsapp_message_is_saved_and_answered_with_nothing(on, open_door):
    answer = twilio(open_door(on), TEXT)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, "text/xml")
    assert answer.content == b'<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert saved(on) == [("whatsapp", WORDS)]


def test_a_telegram_message_is_saved_and_answered_with_nothing(on, open_door):
    answer = telegram(open_door(on), UPDATE)
    assert (answer.status_code, answer.content) == (200, b"{}")
    assert saved(on) == [("telegram", WORDS)]


SIGNATURES = {
    "right": (sign(TEXT), 200),
    "previous token": (sign(TEXT, BEFORE), 200),
    "another token": (sign(TEXT, "x" * 32), 403),
    "another address": (sign(TEXT, path="/webhooks/whatsapp/status"), 403),
    "another body": (sign(TEXT + b"x"), 403),
    "nonsense": ("eA==", 403),
    "missing": (None, 403),
}


def test_only_what_twilio_signed_gets_in(small_on, open_door):
    door = open_door(small_on)
    heard = {name: twilio(door, TEXT, signature).status_code for name, (signature, _) in SIGNATURES.items()}
    assert heard == {name: status for name, (_, status) in SIGNATURES.items()}
    assert saved(small_on) == [("whatsapp", WORDS)]


def test_only_who_knows_the_secret_is_telegram(small_on, open_door):
    door = open_door(small_on)
    assert [telegram(door, UPDATE, secret).status_code for secret in (SECRET + "x", "", None)] == [403] * 3
    assert saved(small_on) == []


def test_a_query_is_part_of_what_is_signed(small_on, open_door):
    path = "/webhooks/whatsapp?b=2&a=%C3%B1"
    door = open_door(small_on)
    assert twilio(door, TEXT, sign(TEXT, path=path), path).status_code == 200
    assert twilio(door, TEXT, sign(TEXT), path).status_code == 403


def test_the_same_call_twice_is_saved_once(on, open_door):
    door = open_door(on)
    calls = [twilio(door, TEXT), twilio(door, TEXT), telegram(door, UPDATE), telegram(door, UPDATE)]
    assert [answer.status_code for answer in calls] == [200] * 4
    assert saved(on) == [("whatsapp", WORDS), ("telegram", WORDS)]


def test_every_odd_message_of_whatsapp_is_saved(small_on, open_door):
    door, names = open_door(small_on), [f.name for f in (PAYLOADS / "whatsapp").iterdir() if "status" not in f.name]
    assert {twilio(door, payload(f"whatsapp/{name}")).status_code for name in names} == {200}
    assert len(saved(small_on)) == len(names) > 15


def test_every_update_of_telegram_is_taken(small_on, open_door):
    door, names = open_door(small_on), [f.name for f in (PAYLOADS / "telegram").iterdir()]
    assert {name: telegram(door, payload(f"telegram/{name}")).status_code for name in names} == dict.fromkeys(
        names, 200
    )


def test_what_cannot_be_read_is_accepted_so_that_it_is_not_sent_for_ever(small_on, open_door):
    door = open_door(small_on)
    nonsense = [b"", b"hola", b"[]", b"{}", b'{"update_id": 1, "message": {}}', b"\xff"]
    assert [telegram(door, body).status_code for body in nonsense] == [200] * len(nonsense)
    assert twilio(door, b"From=whatsapp%3A%2B52").status_code == 200
    assert saved(small_on) == []


def test_a_body_that_is_too_large_is_not_read_to_its_end(small_on, open_door):
    door = open_door(small_on)
    most = TEXT + b"&Extra=" + b"x" * (web.MAX_BODY - len(TEXT) - 7)
    assert [twilio(door, most).status_code, twilio(door, most + b"x").status_code] == [200, 413]
    assert telegram(door, b" " * web.MAX_BODY + UPDATE).status_code == 413


def test_a_button_made_elsewhere_does_not_make_telegram_call_for_ever(on, open_door):
    update = json.loads(payload("telegram/tap.json"))
    update["callback_query"]["data"] = "x" * 64
    assert telegram(open_door(on), json.dumps(update).encode()).status_code == 200


def test_who_blocked_the_bot_is_marked(small_on, open_door):
    door = open_door(small_on)
    telegram(door, UPDATE)
    telegram(door, payload("telegram/blocked.json"))
    with small_on.db.read() as session:
        assert session.scalars(select(Address.standing)).all() == [Standing.BLOCKED]


def test_a_channel_that_is_off_is_not_there(small_house, open_door):
    door = open_door(small_house)
    paths = ["/webhooks/whatsapp", "/webhooks/whatsapp/status", "/webhooks/telegram"]
    assert [door.post(path, content=TEXT).status_code for path in paths] == [404] * 3


def test_a_message_that_could_be_kept_nowhere_is_sent_again_by_the_service(tmp_path, open_door):
    (tmp_path / "spool").write_text("in the way")
    away = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/rumbo.db", **ON))
    assert telegram(open_door(away), UPDATE).status_code == 503
