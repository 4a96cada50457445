"""The legal minimum of her zone and what people report, never without a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance.wages import Figure, Zone, minimum, monthly, pay_of, reported, spoken_date, zone_of
from tests.rows import GUIDE

WAGES = GUIDE.wages
ROWS = {o.id: o for o in GUIDE.occupations.occupations}


@pytest.mark.parametrize(
    "state, municipality, zone",
    [
        ("CHH", "Juárez", Zone.BORDER),
        ("CHH", "cd. juarez", Zone.BORDER),
        ("CHH", "Ciudad Juárez, Chih.", Zone.BORDER),
        ("CHH", "coyame", Zone.BORDER),
        ("CHH", "Praxedis G Guerrero", Zone.BORDER),
        ("COA", "ciudad acuña", Zone.BORDER),
        ("COA", "municipio de Piedras Negras", Zone.BORDER),
        ("NLE", "Anáhuac, N.L.", Zone.BORDER),
        ("CHH", "Chihuahua", Zone.GENERAL),
        ("COA", "Saltillo", Zone.GENERAL),
        ("COA", "Torreón", Zone.GENERAL),
        ("NLE", "Juárez", Zone.GENERAL),
        ("NLE", "Monterrey", Zone.GENERAL),
        ("CHH", "", Zone.UNSURE),
        ("COA", None, Zone.UNSURE),
        ("BCN", "Tijuana", Zone.UNSURE),
        ("PUE", "Juárez", Zone.GENERAL),
        (None, None, Zone.GENERAL),
    ],
)
def test_zone_of_goes_by_state_and_municipality(state, municipality, zone):
    assert zone_of(WAGES, state, municipality) is zone


def test_monthly_gives_what_conasami_publishes():
    assert (monthly(WAGES.general.day), monthly(WAGES.border.day)) == (9582, 13410)


def test_minimum_is_the_professional_one_and_in_the_border_zone_the_higher_one():
    assert minimum(WAGES, Zone.GENERAL, "cocina_mayor").pesos == monthly(368.05)
    assert minimum(WAGES, Zone.GENERAL, "unknown").pesos == 9582
    assert minimum(WAGES, Zone.BORDER, "cocina_mayor").pesos == 13410
    assert minimum(WAGES, Zone.UNSURE).pesos == 9582


@given(st.sampled_from([w.id for w in WAGES.professional]), st.sampled_from(list(Zone)))
def test_minimum_never_lies_under_the_general_one_and_the_border_one_is_the_highest(work, zone):
    general, found = minimum(WAGES, Zone.GENERAL), minimum(WAGES, zone, work)
    assert general.pesos <= found.pesos <= minimum(WAGES, Zone.BORDER, work).pesos


@pytest.mark.parametrize("source, as_of", [("", "2026"), ("  ", "2026"), ("INEGI", ""), ("INEGI", " ")])
def test_a_figure_without_source_and_date_cannot_be_made(source, as_of):
    with pytest.raises(ValueError, match="a source and a date"):
        Figure(100, "x", source, as_of)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_figure_shown_of_an_occupation_stands_beside_its_source(row):
    view = pay_of(WAGES, row, Zone.GENERAL)
    figures = [f for f in (view.minimum, view.reported) if f]
    assert all(f"{f.pesos:,} pesos" in " ".join(view.lines) for f in figures)
    assert all(any(f.source in line and spoken_date(f.as_of) in line for line in view.lines) for f in figures)
    assert sum(line.startswith("Fuente") for line in view.lines) == len(figures)


def test_reported_is_her_states_own_where_it_was_read_and_nothing_where_nobody_counted():
    assert [reported(ROWS["ensamble_metal"], state).pesos for state in ("NLE", "PUE", None)] == [11400, 7320, 7320]
    assert reported(ROWS["cocina"]) is None
    assert reported(ROWS["electromecanico"]) is None


def test_pay_of_says_why_an_average_lies_under_the_minimum_and_when_the_zone_is_unsure():
    view = pay_of(WAGES, ROWS["ventas_mostrador"], Zone.UNSURE)
    assert {WAGES.says["below"], WAGES.says["unsure_zone"]} <= set(view.lines)
    assert WAGES.says["below"] not in pay_of(WAGES, ROWS["ensamble_metal"], Zone.GENERAL, "NLE", "Nuevo León").lines


@pytest.mark.parametrize(
    "as_of, said",
    [
        ("2024-T1", "primer trimestre de 2024"),
        ("2025-12-03", "3 de diciembre de 2025"),
        ("2025-12", "diciembre de 2025"),
        ("2023", "2023"),
        ("2025-2026", "2025 a 2026"),
    ],
)
def test_spoken_date(as_of, said):
    assert spoken_date(as_of) == said
