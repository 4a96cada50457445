"""The loans she was offered, as she told them: one, and another to compare it with."""

from __future__ import annotations

from bot.guidance.facts import Person
from bot.guidance.money.loans import Offer

FIRST, OTHER = "pr", "po"
"""How the questions of each begin (`prestamo.yml`, `prestamo_otro.yml`)."""
DEFAULT_EVERY = 52


def read(person: Person, which: str) -> Offer | None:
    """An offer of hers; None while a number of it is missing. Raises `ValueError` when its numbers cannot be true."""
    heard = person.memory.answers
    sums = [heard.get(f"{which}_{name}") for name in ("monto", "pago", "pagos")]
    if not all(sums):
        return None
    principal, payment, payments = (round(float(one)) for one in sums if one)
    fee, every = round(heard.get(f"{which}_comision") or 0), int(heard.get(f"{which}_cada") or DEFAULT_EVERY)
    name = person.content.words("loan_first" if which == FIRST else "loan_other")
    return Offer(name, principal, payment, payments, fee, every)
