"""Something is away or dies: every message is answered once, in order, and nobody is left in the dark."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import select

from bot.care.tables import Incident
from bot.config import ROOT
from bot.messages.tables import Status
from tests.flows.running import Running
from tests.flows.talking import until
from tests.flows.threads import CRY, HELP, LINE, MENU, STILL_HERE, WAYS, agreed, all_heard, answered, heard, warm, wrote


@pytest.fixture(scope="module")
def rumbo(tmp_path_factory, vendor):
    """A Rumbo that says "I am still here" after two seconds already."""
    folder = tmp_path_factory.mktemp("outages")
    shutil.copytree(ROOT / "content", folder / "content")
    with Running(folder, vendor, RUMBO_SLOW_SECONDS="2") as running:
        warm(running)
        yield running


@pytest.fixture
def without(rumbo):
    """Kills a process; `back` starts it again, at the latest when the test is over."""
    gone: list[str] = []

    def kill(name: str):
        rumbo.kill(name)
        gone.append(name)
        return back

    def back() -> None:
        rumbo.start(gone.pop())

    yield kill
    for name in gone:
        rumbo.start(name)


@pytest.mark.parametrize("name, way", [("engine1", "web"), ("engine1", "whatsapp"), ("inner", "telegram")])
def test_a_message_waits_is_told_so_once_and_is_answered_once(rumbo, without, way, name):
    talk = agreed(rumbo, way)
    back = without(name)
    talk.send("menú")
    until(lambda: heard(talk) == [STILL_HERE])
    back()
    assert all_heard(talk) == [STILL_HERE, MENU]


def test_a_message_is_taken_in_at_once_while_the_engine_is_away(rumbo, without):
    talk = agreed(rumbo, "whatsapp")
    without("engine1")
    talk.send("menú")
    assert [status for _, _, status in wrote(talk)] in ([Status.TODO], [Status.DOING])


def test_a_short_outage_is_not_worth_a_word(rumbo, without):
    talk = agreed(rumbo, "web")
    back = without("inner")
    talk.send("menú")
    back()
    until(lambda: MENU in heard(talk))
    assert heard(talk).count(MENU) == 1


def test_several_messages_wait_in_order(rumbo, without):
    talk = agreed(rumbo, "telegram")
    back = without("engine1")
    for words in ("menú", "me ayudas", "menú"):
        talk.send(words)
    until(lambda: STILL_HERE in heard(talk))
    back()
    said = [text for text in all_heard(talk) if text != STILL_HERE]
    assert said[0] == MENU and HELP in said[1] and said[-1] == MENU
    assert len(said) == 4  # the help is two bubbles


@pytest.mark.parametrize("name", ["engine1", "inner"])
def test_a_cry_for_help_needs_no_engine(rumbo, without, name):
    talks = [agreed(rumbo, way) for way in WAYS]
    without(name)
    for talk in talks:
        talk.send(CRY)
        until(lambda talk=talk: LINE in "".join(heard(talk)), seconds=2)
        with rumbo.house.db.read() as session:
            assert session.scalars(select(Incident.kind).where(Incident.learner_id == talk.learner)).one()


def test_a_cry_for_help_does_not_wait_behind_another_message(rumbo, without):
    talk = agreed(rumbo, "whatsapp")
    back = without("engine1")
    talk.send("menú")
    talk.send(CRY)
    until(lambda: LINE in "".join(heard(talk)), seconds=3)
    back()
    assert all_heard(talk).count(MENU) == 1


def test_the_worker_is_killed_in_the_middle_of_a_burst(rumbo):
    talks = [agreed(rumbo, "web") for _ in range(10)]
    said = ["menú", "me ayudas", "menú", "me ayudas", "menú"]
    for words in said:
        for talk in talks:
            talk.send(words)
    until(lambda: sum(len(heard(talk)) for talk in talks) > 10)
    rumbo.kill("worker")
    assert any(talk.busy() for talk in talks)
    rumbo.start("worker")
    for talk in talks:
        menus = [text == MENU for text in all_heard(talk) if text != STILL_HERE]
        assert menus == [True, False, False, True, False, False, True]
        assert answered(talk) == sorted(answered(talk))
        assert [status for _, _, status in wrote(talk)] == [Status.DONE] * 5


def test_the_engine_is_killed_in_the_middle_of_a_burst(rumbo, without):
    talks = [agreed(rumbo, "web") for _ in range(10)]
    for words in ("menú", "me ayudas", "menú"):
        for talk in talks:
            talk.send(words)
    until(lambda: sum(len(heard(talk)) for talk in talks) > 5)
    without("engine1")()
    for talk in talks:
        menus = [text == MENU for text in all_heard(talk) if text != STILL_HERE]
        assert menus == [True, False, False, True]


def test_the_chat_page_is_killed_and_keeps_the_thread(rumbo, without):
    talk = agreed(rumbo, "web")
    talk.says("menú")
    without("web")()
    assert heard(talk) == [MENU]
    assert HELP in talk.says("me ayudas")


def test_everything_is_killed_at_once(rumbo, without):
    talk = agreed(rumbo, "web")
    talk.send("menú")
    names = ["worker", "engine1", "inner", "web"]
    for name in names:
        rumbo.kill(name)
    for name in names:
        rumbo.start(name)
    assert [text for text in all_heard(talk) if text != STILL_HERE] == [MENU]
