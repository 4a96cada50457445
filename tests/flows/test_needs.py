"""Sixty needs in people's own words, from ten states: each gets a service that fits, or an honest way on."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.people.tables import Learner
from bot.referrals import directory
from bot.referrals.directory import NEEDS

SAID = yaml.safe_load((Path(__file__).parents[1] / "referrals" / "needs.yml").read_text(encoding="utf-8"))
ASKED = [(state, ", ".join(words), need) for state, rows in SAID.items() for *words, need in rows]
ENOUGH = 45
"""Of the sixty, how many must name a fitting service at once; the others must offer a way on."""


def test_there_are_sixty_from_ten_states():
    assert (len(ASKED), len(SAID)) == (60, 10) and {need for *_, need in ASKED} <= set(NEEDS)


@pytest.fixture(scope="module")
def answered(rumbo) -> dict[str, tuple[list[str], str]]:
    """For each question: the ids of the services that were named, and what was said and offered."""
    found = {}
    with rumbo.house.db.read() as session:
        services = dict(directory.listed(session))
    for state, text, _ in ASKED:
        her = rumbo.web(consented=True)
        with rumbo.house.db.write() as session:
            session.get_one(Learner, her.learner).state = state
        said = her.says(text)
        named = [s.id for s in services.values() if s.name in said and (not s.states or state in s.states)]
        wrong = [s.id for s in services.values() if s.name in said and s.states and state not in s.states]
        assert not wrong, f"{text!r} in {state} was sent to {wrong}"
        found[text] = ([services[name].kind for name in named], f"{said} {' / '.join(her.offered)}")
    return found


def fits(kinds: list[str], need: str) -> bool:
    return bool(set(kinds) & set(NEEDS[need]))


def test_most_needs_are_met_with_a_fitting_service_at_once(answered):
    missed = [(text, need, answered[text]) for _, text, need in ASKED if not fits(answered[text][0], need)]
    assert len(ASKED) - len(missed) >= ENOUGH, missed


@pytest.mark.parametrize(("state", "text", "need"), ASKED)
def test_every_need_gets_a_service_or_an_honest_way_on(answered, state, text, need):
    kinds, said = answered[text]
    way_on = ("Hablar con alguien", "Otra cosa", "079", "¿", "Ver más", "Tu proyecto de vida", "una persona te va")
    assert fits(kinds, need) or any(way in said for way in way_on), said
