"""Asks at the agreed time how it went, and at 30, 90 and 180 days the first questions again."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from bot.content.library import Bubble
from bot.guidance import commitments, journey
from bot.guidance.days import spoken
from bot.guidance.tables import Commitment, CommitmentStatus
from bot.messages import schedule
from bot.people import hours

if TYPE_CHECKING:
    from bot.guidance.facts import Person

AFTER = timedelta(hours=1)
"""How long after the agreed hour it is asked whether it happened."""
EVENING = time(18)
"""When it is asked where no hour was agreed."""
WINDOW = timedelta(hours=24)
"""On WhatsApp we may write freely only so long after her last message."""
SHARED = "shared"


def arrange(person: Person, commitment_id: int) -> None:
    """Plan the question for a commitment, in place of an earlier one. None where she wants no messages."""
    one = person.session.get(Commitment, commitment_id)
    if one is None or one.learner_id != person.learner.id:
        return
    schedule.cancel(person.session, one.reminder_id)
    one.reminder_id = None
    moment = asked_at(person, one)
    if one.status is CommitmentStatus.OPEN and person.learner.may_remind and moment and moment > person.at:
        one.reminder_id = _plan(person, question(person, one), moment)


def arrange_all(person: Person) -> None:
    """Plan anew for every open commitment: the telephone or the wish for messages changed."""
    for one in commitments.open_ones(person.session, person.learner.id):
        arrange(person, one.id)


def asked_at(person: Person, one: Commitment) -> datetime | None:
    """The moment of the question, on her clock and in her hours; None without a day."""
    if one.day is None:
        return None
    clock = time.fromisoformat(one.hour) if one.hour else EVENING
    agreed = datetime.combine(one.day, clock, hours.zone(person.learner.state))
    return hours.allowed(person.learner.state, agreed + AFTER if one.hour else agreed)


def question(person: Person, one: Commitment) -> Bubble:
    """What is asked. On a shared telephone the first words tell nothing, and the rest comes when she answers."""
    if person.learner.phone == SHARED:
        yes, later = person.content.words("button_talk_now"), person.content.words("button_talk_later")
        ask = journey.start(journey.FOLLOW_UP, v=str(one.id))
        return Bubble(person.content.words("reminder_neutral"), ((yes, ask), (later, "/pause")), "reminder_neutral")
    if commitments.is_goal(one):
        return _put_away(person, one)
    text = person.say("reminder", commitment=commitments.short(person.sealer, person.content, one))[0].text
    done, not_yet = person.content.words("button_did_it"), person.content.words("button_not_yet")
    taps = ((done, f"{one.id}:si"), (not_yet, f"{one.id}:todavia_no"))
    answers = ((t, journey.start(journey.FOLLOW_UP, v=v)) for t, v in taps)
    return Bubble(text, (*answers, *do_now(person, one.id)), "reminder")


def _put_away(person: Person, one: Commitment) -> Bubble:
    """The question of every week for a goal. No sum in it: somebody else may read it."""
    words = person.content.words
    answers = (
        (words("button_put_away_yes"), "si"),
        (words("button_put_away_other"), "otra"),
        (words("button_put_away_no"), "no"),
    )
    taps = tuple((title, journey.start("apartar", v=f"{one.id}:{answer}")) for title, answer in answers)
    return Bubble(words("reminder_saving"), taps, "reminder_saving")


def do_now(person: Person, commitment_id: int | None) -> tuple[tuple[str, str], ...]:
    """Where a step is done with Rumbo, such as a CV: the way to do it at once."""
    one = person.session.get(Commitment, commitment_id) if commitment_id else None
    block = leads(person, one) if one else ""
    return ((person.content.words("button_do_now"), journey.start(block)),) if block else ()


def did_it(person: Person, block: str) -> tuple[tuple[str, str], ...]:
    """After a block: that with it a step of hers is done."""
    mine = [one for one in commitments.open_ones(person.session, person.learner.id) if leads(person, one) == block]
    title = person.content.words("button_step_done")
    return tuple((title, journey.start(journey.FOLLOW_UP, v=f"{one.id}:si")) for one in mine[:1])


def leads(person: Person, one: Commitment) -> str:
    """The block in which a step is done; nothing when she does it elsewhere."""
    asked = person.content.interviews[journey.COMMITMENTS].questions
    options = (o for q in asked if q.saves == "step" for o in q.options)
    return next((o.leads for o in options if o.leads and o.id == one.step), "")


def invite(person: Person) -> None:
    """Plan the later waves of the first questions. Planned before: nothing more."""
    for days, wave in journey.WAVES.items():
        name = f"wave/{wave}"
        if not schedule.has(person.session, person.learner.id, name):
            yes, later = person.content.words("button_talk_now"), person.content.words("button_talk_later")
            taps = ((yes, journey.start(journey.BASELINE)), (later, "/pause"))
            bubble = Bubble(person.content.words("wave_invite"), taps, name)
            _plan(person, bubble, person.at + timedelta(days=days))


def _plan(person: Person, bubble: Bubble, moment: datetime) -> int | None:
    at, version = person.at, person.content.version
    return schedule.plan(person.session, person.sealer, person.learner, bubble, moment, version, at)


def promise(person: Person) -> str:
    """What is said of the question to come: its day, or that she must write first, or that there is none."""
    run, content = person.run, person.content
    one = person.session.get(Commitment, run.about) if run and run.about else None
    moment = asked_at(person, one) if one and one.reminder_id else None
    if one is None or moment is None:
        return content.words("follow_up_none")
    if is_out_of_reach(person, one, moment):
        return content.words("follow_up_window")
    return content.words("follow_up_day", day=spoken(moment.astimezone(hours.zone(person.learner.state))))


def is_out_of_reach(person: Person, one: Commitment, moment: datetime) -> bool:
    """Whether the channel will have closed by then: WhatsApp, more than a day after her last message."""
    return schedule.channel_of(person.session, one.reminder_id) == "whatsapp" and moment - person.at > WINDOW
