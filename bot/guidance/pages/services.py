"""Services for a need: at most three, one of them, and taking it."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.services import Service
from bot.guidance import referring
from bot.guidance.facts import Person
from bot.guidance.pages.base import Page, busy, go
from bot.guidance.service_cards import card, why
from bot.referrals.states import State


def services(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """What fits a need, best first. `wanted`: the need, or need:state when she asked about another place."""
    need, _, state = wanted.partition(":")
    found = referring.found(person, need, state or None)
    if not found:
        return nothing(person)
    if len(found) == 1 or busy(person):  # while a question waits there is room for one, without taps
        return _shown(person, need, found[0].service, why(person, found[0]))
    lines = "\n\n".join(f"{n}. {f.service.name}: {why(person, f)}" for n, f in enumerate(found, 1))
    taps = tuple((f.service.name[:24], go("service", f"{need}:{f.service.id}")) for f in found)
    return _under(person.say("services", data=lines), (*taps, *_tools(person, need)))


def service(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """One of them: what it does and how to get there. `wanted`: need:id."""
    need, _, name = wanted.partition(":")
    one = referring.service(person, name)
    if one is None:
        return services(person, need, message_id)
    here = next((f for f in referring.found(person, need) if f.service.id == name), None)
    return _shown(person, need, one, why(person, here) if here else "")


def _shown(person: Person, need: str, one: Service, reason: str) -> list[Bubble]:
    words, value = person.content.words, f"{need}:{one.id}"
    taps = ((words("button_take"), go("service_take", value)), (words("button_other"), go("service_next", value)))
    return _under(person.say("service_now", service=card(person, one, reason)), (*taps, *_tools(person, need)))


def _tools(person: Person, need: str) -> tuple[tuple[str, str], ...]:
    """Beside a service for her money: the sums she can do here."""
    return ((person.content.words("button_money"), go("money")),) if need == "money" else ()


def take(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """She wants it: kept, and asked about later. Of a private one, whether the team may know."""
    need, _, name = wanted.partition(":")
    if referring.service(person, name) is None:
        return services(person, need, message_id)
    one = referring.answer(person, need, name, State.ACCEPTED, message_id)
    said = person.say("referral_taken") if person.learner.may_remind else person.say("referral_taken_quiet")
    words, number = person.content.words, str(one.id)
    ways = ((words("button_staff"), go("referral_staff", number)), (words("button_link"), go("referral_link", number)))
    return _under(said, ways)


def following(person: Person, wanted: str, message_id: int) -> list[Bubble]:
    """Not this one: the next."""
    need, _, name = wanted.partition(":")
    referring.answer(person, need, name, State.DECLINED, message_id)
    return services(person, need, message_id)


def nothing(person: Person) -> list[Bubble]:
    """Never an empty list: the national line, and a person."""
    return person.say("services_none", line=person.content.words("national_line"))


def _under(said: list[Bubble], taps: tuple[tuple[str, str], ...]) -> list[Bubble]:
    """A message with these taps before its own."""
    return [*said[:-1], Bubble(said[-1].text, (*taps, *said[-1].buttons)[:10], said[-1].content_id)]


PAGES: dict[str, Page] = {
    "services": services,
    "service": service,
    "service_take": take,
    "service_next": following,
}
