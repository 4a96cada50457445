"""Shares, middles, and what is too small to be shown."""

from __future__ import annotations

import numpy as np
import pytest

from bot.indicators.shares import Share, hide, hide_groups, is_small, middle, share


def test_a_share_counts_of_whom_it_is_known_and_how_many_are_missing():
    yes = np.array([True, False, True, True])
    known = np.array([True, True, False, True])
    due = np.array([True, True, True, True])
    assert share("x", yes, known, due) == Share("x", 2, 3, 1)


@pytest.mark.parametrize(
    "yes, of, small",
    [(0, 0, False), (0, 4, True), (4, 20, True), (18, 20, True), (0, 20, False), (20, 20, False), (10, 20, False)],
)
def test_few_are_hidden_and_so_are_all_but_a_few(yes, of, small):
    assert is_small(Share("x", yes, of), 5) is small
    if small:
        assert hide(Share("x", yes, of, 7), 5) == Share("x", 0, 0, 0, hidden=True)


def test_a_few_missing_are_not_told_either():
    assert hide(Share("x", 10, 20, 3), 5).missing == 0


def test_one_hidden_group_takes_the_next_smallest_with_it():
    parts = [Share("a", 50, 100), Share("b", 1, 3), Share("c", 10, 20)]
    assert [one.hidden for one in hide_groups(parts, 5)] == [False, True, True]


def test_two_hidden_groups_cannot_be_computed_from_the_total():
    parts = [Share("a", 50, 100), Share("b", 1, 3), Share("c", 2, 4), Share("d", 10, 20)]
    assert [one.hidden for one in hide_groups(parts, 5)] == [False, True, True, False]


def test_a_middle_leaves_out_who_has_no_value():
    found = middle("m", np.array([1.0, np.nan, 2.0, 3.0]))
    assert (found.value, found.of) == (2.0, 3)
    assert middle("m", np.array([np.nan])).value is None
