"""How a block begins: which commitment it is about, and whether what came out of it is there already."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.models import Interview
from bot.guidance import commitments, goals, journey
from bot.guidance.facts import Person
from bot.guidance.tables import Commitment


def has_result(person: Person, interview: Interview) -> bool:
    """Whether she has been through a block that leads to a page; one about one of many begins anew each time."""
    if not interview.page or interview.about_one:
        return False
    return interview.id in journey.finished(person.session, person.learner.id)


def which(person: Person, interview: str, about: str) -> tuple[int | None, list[Bubble]]:
    """The commitment a block is about; or what is said where there are enough, none, or several to choose from."""
    open_ones = commitments.open_ones(person.session, person.learner.id)
    if interview == journey.COMMITMENTS and sum(not commitments.is_goal(one) for one in open_ones) >= commitments.MOST:
        return None, person.say("enough_steps")
    if interview == goals.PUT_AWAY:
        goal = goals.current(person)
        return (goal.id, []) if goal else (None, person.say("goal_none"))
    if interview != journey.FOLLOW_UP:
        return None, []
    wanted = [one for one in open_ones if not about or str(one.id) == about]
    if not wanted:
        return None, person.say("no_steps")
    if len(wanted) == 1:
        return wanted[0].id, []
    taps = tuple((commitments.title(person.sealer, one), _asked(one)) for one in wanted)
    return None, [Bubble(person.content.words("choose_step"), taps, "choose_step")]


def _asked(one: Commitment) -> str:
    """A goal is followed by what was put away, any other step by how it went."""
    block = goals.PUT_AWAY if commitments.is_goal(one) else journey.FOLLOW_UP
    return journey.start(block, v=str(one.id))


def followed(person: Person, interview: Interview, about: int | None) -> Interview:
    """The block in which the commitment it is about is followed."""
    one = person.session.get(Commitment, about) if about else None
    is_step = interview.id == journey.FOLLOW_UP and one is not None and commitments.is_goal(one)
    return person.content.interviews[goals.PUT_AWAY] if is_step else interview
