"""What actions read of a message: a payload carries values, free words name things."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.common import entities, place, values


def heard(text: str, **named: str) -> Tracker:
    found = [{"entity": kind, "value": value} for kind, value in named.items()]
    message: dict[str, Any] = {"text": text, "entities": found}
    return Tracker("someone", {}, message, [], False, None, {}, "action_listen")


def test_a_payload_carries_values_and_names_nothing():
    tracker = heard('/answer{"q": "state", "v": "JAL"}', q="state", v="JAL")
    assert (values(tracker), entities(tracker)) == ({"q": "state", "v": "JAL"}, {})


def test_free_words_name_things_and_carry_nothing():
    tracker = heard("soy de Jalisco", state="JAL")
    assert (values(tracker), entities(tracker)) == ({}, {"state": "JAL"})


def test_of_two_of_a_kind_the_first_counts():
    tracker = heard("en Jalisco o en Puebla", state="JAL")
    tracker.latest_message["entities"].append({"entity": "state", "value": "PUE"})
    assert entities(tracker) == {"state": "JAL"}


@pytest.mark.parametrize(
    ("named", "state"),
    [
        ({"municipality": "MEX"}, "MEX"),
        ({"state": "PUE"}, "PUE"),
        ({"municipality": "CHH", "state": "ZAC"}, "ZAC"),
        ({}, None),
    ],
)
def test_the_place_is_the_state_or_that_of_the_municipality(named, state):
    assert place(heard("busco ayuda", **named)) == state


def test_a_message_without_text_has_neither():
    tracker = heard("")
    tracker.latest_message = {}
    assert (values(tracker), entities(tracker), place(tracker)) == ({}, {}, None)
