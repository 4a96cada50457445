from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.chart import COLOURS, Chart, Course, Scale, chart, short, ticks
from bot.documents.shapes import Part
from tests.documents.builders import LONG, image, words

MONTHS = tuple("dic ene feb mar abr may jun jul ago sep oct nov".split())
sums = st.integers(-50_000_000, 50_000_000)
courses = st.builds(Course, words, st.lists(sums, min_size=12, max_size=12).map(tuple), words)


def of(*courses: Course, notes: tuple[str, ...] = ()) -> Chart:
    return Chart("Tu año en pesos", "Lo que se va juntando", MONTHS, courses, Part("Lo que supuse", notes))


UP, DOWN = Course("Empleo", tuple(range(0, 12_000, 1000))), Course("Estudio", tuple(range(0, -12_000, -1000)))


@given(sums, sums)
def test_the_scale_holds_all_and_has_zero(one: int, other: int) -> None:
    found = ticks(min(one, other), max(one, other))

    assert 0 in found
    assert found[0] <= min(one, other, 0) and found[-1] >= max(one, other, 0)
    assert 2 <= len(found) <= 8
    assert len({b - a for a, b in pairwise(found)}) == 1


@given(st.lists(sums, min_size=2, max_size=12, unique=True))
def test_more_pesos_stand_higher(amounts: list[int]) -> None:
    scale = Scale(ticks(min(amounts), max(amounts)), 100, 600)

    assert [scale.y(a) for a in sorted(amounts)] == sorted((scale.y(a) for a in amounts), reverse=True)
    assert all(100 <= scale.y(a) <= 700 for a in amounts)


@settings(max_examples=8, deadline=None)
@given(st.lists(courses, min_size=1, max_size=3), st.lists(words, max_size=4))
def test_any_year_can_be_drawn(some: list[Course], notes: list[str]) -> None:
    assert image(chart(of(*some, notes=tuple(notes)))).width == 1080


def test_each_pathway_has_its_colour_in_the_plot() -> None:
    drawn = image(chart(of(UP, DOWN))).convert("RGB")
    plot = drawn.crop((220, 190, 1080, 900))  # below the head, right of the scale
    present = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in plot.getcolors(1 << 20)}

    assert set(COLOURS[:2]) <= present
    assert COLOURS[2] not in present


def test_long_assumptions_make_it_higher() -> None:
    short_one, long_one = image(chart(of(UP))), image(chart(of(UP, DOWN, notes=(LONG,) * 4)))

    assert short_one.size == (1080, 1350)
    assert long_one.height > 1350


def test_the_same_year_gives_the_same_bytes() -> None:
    assert chart(of(UP, DOWN)) == chart(of(UP, DOWN))


@pytest.mark.parametrize("wrong", [(), (UP,) * 4, (Course("Corto", (1, 2)),)])
def test_a_chart_that_says_nothing_is_refused(wrong: tuple[Course, ...]) -> None:
    with pytest.raises(ValueError, match=r"pathway"):
        of(*wrong)


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "$0"), (12_000, "$12 mil"), (-5000, "-$5 mil"), (500, "$500"), (1_500_000, "$1.5 mill")]
)
def test_pesos_of_a_scale(amount: int, said: str) -> None:
    assert short(amount) == said
