"""Buckets that fill again, and whose bucket it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.requests import Request

from bot import limits
from bot.limits import Buckets, Guard
from tests.conftest import make_settings
from tests.web.calls import HER, HIS


def test_a_bucket_gives_what_is_in_it_and_then_as_much_as_flows_in():
    clock = [100.0]
    bucket = Buckets(0.5, 60, lambda: clock[0])
    assert [bucket.take("she") for _ in range(60)] == [0.0] * 60
    assert bucket.take("she") == pytest.approx(2.0)
    clock[0] += 2
    assert (bucket.take("she"), bucket.take("she")) == (0.0, pytest.approx(2.0))
    clock[0] += 10_000
    assert [bool(bucket.take("she")) for _ in range(61)] == [False] * 60 + [True]


def test_who_is_refused_does_not_wait_longer_for_it_and_asking_costs_nothing():
    clock = [0.0]
    bucket = Buckets(1, 1, lambda: clock[0])
    bucket.take("she")
    assert [bucket.take("she") for _ in range(5)] + [bucket.wait("she")] == [pytest.approx(1.0)] * 6
    assert [bucket.wait("he") for _ in range(5)] == [0.0] * 5
    clock[0] = 1.0
    assert bucket.take("she") == 0.0


def test_everyone_has_a_bucket_of_her_own_and_who_cannot_be_told_apart_has_none():
    bucket = Buckets(1, 1)
    assert [bool(bucket.take(key)) for key in ("she", "he", "she", None, None)] == [False, False, True, False, False]


def test_only_so_many_are_remembered_and_who_calls_on_is_among_them(monkeypatch):
    monkeypatch.setattr(limits, "MANY", 10)
    bucket = Buckets(0.001, 1)
    for number in range(100):
        bucket.take("loud")
        bucket.take(f"once {number}")
    assert (len(bucket._full), bool(bucket.wait("loud")), bucket.wait("once 3")) == (10, True, 0.0)


def at(host: str, forwarded: list[str], proxy: str = "") -> str | None:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    guard = Guard(make_settings(Path("/nowhere"), rumbo_proxy=proxy))
    return guard.address(Request({"type": "http", "client": (host, 5000) if host else None, "headers": headers}))


@pytest.mark.parametrize(
    "host, forwarded, proxy, expected",
    [
        (HER, [], "", HER),
        (HER, [HIS], "", HER),
        (HER, [HIS], "10.0.0.1", HER),
        ("10.0.0.1", [HIS], "10.0.0.1", HIS),
        ("10.0.0.1", [f"1.1.1.1, {HER}", f"2.2.2.2, {HIS}"], "10.0.0.1", HIS),
        ("10.0.0.1", [], "10.0.0.1", "10.0.0.1"),
        ("127.0.0.1", [HIS], "127.0.0.1", HIS),
        ("127.0.0.1", [HIS], "", None),
        ("127.0.0.1", [], "127.0.0.1", None),
        ("::1", [], "", None),
        ("2001:db8:1:2:3::4", [], "", "2001:db8:1:2::/64"),
        ("nonsense", [], "", "nonsense"),
        ("", [], "", None),
    ],
)
def test_whose_address_it_is(host, forwarded, proxy, expected):
    assert at(host, forwarded, proxy) == expected
