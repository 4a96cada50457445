"""Days as people say them, never in the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.days import MONTHS, WEEKDAYS, day, spoken

WEDNESDAY = date(2026, 11, 25)


def of(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("hoy", of(11, 25)),
        ("hoy mismo", of(11, 25)),
        ("ahorita", of(11, 25)),
        ("mañana", of(11, 26)),
        ("manana temprano", of(11, 26)),
        ("MAÑANA por la mañana", of(11, 26)),
        ("pasado mañana", of(11, 27)),
        ("en tres días", of(11, 28)),
        ("dentro de 3 dias", of(11, 28)),
        ("en una semana", of(12, 2)),
        ("en quince días", of(12, 10)),
        ("en 2 semanas", of(12, 9)),
        ("en un mes", of(12, 25)),
        ("el fin de semana", of(11, 28)),
        ("el finde", of(11, 28)),
    ],
)
def test_day_counts_from_today(text, expected):
    assert day(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("el jueves", of(11, 26)),
        ("el martes", of(12, 1)),
        ("el miércoles", of(12, 2)),
        ("este viernes en la mañana", of(11, 27)),
        ("los sábados", of(11, 28)),
        ("el próximo lunes", of(11, 30)),
        ("el sábado que viene", of(11, 28)),
        ("mierkoles", of(12, 2)),
        ("savado", of(11, 28)),
        ("domigo", of(11, 29)),
        ("el lunez a las 9", of(11, 30)),
        ("la próxima semana", of(11, 30)),
        ("la semana que entra, el jueves", of(12, 3)),
        ("la otra semana el martes", of(12, 1)),
        ("la semana que viene", of(11, 30)),
    ],
)
def test_day_knows_the_weekdays_also_misspelled(text, expected):
    assert day(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("el 30", of(11, 30)),
        ("el 25", of(11, 25)),
        ("el 15", of(12, 15)),
        ("15", of(12, 15)),
        ("para el 31", of(12, 31)),
        ("el día 5", of(12, 5)),
        ("15 de marzo", of(3, 15, 2027)),
        ("15 marso", of(3, 15, 2027)),
        ("1 de diciembre", of(12, 1)),
        ("el martes 1 de diciembre", of(12, 1)),
        ("2 de febrero de 2028", of(2, 2, 2028)),
        ("15/03", of(3, 15, 2027)),
        ("1-1-27", of(1, 1, 2027)),
        ("15/3/2027", of(3, 15, 2027)),
    ],
)
def test_day_reads_dates_and_takes_the_next_such_day(text, expected):
    assert day(text, WEDNESDAY) == expected


@pytest.mark.parametrize(
    "text",
    ["", "no sé", "15/13", "30 de febrero", "el 32", "el 0", "32", "a las 8 pm", "8 de la mañana", "en 900 días"],
)
def test_day_finds_none_where_none_is_said(text):
    assert day(text, WEDNESDAY) is None


@pytest.mark.parametrize("text", ["3 de marzo de 2020", "1/1/2026", "24-11-26"])
def test_day_takes_no_year_that_is_over(text):
    assert day(text, WEDNESDAY) is None


@pytest.mark.parametrize("text", ["estudiar artes", "por partes", "si mi hermana viene", "el mes que viene no puedo"])
def test_day_does_not_take_another_word_for_a_weekday(text):
    assert day(text, WEDNESDAY) is None


def test_day_hears_the_weekday_after_por_fin():
    assert day("por fin el lunes", WEDNESDAY) == of(11, 30)


@pytest.mark.parametrize("text, expected", [("en ፩ días", None), ("②", of(12, 2)), ("en ² días", of(11, 27))])
def test_day_reads_digits_of_every_kind_or_reads_past_them(text, expected):
    assert day(text, WEDNESDAY) == expected


OTHERS = ["el", "de", "en", "dias", "semana", "que", "viene", "mañana", "pasado", "hoy", "fin", "/", "dentro", "²"]
PIECES = st.sampled_from([*WEEKDAYS, *MONTHS, *OTHERS]) | st.integers(0, 3000).map(str)
WRITTEN = st.builds("{} de {} de {}".format, st.integers(1, 31), st.sampled_from(MONTHS), st.integers(2000, 2100))
SAID = WRITTEN | st.lists(PIECES, max_size=6).map(" ".join)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@given(SAID | st.text(max_size=40), DAYS)
def test_day_is_never_in_the_past(text, today):
    found = day(text, today)
    assert found is None or found >= today


@given(DAYS, st.integers(0, 300))
def test_a_day_said_back_is_the_day_that_was_meant(today, later):
    when = today + timedelta(later)
    assert day(spoken(when).split(" ", 1)[1], today) == when


def test_spoken_says_a_day_in_spanish():
    assert spoken(of(11, 24)) == "martes 24 de noviembre"
    assert spoken(of(12, 5)) == "sábado 5 de diciembre"
