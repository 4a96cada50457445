"""Something is away, dies or comes twice: every message is answered once, in order, and nobody is left in the dark."""

from __future__ import annotations

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.care.tables import Incident
from bot.config import ROOT
from bot.messages.tables import Direction, Message, Status
from tests.flows.running import Running, Talk

STILL_HERE = (
    "Sigo aquí. Me está tomando más tiempo de lo normal, pero ya recibí tu mensaje y te contesto en cuanto pueda."
)
MENU = "¿Qué quieres hacer?"
HELP = "Contigo armo un plan"
WAYS = ["web", "whatsapp", "telegram"]


@pytest.fixture(scope="module")
def rumbo(tmp_path_factory, vendor):
    """A Rumbo that says "I am still here" after two seconds already."""
    folder = tmp_path_factory.mktemp("outages")
    shutil.copytree(ROOT / "content", folder / "content")
    with Running(folder, vendor, RUMBO_SLOW_SECONDS="2") as running:
        for way in WAYS:  # the first message of a worker takes a second or two more: it loads what it needs
            talk = agreed(running, way)
            talk.send(CRY)
            all_heard(talk)
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


def until(check, seconds: float = 25.0) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def heard(talk: Talk) -> list[str]:
    return [sent.text for sent in talk.fetch()[0]]


def all_heard(talk: Talk) -> list[str]:
    """Everything said to her, once nothing is left to answer or to send."""
    until(lambda: not talk.busy())
    return heard(talk)


def agreed(rumbo: Running, way: str) -> Talk:
    return getattr(rumbo, way)().agree()


def answered(talk: Talk) -> list[int]:
    """Which of her messages our bubbles answer, in the order in which they were said."""
    with talk.running.house.db.read() as session:
        ours = select(Message.answers_id).where(Message.learner_id == talk.learner, Message.direction == Direction.OUT)
        return list(session.scalars(ours.order_by(Message.id)))


def wrote(talk: Talk) -> list[tuple[int, str, str]]:
    """Her messages as they arrived: number, words, status."""
    house = talk.running.house
    with house.db.read() as session:
        hers = select(Message).where(Message.learner_id == talk.learner, Message.direction == Direction.IN)
        return [(m.id, house.sealer.unseal(m.sealed), m.status) for m in session.scalars(hers.order_by(Message.id))]


# Away


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
    began = time.monotonic()
    talk.send("menú")
    assert time.monotonic() - began < 1
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


# A cry for help


CRY, LINE = "ya no quiero vivir, me quiero matar", "800 911 2000"


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


# Killed


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


# Twice, and at once


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
    together([lambda: talk.send("hola", number="900000002")] * 3)
    assert sum("permiso de guardar" in text for text in all_heard(talk)) == 1


@pytest.mark.parametrize("way", WAYS)
def test_two_messages_at_once_are_answered_in_the_order_they_came(rumbo, way):
    talk = agreed(rumbo, way)
    for _ in range(5):
        together([lambda: talk.send("menú"), lambda: talk.send("me ayudas")])
    said = [text for text in all_heard(talk) if text != STILL_HERE]
    expected = [w for _, words, _ in wrote(talk) for w in (["menu"] if words == "menú" else ["help", "help"])]
    assert ["menu" if text == MENU else "help" for text in said] == expected


def together(acts) -> None:
    """All of it at the same moment, each in its own thread."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_hundred_people_at_once(rumbo):
    talks = [rumbo.whatsapp() if n % 2 else rumbo.telegram() for n in range(200)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda talk: talk.send("hola"), talks))
    for talk in talks:
        until(lambda talk=talk: not talk.busy(), seconds=60)
        assert ["permiso de guardar" in text for text in heard(talk) if text != STILL_HERE] == [False, False, True]
