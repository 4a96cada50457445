"""What must be true at the end. Each check returns what is wrong, one sentence a case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.chaos.house import House
from bench.chaos.ledger import LEFT, Ledger, same
from bench.chaos.vendor import Taken
from bot import spool
from bot.care.tables import Incident, IncidentKind
from bot.db import Base, now
from bot.guidance.tables import Answer, Commitment, PathwayChoice, Run, RunStatus, TipGiven
from bot.messages.tables import SCHEDULED, UNTIL_SHE_WRITES, Direction, Message, Status, Turn
from bot.people.tables import Consent
from bot.referrals.tables import Referral

LEGAL = {
    Direction.IN: {Status.TODO, Status.DOING, Status.DONE, Status.FAILED},
    Direction.OUT: {*Status} - {Status.DONE},
}
SILENT = ("double_tap", "held")
"""What was understood of a message whose right answer is silence."""
ONCE: list[tuple[type[Base], tuple[str, ...]]] = [
    (Turn, ("message_id",)),
    (Answer, ("run_id", "question")),
    (PathwayChoice, ("learner_id", "message_id")),
    (Commitment, ("learner_id", "message_id")),
    (TipGiven, ("learner_id", "tip")),
    (Referral, ("learner_id", "service", "need")),
    (Consent, ("message_id",)),
    (Incident, ("message_id",)),
    (Run, ("learner_id", "interview", "started_at")),
    (Message, ("channel", "direction", "provider_id")),
    (Message, ("answers_id", "part")),
]
"""What a message may leave behind once: the columns that tell one outcome from another."""


@dataclass
class Findings:
    """`wrong` are faults of Rumbo, by check; `seen` are figures; `waits` seconds from written to answered."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not any(self.wrong.values())


def audit(house: House, ledger: Ledger) -> Findings:
    found = Findings()
    with house.running.house.db.read() as session:
        checks: dict[str, Iterator[str]] = {
            "every message is there once": lost(ledger, found),
            "answered once, or given up with a reason": unanswered(session, ledger, found),
            "in order, as it came in": order_in(ledger),
            "in order, as it was answered": order_out(house, ledger),
            "what the vendors got is what was sent": sent(ledger, found),
            "nothing reached a phone twice but by nature": copies(house, ledger, found),
            "nothing is stuck": stuck(ledger),
            "statuses are legal": illegal(ledger),
            "no outcome twice": twice(session),
            "incidents and consents are whole": records(session),
            "the spool is empty": spooled(house),
            "the database is sound": sound(house, session),
        }
        found.wrong = {name: list(cases) for name, cases in checks.items()}
    return found


def lost(ledger: Ledger, found: Findings) -> Iterator[str]:
    found.seen["messages"] = len(ledger.written)
    for written in ledger.written:
        known = (written.channel, written.provider_id) in ledger.inbound
        found.seen["lost"] += not known and not ledger.erased
        if not written.taken:
            yield f"{written.provider_id}: Rumbo never took it"
        elif not known and not ledger.erased:
            yield f"{written.provider_id}: taken, and not in the database"


def unanswered(session: Session, ledger: Ledger, found: Findings) -> Iterator[str]:
    known = set(session.scalars(select(Incident.message_id)))
    at = {(w.channel, w.provider_id): w.at for w in ledger.written}
    for key, message in ledger.inbound.items():
        reached = ledger.answered_at(message)
        if reached is not None:
            found.waits.append(reached - at[key])
        if message.status is Status.FAILED:
            found.seen["given up, with a reason and an incident"] += 1
            found.reasons[f"in: {message.reason}"] += 1
            if not message.reason or message.id not in known:
                yield f"message {message.id} failed without a reason or an incident"
        elif (message.understanding or {}).get("intent") in SILENT:
            found.seen["silence was the answer (a double tap)"] += 1
        elif not ledger.answers[message.id]:
            yield f"message {message.id} is {message.status} and has no answer"
        else:
            found.seen["answered"] += 1


def order_in(ledger: Ledger) -> Iterator[str]:
    rank = {(w.channel, w.provider_id): w.rank for w in ledger.written}
    for person, keys in _by_person(ledger).items():
        for (_, earlier), (_, later) in pairwise(sorted((ledger.inbound[key].id, key) for key in keys)):
            if rank[earlier] > rank[later]:
                yield f"{person}: {earlier[1]} came after {later[1]}"


def _by_person(ledger: Ledger) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for written in ledger.written:
        if (written.channel, written.provider_id) in ledger.inbound:
            found[written.person].append((written.channel, written.provider_id))
    return found


def order_out(house: House, ledger: Ledger) -> Iterator[str]:
    """A cry for help is answered out of order, on purpose."""
    cries = {m.id for m in ledger.inbound.values() if "safety:" in str((m.understanding or {}).get("intent"))}
    by_address: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for row in ledger.outbound:
        if row.id in ledger.taken and row.answers_id not in cries and (row.part or 0) >= 0:
            by_address[row.address_id].append((ledger.taken[row.id].at, row.answers_id or 0, row.part or 0))
    for address, bubbles in by_address.items():
        for (_, *earlier), (at, *later) in pairwise(sorted(bubbles)):
            if earlier > later:
                when = house.during(at)
                yield f"address {address}: bubble {later} (message, part) came after {earlier} (during: {when})"


