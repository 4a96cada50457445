"""The floor: what this machine does when a message is only verified, saved, classified and answered, in one process.

make bench-steps            (quick look: PYTHONPATH=engine:. .venv/bin/python -m bench.floor --quick)

No framework, no HTTP, nobody asked, nothing sealed: the same tables, the same classifier, one commit to save and one
to answer, both with the drivers themselves. Rumbo beside it, in the same run.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import sqlite3
import statistics
import tarfile
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from rich.progress import track
from rumbo_engine.model import IntentModel

from bench import fill
from bench.rig import load, stage
from bench.rig.vendor import Vendor
from bench.speed import head, run, table, write
from bench.steps import LEARNERS, WARM_UP, cost, talks
from bot.messages.tables import Message
from bot.training import MODEL

URL, TOKEN = "https://rumbo.example.org/webhooks/whatsapp", b"7" * 32
ANSWER = "Gracias por contarme. ¿Qué te gustaría hacer primero?"
CLASSIFIER = "SpanishIntentClassifier"


def model(folder: Path) -> IntentModel:
    """The classifier out of the trained model."""
    with tarfile.open(MODEL) as archive:
        archive.extractall(folder, filter="data")
    return IntentModel.load(next(folder.glob(f"components/*{CLASSIFIER}*")))


class Floor:
    """The four steps on a real database of Rumbo's."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder}/floor.db"
        fill.fill(url, learners=100, messages=0)
        self.model = model(folder / "model")
        self.db = sqlite3.connect(folder / "floor.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
            self.db.execute(f"PRAGMA {pragma}")
        self.learner = self.db.execute("SELECT learner_id, id FROM address LIMIT 1").fetchone()
        table = Message.__table__
        self.names = [name for name in fill.columns(table) if name != "id"]  # type: ignore[arg-type]
        self.pack = fill.packer(table, naive=True)  # type: ignore[arg-type]
        marks = ", ".join("?" * len(self.names))
        self.insert = f"INSERT INTO message ({', '.join(self.names)}) VALUES ({marks})"

    def verify(self, body: bytes, signature: str) -> dict[str, str]:
        said = dict(parse_qsl(body.decode(), keep_blank_values=True))
        good = hmac.new(TOKEN, (URL + "".join(k + said[k] for k in sorted(said))).encode(), hashlib.sha1)
        if not hmac.compare_digest(base64.b64encode(good.digest()).decode(), signature):
            raise ValueError("a forged message")
        return said

    def save(self, said: dict[str, str]) -> int:
        return self._row({"direction": "in", "status": "todo", "provider_id": said["MessageSid"]}, said["Body"])

    def classify(self, text: str) -> str:
        found = self.model.rank(text, 5)
        return found[0][0] if found else "nlu_fallback"

    def answer(self, asked: int, intent: str) -> int:
        """The reply is queued and the message closed, in one transaction."""
        self.db.execute("BEGIN IMMEDIATE")
        number = self._row({"direction": "out", "status": "todo", "answers_id": asked, "part": 0}, ANSWER)
        self.db.execute("UPDATE message SET status='done', understanding=? WHERE id=?", (f'"{intent}"', asked))
        self.db.execute("COMMIT")
        return number

    def _row(self, more: fill.Row, text: str) -> int:
        moment, (learner, address) = datetime.now(UTC), self.learner
        row = {"learner_id": learner, "address_id": address, "channel": "whatsapp", "kind": "text", "attempts": 0}
        row |= {"created_at": moment, "not_before": moment, "sealed": text.encode(), "strikes": 0} | more
        return int(self.db.execute(self.insert, self.pack(row)[1:]).lastrowid or 0)


def call(number: int, text: str) -> tuple[bytes, str]:
    """A webhook's body and signature."""
    said = {"MessageSid": f"SM{number:032x}", "From": "whatsapp:+5215500000000", "Body": text, "NumMedia": "0"}
    whole = URL + "".join(k + said[k] for k in sorted(said))
    return urlencode(said).encode(), base64.b64encode(hmac.new(TOKEN, whole.encode(), hashlib.sha1).digest()).decode()


def measure(rounds: int, each: int) -> dict[str, float]:
    """CPU ms a message by step, medians."""
    with tempfile.TemporaryDirectory(prefix="rumbo-bench-") as folder:
        floor, found = Floor(Path(folder)), []
        calls = [call(n, text) for n, text in enumerate(stage.sentences(rounds * each), 1)]
        for n in track(range(rounds), "The floor…"):
            found.append(_round(floor, calls[n * each : (n + 1) * each]))
        floor.db.close()
    return {step: statistics.median(one[step] for one in found) for step in found[0]}


def _round(floor: Floor, calls: list[tuple[bytes, str]]) -> dict[str, float]:
    taken = dict.fromkeys(("verify", "save", "classify", "answer"), 0.0)

    def timed(step: str, work: Callable[[], object]) -> object:
        begin = time.process_time()
        result = work()
        taken[step] += time.process_time() - begin
        return result

    for body, signature in calls:
        said: dict[str, str] = timed("verify", lambda: floor.verify(body, signature))  # type: ignore[assignment] # noqa: B023
        number = timed("save", lambda: floor.save(said))  # noqa: B023
        intent = timed("classify", lambda: floor.classify(said["Body"]))  # noqa: B023
        timed("answer", lambda: floor.answer(number, intent))  # type: ignore[arg-type] # noqa: B023
    return {step: seconds / len(calls) * 1000 for step, seconds in taken.items()}


async def rumbo(rounds: int, turns: int) -> float:
    """CPU ms a message of the whole house."""
    async with Vendor() as vendor, stage.rumbo(vendor) as on:
        who = load.people(LEARNERS)
        on.agreed(who)
        await load.converse(on.door, vendor, talks(who, WARM_UP, 0))
        return statistics.median([await cost(on, vendor, talks(who, turns, n)) for n in range(1, rounds + 1)])


def main() -> None:
    says = argparse.ArgumentParser(description=__doc__)
    says.add_argument("--quick", action="store_true", help="few messages, nothing written")
    quick = says.parse_args().quick
    steps = measure(3 if quick else 7, 100 if quick else 1_000)
    print({step: round(ms, 3) for step, ms in steps.items()})
    house = run(rumbo(2 if quick else 5, 6 if quick else 25))
    lowest = sum(steps.values())
    rows = [[step, f"{ms:.3f}"] for step, ms in steps.items()]
    rows += [["the floor", f"{lowest:.3f}"], ["Rumbo, all processes", f"{house:.1f}"]]
    rows += [["distance", f"{house / lowest:.0f} times"]]
    note = (
        "Not in the floor: HTTP in and out, sealing, the safety net, masking, order, leases, rules, actions, wording."
    )
    text = head("The floor") + "\n".join([*table(["step", "CPU ms a message"], rows), "", note])
    write("floor.md", text, keep=not quick)


if __name__ == "__main__":
    main()
