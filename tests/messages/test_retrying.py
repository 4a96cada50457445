"""`rumbo retry`: what was given up is answered after all, unless she has written since."""

from __future__ import annotations

from sqlalchemy import select

from bot import retrying
from bot.messages.rasa import NoAnswer
from bot.messages.tables import Direction, Message, Status
from bot.runtime import Runtime
from tests.builders import consent, write
from tests.fakes import FakeRasa
from tests.messages.working import everything, free, worker_of


def all_of(house: Runtime, direction: Direction) -> list[tuple[str, Status]]:
    with house.db.read() as session:
        mine = select(Message).where(Message.direction == direction).order_by(Message.id)
        return [(house.sealer.unseal(m.sealed), m.status) for m in session.scalars(mine)]


async def give_up(house: Runtime, sender: str, text: str = "quiero trabajar") -> None:
    """Her message fails as often as it takes."""
    consent(house, sender)
    await everything(worker_of(house, FakeRasa()))
    write(house, text, sender)
    await fail(house)


async def fail(house: Runtime) -> None:
    worker = worker_of(house, FakeRasa(trouble=[NoAnswer()] * 3))
    for _ in range(3):
        await everything(worker)
        free(house)


async def test_counting_changes_nothing(small_house):
    await give_up(small_house, "ana")
    before = all_of(small_house, Direction.IN), all_of(small_house, Direction.OUT)
    said = list(retrying.run(small_house, really=False))
    assert said[0].split() == "1 to try, 0 too late (she has written since) The engine had no answer.".split()
    assert said[-1].startswith("0 files in ") and said[-1].endswith("rumbo retry --yes")
    assert (all_of(small_house, Direction.IN), all_of(small_house, Direction.OUT)) == before


async def test_what_was_given_up_gets_its_answer(house):
    await give_up(house, "ana")
    assert all_of(house, Direction.IN)[-1] == ("quiero trabajar", Status.FAILED)
    assert list(retrying.run(house, really=True))[-1].startswith("1 messages and 0 files of ")
    await everything(worker_of(house, FakeRasa()))
    assert all_of(house, Direction.IN)[-1] == ("quiero trabajar", Status.DONE)
    assert "oí quiero trabajar" in [text for text, _ in all_of(house, Direction.OUT)]


async def test_an_apology_that_has_left_stays_in_the_conversation_and_one_that_has_not_goes(small_house):
    await give_up(small_house, "ana")
    apology = all_of(small_house, Direction.OUT)[-1][0]
    with small_house.db.write() as session:
        session.scalars(select(Message).order_by(Message.id.desc()).limit(1)).one().status = Status.SENT
    await give_up(small_house, "berta")
    list(retrying.run(small_house, really=True))
    assert [status for text, status in all_of(small_house, Direction.OUT) if text == apology] == [Status.SENT]


async def test_an_old_yes_does_not_answer_a_newer_question(small_house):
    await give_up(small_house, "ana", "sí")
    write(small_house, "mejor otra cosa", "ana")
    await everything(worker_of(small_house, FakeRasa()))
    said = list(retrying.run(small_house, really=True))
    assert said[0].split()[:5] == ["0", "to", "try,", "1", "too"]
    assert ("sí", Status.FAILED) in all_of(small_house, Direction.IN)


async def test_what_fails_again_is_given_up_again(small_house):
    await give_up(small_house, "ana")
    list(retrying.run(small_house, really=True))
    await fail(small_house)
    assert all_of(small_house, Direction.IN)[-1][1] is Status.FAILED
