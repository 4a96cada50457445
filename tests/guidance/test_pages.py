"""Pages: a list, one thing of it, and what is kept of looking."""

from __future__ import annotations

import pytest

from bot.guidance import picks
from bot.guidance.pages.registry import PAGES, TOPICS, show
from tests.guidance.desk import Desk
from tests.guidance.test_talks import welcomed


@pytest.fixture
def desk(small_house):
    return Desk(small_house)


def test_every_topic_leads_to_a_page():
    assert set(TOPICS.values()) <= set(PAGES)


def test_a_page_that_is_gone_says_so(desk):
    welcomed(desk)
    with desk.house.db.write() as session:
        assert show(desk.person(session), "no such page", "", 1)[-1].content_id == "nothing_open"


def test_what_she_looked_at_last_is_kept(desk):
    welcomed(desk)
    with desk.house.db.write() as session:
        person = desk.person(session)
        first, second = [tap for _, tap in show(person, "occupations", "", 1)[-1].buttons[:2]]
        for number, tap in enumerate((first, second), 10):
            wanted = tap.split('"v": "')[1].removesuffix('"}')
            assert len(show(person, "occupation", wanted, number)) == 1
        assert picks.picked(person, picks.OCCUPATION) == wanted
