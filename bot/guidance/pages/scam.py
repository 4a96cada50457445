"""Is this a fraud? The signs that were found, what to do about each, and what to do when it has happened."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.money import FraudSign
from bot.guidance import scams
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go

BLOCK = "fraude"
NEED = "money"
"""The need whose services help who has been deceived."""


def scam(person: Person, _: str, message_id: int) -> list[Bubble]:
    """What was found in the message she showed last; without one she is asked for it."""
    if scams.QUESTION not in person.memory.answers:
        return person.say("fraud_none")
    signs, says = scams.found(person), person.content.guide.money.says
    verdict = says[f"fraud_{scams.verdict(person)}"]
    told = Bubble(as_fits([verdict, *(f"• {s.title}. {s.tell}" for s in signs)]), content_id="fraud")
    if busy(person):
        return [told]
    return [told, Bubble(_what_to_do(person, signs), _ways(person), "fraud_do")]


def _what_to_do(person: Person, signs: list[FraudSign]) -> str:
    if not signs:
        return person.content.words("fraud_check")
    return as_fits([person.content.words("fraud_do"), *(f"• {s.do}" for s in signs)])


def _ways(person: Person) -> Buttons:
    words = person.content.words
    return (
        (words("button_already_sent"), go("fraud_after")),
        (words("button_another_message"), start(BLOCK)),
        (words("button_money"), go("money")),
    )


def after(person: Person, _: str, message_id: int) -> list[Bubble]:
    """She has already sent money or data."""
    ways = ((person.content.words("button_who_helps"), go("services", NEED)), _ways(person)[-1])
    return [Bubble(person.content.guide.money.says["fraud_already"], ways, "fraud_already")]


PAGES: dict[str, Page] = {"fraud": scam, "fraud_after": after}
