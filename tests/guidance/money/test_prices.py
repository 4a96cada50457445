"""What a piece costs with her time in it, and how many to sell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.money.prices import Batch, price

BATCHES = st.builds(Batch, st.integers(0, 20_000), st.integers(0, 6000), st.integers(1, 500))
HOUR, GAIN, FIXED = st.integers(0, 300), st.integers(0, 300), st.integers(0, 20_000)


@given(BATCHES, HOUR, GAIN, FIXED)
def test_the_floor_pays_for_everything_and_one_peso_less_does_not(batch, hour, gain, fixed):
    found = price(batch, hour, gain, fixed)
    assert found.floor * batch.pieces >= batch.materials + found.time
    assert found.floor == 0 or (found.floor - 1) * batch.pieces < batch.materials + found.time
    assert found.time * 60 >= batch.minutes * hour > (found.time - 1) * 60
    assert found.price * 100 >= found.floor * (100 + gain)


@given(BATCHES, HOUR, GAIN, st.integers(0, 300))
def test_more_gain_is_never_a_lower_price_nor_more_to_sell(batch, hour, gain, more):
    low, high = price(batch, hour, gain, 1000), price(batch, hour, gain + more, 1000)
    assert high.price >= low.price
    assert low.even is None or (high.even is not None and high.even <= low.even)


def test_twenty_jellies():
    found = price(Batch(materials=180, minutes=180, pieces=20), hour=40, gain=60, fixed=1040)
    assert (found.floor, found.time, found.price, found.even) == (15, 120, 24, 16)


def test_without_her_time_nothing_is_left():
    assert price(Batch(180, 0, 20), hour=0).even is None


@pytest.mark.parametrize("wrong", [(-1, 0, 1), (0, -1, 1), (0, 0, 0)])
def test_what_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError):
        Batch(*wrong)
    with pytest.raises(ValueError):
        price(Batch(1, 1, 1), hour=-1)
