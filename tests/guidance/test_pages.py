"""Pages: every topic has one, and what is gone is said to be gone."""

from __future__ import annotations

import pytest

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
