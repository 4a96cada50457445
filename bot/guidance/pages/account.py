"""Which account fits: by what comes in, and what to look after."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.guidance.facts import Person
from bot.guidance.journey import start
from bot.guidance.money.accounts import Fit, Wanted, which
from bot.guidance.pages.base import Buttons, Page, as_fits, busy, go
from bot.guidance.wages import spoken_date

BLOCK, NEED = "cuenta", "money"


def read(person: Person) -> Wanted | None:
    """What she wants it for; None while she has not said what would come in."""
    monthly, said = person.amount("account_income"), person.memory.answers.get("cu_como") or []
    if monthly is None:
        return None
    return Wanted(round(monthly), "support" in said, "private" in said, "far" in said, "no_phone" not in said)


def account(person: Person, _: str, message_id: int) -> list[Bubble]:
    """The smallest kind that holds what comes in, then a note for each thing that is hers."""
    wanted = read(person)
    if wanted is None:
        return person.say("account_none")
    money = person.content.guide.money
    found = which(wanted, {one.id: one.month for one in money.accounts if one.month is not None})
    shown = Bubble(as_fits(_level(person, found)), content_id="account")
    if busy(person):
        return [shown]
    notes = [f"• {money.notes[name]}" for name in found.notes]
    return [shown, Bubble(as_fits(notes), _ways(person), "account_notes")]


def _level(person: Person, found: Fit) -> list[str]:
    money = person.content.guide.money
    open_one = next(one for one in money.accounts if one.month is None)
    row = next((one for one in money.accounts if one.id == found.level), open_one)
    where = money.says["from"].format(source=row.source, as_of=spoken_date(row.as_of))
    if row.month is None or found.room is None:
        return [money.says["account_open"].format(name=row.name), where]
    room = [money.says["account_room"].format(pesos=f"{found.room:,}")] if found.room else []
    return [money.says["account_level"].format(name=row.name, pesos=f"{row.month:,}"), *room, where]


def _ways(person: Person) -> Buttons:
    words = person.content.words
    return (
        (words("button_account_income"), start(BLOCK, q="cu_entra")),
        (words("button_account_case"), start(BLOCK, q="cu_como")),
        (words("button_account_where"), go("services", NEED)),
        (words("button_step"), start("compromisos")),
        (words("button_money"), go("money")),
    )


PAGES: dict[str, Page] = {"account": account}
