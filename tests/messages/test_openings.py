"""Approved words: filled in, kept sealed, and whole again when they leave, after the window too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db import now
from bot.messages.openings import blanks, fill, filled
from bot.messages.outbox import against
from bot.messages.tables import Message
from bot.people.tables import Address, Standing
from channels.base import Filled, Limits, Opening, WindowClosed

HELLO = Opening("HX1", "Hola {{1}}, soy {{2}} de Rumbo. ¿Seguimos, {{1}}?")
WORD = st.text(min_size=1, max_size=20).filter(lambda said: said.split() and "{{" not in said)


def test_the_words_stand_where_the_blanks_were():
    text, order = fill(HELLO, ["Lupe", "Ana"])
    assert text == "Hola Lupe, soy Ana de Rumbo. ¿Seguimos, Lupe?"
    assert filled(order, text) == Filled("HX1", ("Lupe", "Ana"))
    assert "Lupe" not in str(order)  # what is kept beside the sealed text says nothing of her


@given(st.lists(WORD, min_size=2, max_size=2))
def test_what_was_filled_in_is_found_again(words):
    text, order = fill(HELLO, words)
    found = filled(order, text)
    assert found and list(found.words) == [" ".join(word.split()) for word in words]


@pytest.mark.parametrize("words", [[], ["Lupe"], ["Lupe", "  "], ["Lupe", "Ana", "y"]])
def test_a_blank_without_words_is_refused(words):
    with pytest.raises(ValueError, match="blank"):
        fill(HELLO, words)


def test_words_of_several_lines_become_one():
    assert fill(HELLO, ["Lu\n\npe", "A \t na"])[0].startswith("Hola Lu pe, soy A na ")


def test_nothing_to_fill_in():
    assert (blanks(Opening("HX2", "Hola")), fill(Opening("HX2", "Hola"), [])) == (
        0,
        ("Hola", {"opening": "HX2", "at": []}),
    )
    assert filled({"paper": "tarjeta"}, "Hola") is None and filled(None, "Hola") is None


def test_only_approved_words_leave_after_the_window():
    late = Address(standing=Standing.OPEN, last_inbound_at=now() - timedelta(hours=25))
    _, order = fill(HELLO, ["Lupe", "Ana"])
    said = [against(Message(media=m), late, Limits(100, timedelta(hours=24)), now()) for m in (None, order)]
    assert [type(one) for one in said] == [WindowClosed, type(None)]
    gone = Address(standing=Standing.BLOCKED, last_inbound_at=late.last_inbound_at)
    assert against(Message(media=order), gone, Limits(100, timedelta(hours=24)), now()) is not None