def sent(ledger: Ledger, found: Findings) -> Iterator[str]:
    for row in ledger.outbound:
        bubble = ledger.taken.get(row.id)
        if row.status in LEFT:
            found.seen["bubbles sent"] += 1
            if bubble is None:
                number = f"number {row.provider_id}, {row.channel}, tried {row.attempts} times"
                yield f"bubble {row.id} is {row.status} and no vendor has it ({number}, since {row.created_at})"
            elif bubble.person != ledger.people[row.address_id] or not same(bubble.text).startswith(
                ledger.texts[row.id]
            ):
                yield f"bubble {row.id} reached somebody else or with other words"
        elif row.status is Status.FAILED:
            found.seen["bubbles given up, with a reason"] += 1
            found.reasons[f"out: {row.reason}"] += 1
            if not row.reason:
                yield f"bubble {row.id} failed without a reason"


def copies(house: House, ledger: Ledger, found: Findings) -> Iterator[str]:
    """What reached a phone and no row names: why, as far as it is known."""
    known: dict[str, list[Message]] = defaultdict(list)
    for row in ledger.outbound:
        known[ledger.people[row.address_id]].append(row)
    for bubble in ledger.copies:  # numbered choices may stand behind the words
        rows = [row for row in known[bubble.person] if same(bubble.text).startswith(ledger.texts[row.id])]
        why = nature(house, bubble)
        word = "arrived, though noted as failed" if all(r.status is Status.FAILED for r in rows) else "doubled"
        if why and rows:
            found.seen[f"{word} by nature: {why}"] += 1
            found.seen[f"{word} by nature"] += 1
        else:
            found.seen["doubled"] += 1
            when = house.during(bubble.at)
            yield f"bubble {bubble.number} for {bubble.person} is a copy, and nothing explains it (during: {when})"


def nature(house: House, bubble: Taken) -> str:
    if not bubble.told:
        return "the vendor took it and reset"
    return next((why for start, end, why in house.shadows if start <= bubble.at <= end), "")


def stuck(ledger: Ledger) -> Iterator[str]:
    for row in (*ledger.inbound.values(), *ledger.outbound):
        waits_for_her = row.not_before == UNTIL_SHE_WRITES and bool(row.reason)
        planned = row.kind == SCHEDULED and row.not_before > now()
        if row.status in (Status.TODO, Status.DOING) and not (waits_for_her or planned):
            since = f"since {row.created_at}, tried {row.attempts} times, due {row.not_before}"
            yield f"message {row.id} ({row.direction}, {row.kind}) is {row.status} {since}: {row.reason}"


def illegal(ledger: Ledger) -> Iterator[str]:
    for row in (*ledger.inbound.values(), *ledger.outbound):
        if row.status not in LEGAL[row.direction]:
            yield f"message {row.id} ({row.direction}) is {row.status}"


def twice(session: Session) -> Iterator[str]:
    for table, names in ONCE:
        columns = [getattr(table, name) for name in names]
        there = [column.is_not(None) for column in columns]
        again = select(*columns).where(*there).group_by(*columns).having(func.count() > 1)
        yield from (f"{table.__name__}: {tuple(row)} is there more than once" for row in session.execute(again))
    active = select(Run.learner_id).where(Run.status == RunStatus.ACTIVE).group_by(Run.learner_id)
    yield from (f"{who} is in two interviews at once" for who in session.scalars(active.having(func.count() > 1)))


def records(session: Session) -> Iterator[str]:
    """What there is of an audit log: incidents and consents, none missing, none about nothing."""
    hers = {m: (who, d) for m, who, d in session.execute(select(Message.id, Message.learner_id, Message.direction))}
    for incident in session.scalars(select(Incident)):
        ours = incident.kind is IncidentKind.UNDELIVERED
        if hers.get(incident.message_id or 0) != (incident.learner_id, Direction.OUT if ours else Direction.IN):
            yield f"incident {incident.id} is about no message of hers"
        if incident.due_at < incident.opened_at:
            yield f"incident {incident.id} was due before it was opened"
        if (
            incident.kind in (IncidentKind.UNANSWERED, IncidentKind.UNDELIVERED)
            and session.get_one(Message, incident.message_id).status is not Status.FAILED
        ):
            yield f"incident {incident.id} is about a message that did not fail"
    for consent in session.scalars(select(Consent)):
        if (consent.message_id or 0) > 0 and hers.get(consent.message_id or 0) != (consent.learner_id, Direction.IN):
            yield f"consent {consent.id} comes from no message of hers"
    for answer in session.scalars(select(Answer)):
        if hers.get(answer.message_id) != (answer.learner_id, Direction.IN):
            yield f"an answer to {answer.question} comes from no message of hers"


def spooled(house: House) -> Iterator[str]:
    yield from (f"{file.name} lies in the spool" for file in spool.folder(house.running.house).rglob("*.sealed"))


def sound(house: House, session: Session) -> Iterator[str]:
    if house.data.kind == "sqlite":
        line = session.connection()
        yield from (str(row) for row in line.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok")
        yield from (str(row) for row in line.exec_driver_sql("PRAGMA foreign_key_check"))
