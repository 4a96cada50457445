from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.ink import SUN
from bot.documents.saving import Saving, saving
from tests.documents.builders import LONG, image, words


def of(saved: int, target: int = 1000, goal: str = "Una estufa", said: tuple[str, ...] = ()) -> Saving:
    return Saving("Mi ahorro", goal, saved, target, "de", said)


def sun(png: bytes) -> int:
    """How much of it has the colour of what is saved."""
    colours = image(png).convert("RGB").getcolors(1 << 22)
    return sum(n for n, colour in colours if "#{:02x}{:02x}{:02x}".format(*colour) == SUN)


def test_the_ring_fills_with_what_is_saved() -> None:
    filled = [sun(saving(of(saved))) for saved in (0, 250, 500, 1000)]

    assert filled == sorted(filled)
    assert len(set(filled)) == 4


def test_more_than_the_goal_looks_full() -> None:
    assert sun(saving(of(5000))) == sun(saving(of(1000)))


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9), words, st.lists(words, max_size=3))
def test_any_saving_can_be_drawn(saved: int, target: int, goal: str, said: list[str]) -> None:
    drawn = image(saving(of(saved, target, goal, tuple(said))))

    assert drawn.width == 1080
    assert drawn.height >= 1350


def test_long_words_make_it_higher_and_it_is_the_same_every_time() -> None:
    one = saving(of(10, said=(LONG, LONG)))

    assert image(one).height > 1350
    assert one == saving(of(10, said=(LONG, LONG)))


@pytest.mark.parametrize(("saved", "target"), [(-1, 10), (1, 0), (1, -5)])
def test_sums_that_make_no_sense_are_refused(saved: int, target: int) -> None:
    with pytest.raises(ValueError, match="saved"):
        of(saved, target)
