"""How a block begins: which commitment it is about, and whether what came out of it is there already."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.models import Interview
from bot.guidance import commitments, journey
from bot.guidance.facts import Person


def has_result(person: Person, interview: Interview) -> bool:
    """Whether she has been through a block that leads to a page; one about one of many begins anew each time."""
    if not interview.page or interview.about_one:
        return False
    return interview.id in journey.finished(person.session, person.learner.id)


def which(person: Person, interview: str, about: str) -> tuple[int | None, list[Bubble]]:
    """The commitment a block is about; or what is said where there are enough, none, or several to choose from."""
    open_ones = commitments.open_ones(person.session, person.learner.id)
    if interview == journey.COMMITMENTS and len(open_ones) >= commitments.MOST:
        return None, person.say("enough_steps")
    if interview != journey.FOLLOW_UP:
        return None, []
    wanted = [one for one in open_ones if not about or str(one.id) == about]
    if not wanted:
        return None, person.say("no_steps")
    if len(wanted) == 1:
        return wanted[0].id, []
    taps = tuple((commitments.title(person.sealer, one), journey.start(interview, v=str(one.id))) for one in wanted)
    return None, [Bubble(person.content.words("choose_step"), taps, "choose_step")]
