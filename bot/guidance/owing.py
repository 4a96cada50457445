"""What she owes, to whom, and what she can put on top: up to three debts as she told them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guidance.facts import Person
from bot.guidance.memory import questions
from bot.guidance.money.debts import Debt
from bot.guidance.wording import in_words

MOST = 3
"""Debts that are asked for (`deudas.yml`)."""


def read(person: Person) -> list[Debt]:
    """Her debts in the order told; none while the first is not whole."""
    return list(_told(person))


def _told(person: Person) -> Iterator[Debt]:
    heard, names = person.memory.answers, set[str]()
    for number in range(1, MOST + 1):
        owed, payment = heard.get(f"d{number}_debe"), heard.get(f"d{number}_paga")
        if not owed or payment is None:
            return
        name = _name(person, number)
        name = f"{name} ({number})" if name in names else name
        names.add(name)
        yield Debt(name, round(owed), round(payment), _rate(heard.get(f"d{number}_interes")))
        if heard.get(f"d{number}_otra") != "si":
            return


def _name(person: Person, number: int) -> str:
    """To whom: our phrase, or her own words."""
    which = f"d{number}_que"
    question = questions(person.content).get(which)
    words = person.memory.words.get(which, "")
    said = in_words(question, person.memory.answers.get(which), words, person.content) if question else words
    return said or person.content.words("debt_number", count=number)


def _rate(said: object) -> int:
    """Percent a year; 0 where she does not know it."""
    return int(said) if isinstance(said, str) and said.isdecimal() else 0


def unsure(person: Person) -> bool:
    """Whether the interest of one of them is not known."""
    rates = [person.memory.answers.get(f"d{n}_interes") for n in range(1, len(read(person)) + 1)]
    return any(_rate(one) == 0 and one != "0" for one in rates)


def on_top(person: Person) -> int:
    """Pesos a month on top of what she pays."""
    return round(person.amount("debt_extra") or 0)
