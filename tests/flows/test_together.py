"""One process beside the engine, for a machine with little memory: it does all that five do."""

from __future__ import annotations

import shutil
import signal

import httpx
import pytest

from bot.config import ROOT
from bot.processes import TOGETHER
from tests.flows.running import Running
from tests.flows.talking import until
from tests.flows.threads import HELP, MENU, STILL_HERE, WAYS, agreed, all_heard, at_once, heard, warm, wrote


@pytest.fixture(scope="module")
def rumbo(tmp_path_factory, vendor):
    folder = tmp_path_factory.mktemp("together")
    shutil.copytree(ROOT / "content", folder / "content")
    with Running(folder, vendor, RUMBO_SMALL="yes") as running:
        warm(running)
        yield running


def test_there_are_two_processes(rumbo):
    assert list(rumbo.team) == [TOGETHER, "engine1"]


@pytest.mark.parametrize("way", WAYS)
def test_it_talks_on_every_channel(rumbo, way):
    talk = agreed(rumbo, way)
    talk.send("menú")
    assert all_heard(talk) == [MENU]


def test_it_has_the_console_on_a_port_of_its_own(rumbo):
    console = f"http://127.0.0.1:{rumbo.settings.rumbo_staff_port}"
    assert "Rumbo" in httpx.get(console, follow_redirects=True).text
    assert "rumbo_spool_waiting" in httpx.get(f"{console}/metrics").text
    assert rumbo.http.get("/metrics").status_code == 404


def test_many_at_once_are_answered_in_order(rumbo):
    talks = [agreed(rumbo, WAYS[n % len(WAYS)]) for n in range(12)]
    for words in ("menú", "me ayudas"):
        at_once([lambda talk=talk, words=words: talk.send(words) for talk in talks])
    for talk in talks:
        said = [text for text in all_heard(talk) if text != STILL_HERE]
        assert said[0] == MENU and HELP in said[1]


def test_killed_with_messages_in_hand_it_answers_them_when_it_is_back(rumbo):
    talk = agreed(rumbo, "whatsapp")
    for words in ("menú", "me ayudas", "menú"):
        talk.send(words)
    rumbo.restart(TOGETHER)
    until(lambda: heard(talk).count(MENU) >= 2)
    said = [text for text in all_heard(talk) if text != STILL_HERE]
    assert said[0] == MENU and said[-1] == MENU and any(HELP in text for text in said)
    assert all(str(status) == "done" for _, _, status in wrote(talk))


def test_told_to_stop_it_ends_what_it_has_in_hand(rumbo):
    talk = agreed(rumbo, "telegram")
    talk.send("menú")
    until(lambda: [str(status) for _, _, status in wrote(talk)] != ["todo"])
    process = rumbo.team[TOGETHER]
    process.stop(signal.SIGTERM)
    assert process.running.wait(20) == 0
    assert [str(status) for _, _, status in wrote(talk)] == ["done"]
    assert "Traceback" not in process.log.read_text()
    rumbo.start(TOGETHER)
    assert all_heard(talk) == [MENU]
