"""What a learner wrote is a text in a spreadsheet too, never a formula."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.cells import cell
from tests.hostile.strange import stable, texts

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x.mx")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＠x",
    "=" * 3,
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_would_start_a_formula_gets_an_apostrophe(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["hola", "1 - 2", "a=b", "", "🙂", 5, -5, None, True])
def test_everything_else_stays_as_it_is(value):
    assert cell(value) == value


def test_lists_become_json_and_no_formula():
    assert cell(["=1"]) == '["=1"]'


@stable
@given(texts)
def test_no_cell_begins_like_a_formula(text):
    found = cell(text)
    assert not found.strip().startswith(("=", "+", "-", "@")) and found.removeprefix("'") == text.removeprefix("'")
