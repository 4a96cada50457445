"""How far two reviewers agree."""

from __future__ import annotations

import pytest

from bot.review.agreement import ENOUGH, agreement, kappa

Y, N = True, False


def test_percent_is_plain_and_kappa_waits_for_enough():
    few = agreement([(Y, Y), (Y, N), (N, N), (Y, Y)])
    assert (few.same, few.of, few.percent, few.kappa) == (3, 4, 75, None)
    assert agreement([(Y, Y), (N, N)] * ENOUGH).kappa == 1
    assert agreement([]).percent is None


def test_kappa_as_in_the_textbook():
    """20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: 0.4."""
    pairs = [(Y, Y)] * 20 + [(Y, N)] * 5 + [(N, Y)] * 10 + [(N, N)] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_kappa_says_nothing_when_everything_is_right():
    assert kappa([(Y, Y)] * 30) is None
