"""The same call twice or three times, two messages in one moment, two hundred people in one minute."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.flows.talking import until
from tests.flows.threads import HELP, MENU, STILL_HERE, WAYS, agreed, all_heard, at_once, heard, wrote


@pytest.mark.parametrize("way", WAYS)
def test_the_same_call_three_times_is_one_message(rumbo, way):
    talk = agreed(rumbo, way)
    for _ in range(3):
        talk.send("menú", number="900000001")
    assert all_heard(talk) == [MENU]
    talk.send("menú", number="900000001")
    assert HELP in talk.says("me ayudas")
    assert heard(talk).count(MENU) == 1


@pytest.mark.parametrize("way", WAYS)
def test_the_same_call_three_times_at_once_is_one_message(rumbo, way):
    talk = getattr(rumbo, way)()  # her very first words
    at_once([lambda: talk.send("hola", number="900000002")] * 3)
    assert sum("permiso de guardar" in text for text in all_heard(talk)) == 1


@pytest.mark.parametrize("way", WAYS)
def test_two_messages_at_once_are_answered_in_the_order_they_came(rumbo, way):
    talk = agreed(rumbo, way)
    for _ in range(5):
        at_once([lambda: talk.send("menú"), lambda: talk.send("me ayudas")])
    said = [text for text in all_heard(talk) if text != STILL_HERE]
    expected = [w for _, words, _ in wrote(talk) for w in (["menu"] if words == "menú" else ["help", "help"])]
    assert ["menu" if text == MENU else "help" for text in said] == expected


def test_two_hundred_people_at_once(rumbo):
    talks = [rumbo.whatsapp() if n % 2 else rumbo.telegram() for n in range(200)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda talk: talk.send("hola"), talks))
    for talk in talks:
        until(lambda talk=talk: not talk.busy(), seconds=60)
        assert ["permiso de guardar" in text for text in heard(talk) if text != STILL_HERE] == [False, False, True]
