"""One visitor or one address cannot take the chat page from everyone else."""

from __future__ import annotations

import sqlite3
import time

from starlette.testclient import TestClient

import bot.db
from bot import chat, limits
from tests.web.calls import HER, HIS, MESSAGES, saved, say


def test_one_visitor_is_told_to_wait_and_nothing_of_hers_is_half_saved(make_house, call):
    rumbo = make_house(rumbo_sender_burst=3, rumbo_sender_per_minute=6)
    hers = call(rumbo)
    his = call(hers, HIS)
    for page in (hers, his):
        page.get(MESSAGES)
    heard = [say(hers, number) for number in range(5)]
    assert [answer.status_code for answer in heard] == [202, 202, 202, 429, 429]
    assert 0 < int(heard[-1].headers["retry-after"]) <= 10
    assert say(his).status_code == 202
    assert [text for _, text in saved(rumbo)] == ["hola 0", "hola 1", "hola 2", "hola 1"]


def test_one_address_may_not_bring_visitors_without_end(make_house, call):
    first = call(make_house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1))
    assert [TestClient(first.app, client=(HER, n)).get(MESSAGES).status_code for n in range(3)] == [200, 200, 429]
    assert call(first, HIS).get(MESSAGES).status_code == 200


def test_forged_cookies_are_counted_too(make_house, call):
    door = call(make_house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1))
    assert [say(door).status_code for _ in range(3)] == [403, 403, 429]


def test_a_visitor_we_know_reads_by_herself_and_within_reason(make_house, call):
    hers = call(make_house(rumbo_chat_burst=2, rumbo_chat_per_second=0.1, rumbo_address_burst=5))
    his = call(hers)  # of the same address
    for page in (hers, his):
        page.get(MESSAGES)
    assert [hers.get(MESSAGES).status_code for _ in range(20)].count(429) > 5
    assert his.get(MESSAGES).status_code == 200


def test_behind_a_proxy_that_says_nothing_nobody_is_shut_out(make_house, call):
    door = call(make_house(rumbo_chat_burst=1, rumbo_chat_per_second=0.1), "127.0.0.1")
    assert {TestClient(door.app, client=("127.0.0.1", n)).get(MESSAGES).status_code for n in range(10)} == {200}


def test_behind_a_proxy_that_is_named_each_has_her_own(make_house, call):
    door = call(make_house(rumbo_proxy="127.0.0.1", rumbo_chat_burst=1, rumbo_chat_per_second=0.1), "127.0.0.1")
    asked = [f"1.1.1.{n}, {host}" for n, host in enumerate((HER, HER, HIS))]
    found = [door.post(MESSAGES, headers={"x-forwarded-for": hops}).status_code for hops in asked]
    assert found == [403, 429, 403]


def test_too_much_waiting_says_when_to_come_again(make_house, call, monkeypatch):
    monkeypatch.setattr(chat, "BURST", 1)
    page = call(make_house())
    page.get(MESSAGES)
    say(page, 1)
    answer = say(page, 2)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, str(chat.WORKED_OFF))


def test_a_silent_database_does_not_keep_the_page_waiting(make_house, call, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_WITHIN", 0.1)
    monkeypatch.setattr(bot.db, "BUSY_MS", 1_000_000)  # longer than a test may take
    rumbo = make_house()
    page = call(rumbo)
    page.get(MESSAGES)
    page.get("/health")  # it has its line to the database
    other = sqlite3.connect(rumbo.settings.rumbo_var / "rumbo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert say(page).status_code == 503
    other.execute("ROLLBACK")
    assert say(page).status_code == 202  # the page sends it again: once in the thread, however often it was saved
    time.sleep(0.2)
    assert [text for _, text in saved(rumbo)] == ["hola 1"]
