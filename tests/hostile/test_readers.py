"""Whoever reads a text reads any text, and what is read comes back as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import fill
from bot.language import words
from bot.messages.choices import name
from tests.hostile.readers import READERS, content
from tests.hostile.strange import SQL, TEMPLATES, stable, texts


@stable
@given(texts)
def test_no_text_is_too_strange(text):
    for read in READERS.values():
        read(text)


@stable
@given(texts, st.lists(texts, max_size=4))
def test_a_name_is_a_place_among_the_titles(text, titles):
    found = name(text, titles)
    assert found is None or 0 <= found < len(titles)


@stable
@given(texts)
def test_folding_twice_is_folding_once_for_the_words(text):
    assert all(word and word == word.strip() for word in words(text))


@pytest.mark.parametrize("text", [*TEMPLATES, *SQL])
def test_what_she_wrote_is_put_into_our_words_as_typed(text):
    assert fill("Dijiste: {name}", {"name": text}, "test") == f"Dijiste: {text}"
    assert text.strip() in content().words("plan_dream", dream=text)
