"""Bubbles fit the channel and lose no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.library import Bubble
from bot.messages.bubbles import MOST, cut, fit

TAP = (("Menú", "/menu"),)
OTHER = (("Otro", "/other"),)


def texts(bubbles: list[Bubble]) -> list[str]:
    return [b.text for b in bubbles]


@pytest.mark.parametrize(
    "text, limit, expected",
    [
        ("hola", 10, ["hola"]),
        ("", 10, [""]),
        ("Uno dos. Tres cuatro.", 12, ["Uno dos.", "Tres cuatro."]),
        ("¿Sí? ¡No! Quién sabe…", 9, ["¿Sí? ¡No!", "Quién", "sabe…"]),
        ("una línea\notra línea", 12, ["una línea", "otra línea"]),
        ("sin punto ni nada", 8, ["sin", "punto ni", "nada"]),
        ("a" * 7, 3, ["aaa", "aaa", "a"]),
        ("1.5 pesos. Son 2.", 11, ["1.5 pesos.", "Son 2."]),
    ],
)
def test_cut_prefers_the_end_of_a_sentence_then_a_space(text, limit, expected):
    assert cut(text, limit) == expected


WORDS = st.text(alphabet="abñé¿?.,!…🙂", min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).flatmap(
    lambda words: st.lists(st.sampled_from([" ", "\n", "\n\n"]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(w + g for w, g in zip(words, gaps, strict=True)).strip()
    )
)


@given(TEXTS, st.integers(12, 60))
def test_cut_keeps_every_word_whole_and_in_order(text, limit):
    assert " ".join(cut(text, limit)).split() == text.split()


@given(st.text(max_size=120).map(str.strip), st.integers(1, 40))
def test_cut_respects_the_limit_and_keeps_every_sign(text, limit):
    parts = cut(text, limit)
    assert all(len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(min_size=1, max_size=120).map(str.strip).filter(bool), st.integers(1, 40))
def test_cut_makes_no_empty_part(text, limit):
    assert all(cut(text, limit))


def test_fit_leaves_few_short_bubbles_as_they_are():
    said = [Bubble("uno", (), "a"), Bubble("dos", TAP, "b")]
    assert fit(said, 100) == said


def test_fit_joins_the_shortest_neighbours_until_three_are_left():
    found = fit([Bubble(t) for t in ("uno", "dos", "tres", "cuatro", "cinco")], 100)
    assert texts(found) == ["uno\n\ndos", "tres\n\ncuatro", "cinco"]


def test_fit_keeps_only_the_choices_of_the_last_bubble():
    found = fit([Bubble("uno", OTHER, "a"), Bubble("dos", TAP, "b")], 100)
    assert found == [Bubble("uno", (), "a"), Bubble("dos", TAP, "b")]


def test_fit_puts_the_choices_under_the_last_part_of_a_long_bubble():
    found = fit([Bubble("Uno dos. Tres.", TAP, "a")], 8)
    assert found == [Bubble("Uno dos.", (), "a"), Bubble("Tres.", TAP, "a")]


def test_fit_leaves_out_what_says_nothing():
    assert fit([Bubble(""), Bubble("hola", TAP)], 100) == [Bubble("hola", TAP)]
    assert fit([], 100) == []


@given(st.lists(TEXTS, max_size=8), st.integers(1500, 4000))
def test_fit_says_everything_in_at_most_three_bubbles(said, limit):
    found = fit([Bubble(text) for text in said], limit * 2)
    assert len(found) <= MOST
    assert " ".join(texts(found)).split() == " ".join(said).split()
