"""A shared location becomes the nearest place in Mexico, or nothing; never itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ROOT
from bot.content.library import load
from bot.people.whereabouts import Near, near, places, read

STATES = load(ROOT / "content", "es-MX").states


@pytest.mark.parametrize(
    "latitude, longitude, state",
    [
        (19.4326, -99.1332, "CMX"),  # the Zócalo
        (20.6736, -103.344, "JAL"),  # Guadalajara's centre
        (32.5149, -117.0382, "BCN"),  # Tijuana
        (31.69, -106.4245, "CHH"),  # Ciudad Juárez
        (16.7531, -93.1156, "CHP"),  # Tuxtla Gutiérrez
        (21.1619, -86.8515, "ROO"),  # Cancún
        (19.2826, -99.6557, "MEX"),  # Toluca
        (25.5428, -103.4068, "COA"),  # Torreón, across the river from Durango
    ],
)
def test_cities_are_in_their_state(latitude, longitude, state):
    found = near(latitude, longitude)
    assert found and found.state == state


@pytest.mark.parametrize("latitude, longitude", [(0.0, 0.0), (40.4, -3.7), (14.63, -90.5), (19.0, -110.0), (90.0, 0.0)])
def test_far_away_is_nowhere(latitude, longitude):
    assert near(latitude, longitude) is None


def test_there_are_places_of_every_state_and_no_other():
    assert {place.state for place, _, _ in places()} == set(STATES) and len(places()) > 1_500


def test_nine_of_ten_places_have_their_nearest_neighbour_in_their_own_state():
    """What the docstring of `near` says, on every fifth place: each as if it were not in the list."""
    tried = places()[::5]
    right = [near(lat, lon, [p for p in places() if p[1:] != (lat, lon)]) for _, lat, lon in tried]
    assert sum(r is not None and r.state == p.state for r, (p, _, _) in zip(right, tried, strict=True)) > 0.9 * len(
        tried
    )


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_location_gives_a_place_or_none_and_a_place_reads_back(latitude, longitude):
    found = near(latitude, longitude)
    assert found is None or read(str(found)) == found


@pytest.mark.parametrize("text", ["", "Jalisco", "JAL:", "jal: Zapopan", "hola: a todos"])
def test_what_is_no_place_is_none(text):
    assert read(text) is None


def test_a_place_reads_back():
    assert read("JAL: Ciudad Guzmán") == Near("JAL", "Ciudad Guzmán")
