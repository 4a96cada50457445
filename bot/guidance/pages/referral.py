"""How a referral went, in two taps; and the next service at once when it failed."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance import referring
from bot.guidance.facts import Person
from bot.guidance.pages.base import Page, go
from bot.guidance.pages.services import services
from bot.referrals import ledger, links
from bot.referrals.states import REASONS, State
from bot.referrals.tables import Referral


def referral(person: Person, number: str, message_id: int) -> list[Bubble]:
    """The question itself, opened by her."""
    one = referring.hers(person, number)
    if one is None:
        return person.say("nothing_open")
    return [Bubble(referring.asking(person, one), referring.answers(person, one), "referral_ask")]


def went(person: Person, number: str, message_id: int) -> list[Bubble]:
    """She was there: did it help?"""
    one = _told(person, number, State.ATTENDED, message_id)
    if one is None:
        return person.say("nothing_open")
    words = person.content.words
    taps = (
        (words("button_helped"), go("referral_helped", number)),
        (words("button_not_over"), "/menu"),
        (words("button_went_badly"), go("referral_why", number)),
    )
    return [Bubble(words("referral_went"), taps, "referral_went")]


def helped(person: Person, number: str, message_id: int) -> list[Bubble]:
    one = _told(person, number, State.RESOLVED, message_id)
    return person.say("referral_helped") if one else person.say("nothing_open")


def waiting(person: Person, number: str, message_id: int) -> list[Bubble]:
    """She has called or wants to go: nothing to scold, it is asked once more."""
    one = referring.hers(person, number)
    return person.say("referral_waiting") if one else person.say("nothing_open")


def why(person: Person, number: str, message_id: int) -> list[Bubble]:
    """What got in the way, or how it was bad."""
    if referring.hers(person, number) is None:
        return person.say("nothing_open")
    taps = tuple((person.content.words(f"referral_why_{r}"), go("referral_failed", f"{number}:{r}")) for r in REASONS)
    return [Bubble(person.content.words("referral_why"), taps, "referral_why")]


def failed(person: Person, told: str, message_id: int) -> list[Bubble]:
    """It did not work out: kept with the reason, and the next service at once."""
    number, _, reason = told.partition(":")
    one = referring.hers(person, number)
    if one is None or reason not in REASONS or not referring.tell(person, one, State.FAILED, message_id, reason):
        return person.say("nothing_open")
    need, _ = ledger.what(person.sealer, one)
    return [*person.say("referral_failed"), *services(person, need, message_id)]


def for_staff(person: Person, number: str, message_id: int) -> list[Bubble]:
    """With her yes the team sees it and can go along."""
    one = referring.hers(person, number)
    if one is None:
        return person.say("nothing_open")
    one.for_staff = True
    return person.say("referral_staff")


def link(person: Person, number: str, message_id: int) -> list[Bubble]:
    """A one-time address for the one who attends to her."""
    one = referring.hers(person, number)
    if one is None:
        return person.say("nothing_open")
    token = links.make(person.session, one, person.at)
    return person.say("referral_link", url=f"{person.public_url}/confirma/{token}")


def _told(person: Person, number: str, to: State, message_id: int) -> Referral | None:
    one = referring.hers(person, number)
    return one if one and referring.tell(person, one, to, message_id) else None


PAGES: dict[str, Page] = {
    "referral": referral,
    "referral_went": went,
    "referral_helped": helped,
    "referral_waiting": waiting,
    "referral_why": why,
    "referral_failed": failed,
    "referral_staff": for_staff,
    "referral_link": link,
}
