"""Twenty-five scripted learners walk from "hola" to a stored plan on the real engine, several at the same time."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.flows.scripts import NAMES, read
from tests.flows.walking import Walk

SHORTEST = 25
AT_ONCE = 5


@pytest.fixture(scope="module")
def walks(request, rumbo) -> dict[str, Future[Walk]]:
    """The way of everyone whose test was chosen."""
    asked = [item.callspec.params for item in request.session.items if "walks" in getattr(item, "fixturenames", ())]
    names = sorted({params["name"] for params in asked})
    scripts = {name: read(name) for name in names}
    ready = {name: Walk(rumbo, script, getattr(rumbo, script.channel)()) for name, script in scripts.items()}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {name: pool.submit(walk.go) for name, walk in ready.items()}


def test_there_are_twenty_five():
    assert len(NAMES) == 25


@pytest.mark.parametrize("name", NAMES)
def test_a_learner_reaches_a_stored_plan(walks, name):
    walk = walks[name].result()
    chosen, commitments = walk.stored()
    assert chosen and chosen[-1] == walk.script.pathway, walk.told(f"chose {chosen}")
    assert commitments and all(one.words and one.day for one in commitments), walk.told("no plan")


@pytest.mark.parametrize("name", ["prisa"])
def test_the_shortest_way_to_a_plan(walks, name):
    assert 0 < walks[name].result().turns_to_plan <= SHORTEST


@pytest.mark.parametrize("name", ["cambia_dos_veces"])
def test_every_change_of_mind_is_kept(walks, name):
    assert walks[name].result().stored()[0] == ["employment", "business", "study"]
