"""The database and the vendors' ledger side by side: which row is which bubble on which phone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from bench.chaos.crowd import Written
from bench.chaos.house import House
from bench.chaos.vendor import Taken
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Address, Erasure

LEFT = (Status.SENT, Status.DELIVERED, Status.READ)


@dataclass
class Ledger:
    """All that is known at the end. `copies` are bubbles that reached a phone and that no row knows of."""

    written: list[Written]
    inbound: dict[tuple[str, str], Message]
    outbound: list[Message]
    answers: dict[int, list[Message]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, str] = field(default_factory=dict)
    """Address id -> the vendors' name of her."""
    texts: dict[int, str] = field(default_factory=dict)
    taken: dict[int, Taken] = field(default_factory=dict)
    """Outbound message id -> the bubble it became."""
    copies: list[Taken] = field(default_factory=list)
    erased: int = 0

    def answered_at(self, message: Message) -> float | None:
        """When the first bubble of its answer reached her, monotonic seconds."""
        reached = [self.taken[row.id].at for row in self.answers[message.id] if row.id in self.taken]
        return min(reached, default=None)


def read(house: House) -> Ledger:
    rumbo = house.running.house
    with rumbo.db.read() as session:
        rows = list(session.scalars(select(Message).order_by(Message.id)))
        people = {a.id: rumbo.sealer.unseal(a.sealed) for a in session.scalars(select(Address))}
        erased = len(list(session.scalars(select(Erasure))))
    inbound = {(m.channel, m.provider_id or ""): m for m in rows if m.direction is Direction.IN}
    outbound = [m for m in rows if m.direction is Direction.OUT]
    ledger = Ledger(house.crowd.all, inbound, outbound, people=people, erased=erased)
    for row in outbound:
        ledger.texts[row.id] = same(rumbo.sealer.unseal(row.sealed))
        if row.answers_id is not None and (row.part or 0) >= 0:
            ledger.answers[row.answers_id].append(row)
    balance(ledger, house.vendor.ledger)
    return ledger


def balance(ledger: Ledger, taken: list[Taken]) -> None:
    by_number = {number_of(row): row for row in ledger.outbound if row.provider_id}
    for bubble in taken:
        row = by_number.get(bubble.number)
        if row is not None:
            ledger.taken[row.id] = bubble
        else:
            ledger.copies.append(bubble)


def number_of(row: Message) -> int:
    """The number the double gave it: Twilio's is hexadecimal, behind "SM"."""
    said = row.provider_id or ""
    return int(said[2:], 16) if row.channel == "whatsapp" else int(said)


def same(text: str) -> str:
    """Words, however the lines were broken on the way."""
    return " ".join(text.split())
