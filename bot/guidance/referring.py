"""What a learner does with a referral: takes it, says how it went, tries the next one; and when Rumbo asks."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.content.library import Bubble
from bot.content.services import Service
from bot.guidance.days import today
from bot.guidance.facts import Person
from bot.guidance.pages.base import go
from bot.messages import schedule
from bot.referrals import directory, ledger
from bot.referrals.directory import Found, Seeker
from bot.referrals.ledger import Step
from bot.referrals.states import OPEN, By, State, may
from bot.referrals.tables import Referral

ASKED = {"48h": timedelta(hours=48), "14d": timedelta(days=14)}
"""How long after her yes Rumbo asks how it went."""
GONE = frozenset({State.DECLINED, State.FAILED})
"""A service is not proposed again for a need after these."""


def seeker(person: Person, need: str, state: str | None = None) -> Seeker:
    """Who looks for what: all that is known of her, and what is behind her already."""
    learner = person.learner
    mine = [one for one in ledger.hers(person.session, learner.id) if one.status in GONE]
    gone = {service for for_, service in (ledger.what(person.sealer, one) for one in mine) if for_ == need}
    works, dependants = person.saved("works"), person.saved("dependants")
    return Seeker(
        need=need,
        state=state or learner.state,
        municipality=learner.municipality if state in (None, learner.state) else None,
        age_band=learner.age_band,
        gender=learner.gender,
        works={"si": True, "no": False}.get(works or ""),
        children=bool(dependants) and "nadie" not in (dependants or ""),
        without=frozenset(gone),
    )


def found(person: Person, need: str, state: str | None = None) -> list[Found]:
    """At most three services for a need, the best first."""
    services = directory.listed(person.session).values()
    return directory.find(services, seeker(person, need, state), today(person.at))


def service(person: Person, wanted: str) -> Service | None:
    """A service of the directory that may be told today."""
    one = directory.listed(person.session).get(wanted)
    return one if one and directory.is_fresh(one, today(person.at)) else None


def answer(person: Person, need: str, wanted: str, to: State, message_id: int) -> Referral:
    """She takes a service, leaves it, or goes on to the next; a step that is behind her changes nothing."""
    one = ledger.refer(person.session, person.sealer, person.learner.id, need, wanted, person.at)
    if may(By.LEARNER, one.status, to):
        ledger.move(person.session, one, to, Step(By.LEARNER, person.at, message_id))
        arrange(person, one)
    return one


def tell(person: Person, one: Referral, to: State, message_id: int, reason: str | None = None) -> bool:
    """What she says of how it went. False when that is not a step from where it stands."""
    if one.status is not to and not may(By.LEARNER, one.status, to):
        return False
    ledger.move(person.session, one, to, Step(By.LEARNER, person.at, message_id, reason))
    arrange(person, one)
    return True


def hers(person: Person, number: str) -> Referral | None:
    """A referral of hers by its number."""
    one = person.session.get(Referral, int(number)) if number.isdecimal() else None
    return one if one and one.learner_id == person.learner.id else None


def arrange(person: Person, one: Referral) -> None:
    """Plan the questions how it went while it is open; take back what is not needed any more."""
    if one.status not in OPEN:
        for after in ASKED:
            schedule.withdraw(person.session, one.learner_id, _name(one, after))
    elif person.learner.may_remind:
        for after, span in ASKED.items():
            if not schedule.has(person.session, person.learner.id, _name(one, after)):
                _plan(person, question(person, one, after), person.at + span)


def _name(one: Referral, after: str) -> str:
    return f"referral/{one.id}/{after}"


def question(person: Person, one: Referral, after: str) -> Bubble:
    """How did it go? Of a private one, and on a shared telephone, nothing is named."""
    content, number = person.content, str(one.id)
    if person.learner.phone == "shared":
        now, later = content.words("button_talk_now"), content.words("button_talk_later")
        taps = ((now, go("referral", number)), (later, "/pause"))
        return Bubble(content.words("reminder_neutral"), taps, _name(one, after))
    return Bubble(asking(person, one), answers(person, one), _name(one, after))


def asking(person: Person, one: Referral) -> str:
    """The words of the question."""
    named = None if ledger.is_private(one) else service(person, ledger.what(person.sealer, one)[1])
    words = person.content.words
    return words("referral_ask", service=named.name) if named else words("referral_ask_neutral")


def answers(person: Person, one: Referral) -> tuple[tuple[str, str], ...]:
    """The taps under "how did it go?"."""
    words, number = person.content.words, str(one.id)
    return (
        (words("button_went"), go("referral_went", number)),
        (words("button_waiting"), go("referral_waiting", number)),
        (words("button_could_not"), go("referral_why", number)),
    )


def _plan(person: Person, bubble: Bubble, moment: datetime) -> None:
    version = person.content.version
    schedule.plan(person.session, person.sealer, person.learner, bubble, moment, version, person.at)
