"""Who is erased is erased on disk too: calls that wait, and calls that were set aside."""

from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from bot import erasing, spool, spool_files
from bot.db import now
from bot.messages import inbox
from bot.people.tables import Erasure, Learner
from bot.runtime import Runtime
from channels.base import Hook, Inbound
from console.app import create_app
from tests.builders import consent, learner_id
from tests.conftest import SECRET, make_settings

ON = {
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": "n" * 32,
    "twilio_whatsapp_from": "whatsapp:+14155238886",
    "telegram_bot_token": "123456:TEST",
    "telegram_webhook_secret": "s3cret",
}
HER, ANOTHER = "whatsapp:+5215512345678", "whatsapp:+5215512345679"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def on(small_house: Runtime) -> Runtime:
    """The small house with both services on."""
    return with_channels(small_house, **ON)


def with_channels(house: Runtime, **more: object) -> Runtime:
    has = house.settings
    return Runtime(make_settings(has.rumbo_var, database_url=has.database, **more))


def whatsapp(sender: str, text: str = "hola", **more: str) -> spool.Call:
    fields = {"MessageSid": "SM" + "1" * 32, "From": sender, "Body": text, "NumMedia": "0", "MessageType": "text"}
    return spool.Call("whatsapp", Hook("https://x", FORM, urlencode(fields | more).encode()), now())


def telegram(sender: int) -> spool.Call:
    person = {"id": sender, "is_bot": False, "first_name": "X"}
    message = {"message_id": 7, "date": 1, "chat": {"id": sender, "type": "private"}, "from": person, "text": "hola"}
    return spool.Call("telegram", Hook("", {}, json.dumps({"update_id": 1, "message": message}).encode()), now())


def lie_down(house: Runtime, *calls: spool.Call, aside: bool = False) -> None:
    for call in calls:
        spool.put(house, call)
    broken = spool.folder(house) / "broken"
    broken.mkdir(parents=True, exist_ok=True)
    for file in spool.folder(house).glob("*.sealed") if aside else []:
        file.rename(broken / file.name)


def senders(house: Runtime, place: str = "") -> list[str]:
    """Whose calls lie there."""
    files = sorted((spool.folder(house) / place).glob("*.sealed"))
    bodies = [spool.unpack(house.sealer.unseal(file.read_bytes())).hook.body.decode() for file in files]
    return ["her" if "12345678" in body else "another" for body in bodies]


def test_what_she_sent_and_only_that_leaves_the_disk(on):
    she = consent(on, HER, "whatsapp")
    consent(on, ANOTHER, "whatsapp")
    lie_down(on, whatsapp(HER, "mi secreto"), whatsapp(ANOTHER), aside=True)
    lie_down(on, whatsapp(ANOTHER), whatsapp(HER), whatsapp(HER, "otra vez"))
    assert erasing.erase_learner(on, she) is not None
    assert (senders(on), senders(on, "broken")) == (["another"], ["another"])


def test_on_telegram_by_her_id(on):
    she = consent(on, "12345678", "telegram")
    lie_down(on, telegram(12345678), telegram(9912345))
    erasing.erase_learner(on, she)
    assert senders(on) == ["another"]


def test_by_her_second_id_when_she_hid_her_number(on):
    item = Inbound("SM1", HER, "hola", alias="MX.12345678")
    with on.db.write() as session:
        inbox.save(session, on.sealer, "whatsapp", [item], "es-MX", now())
    lie_down(on, whatsapp("whatsapp:MX.12345678", ExternalUserId="MX.12345678"), whatsapp(ANOTHER))
    erasing.erase_learner(on, learner_id(on, HER, "whatsapp"))
    assert senders(on) == ["another"]


def test_what_another_key_sealed_is_hers_too_while_that_key_is_known(on):
    she = consent(on, HER, "whatsapp")
    lie_down(on, whatsapp(HER), whatsapp(ANOTHER))
    erasing.erase_learner(with_channels(on, **ON, rumbo_secret_key=f"{'k' * 40},{SECRET}"), she)
    assert senders(on) == ["another"]


def test_a_receipt_and_a_call_of_a_channel_that_is_off_go_by_the_number_in_them(on):
    she = consent(on, HER, "whatsapp")
    said = {"MessageSid": "SM" + "2" * 32, "MessageStatus": "delivered", "To": HER, "From": "whatsapp:+14155238886"}
    receipt = spool.Call("whatsapp", Hook("https://x", FORM, urlencode(said).encode()), now())
    longer = whatsapp("whatsapp:+52155123456780")
    lie_down(on, receipt, whatsapp(HER), longer, aside=True)
    off = with_channels(on)
    erasing.erase_learner(off, she)
    [left] = (spool.folder(on) / "broken").glob("*.sealed")
    assert spool.unpack(on.sealer.unseal(left.read_bytes())) == longer


def test_what_nobody_can_open_is_left_and_said(on, caplog):
    she = consent(on, HER, "whatsapp")
    lie_down(on)
    (spool.folder(on) / "broken" / "half.sealed").write_bytes(b"half of someth")
    erasing.erase_learner(on, she)
    assert [r.getMessage().split(":")[0] for r in caplog.records if r.name == "bot.spool_files"] == [
        "1 files of the spool cannot be opened"
    ]


def test_her_request_clears_this_host_at_once_and_the_rows_when_all_hosts_could(on):
    she = consent(on, HER, "whatsapp")
    with on.db.write() as session:
        session.get_one(Learner, she).erase_at = now()
    lie_down(on, whatsapp(HER))
    erasing.erase_due(on)
    assert (senders(on), learner_id(on, HER, "whatsapp")) == ([], she)
    with on.db.write() as session:
        session.get_one(Learner, she).erase_at = now() - erasing.FAREWELL - timedelta(seconds=1)
    erasing.erase_due(on)
    with on.db.read() as session:
        assert session.get(Learner, she) is None


def test_nothing_of_hers_is_taken_up_while_she_is_erased(on):
    """Else a stranger with her words would be there afterwards."""
    she = consent(on, HER, "whatsapp")
    lie_down(on, whatsapp(HER, "mi secreto"))
    with spool.alone(on):
        worker = threading.Thread(target=spool.take_up, args=(on,))
        worker.start()
        worker.join(0.2)
        assert worker.is_alive() and senders(on) == ["her"]
    worker.join()
    assert senders(on) == []
    erasing.erase_learner(on, she)
    with on.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Learner)) == 0


def test_an_erasure_waits_while_something_is_taken_up(on):
    she = consent(on, HER, "whatsapp")
    lie_down(on, whatsapp(HER))
    with on.db.write() as session:
        session.get_one(Learner, she).erase_at = now() - timedelta(hours=1)
    with spool._in_company(on):
        erasing.erase_due(on)
        with pytest.raises(spool.Busy, match="worked off just now"):
            erasing.erase_learner(on, she)
        assert (senders(on), learner_id(on, HER, "whatsapp")) == (["her"], she)
    erasing.erase_due(on)
    assert senders(on) == []


def test_two_workers_erase_once_and_the_receipt_counts_right(house):
    she = consent(house)
    with house.db.write() as session:
        session.get_one(Learner, she).erase_at = now() - timedelta(hours=1)
    threads = [threading.Thread(target=erasing.erase_due, args=(house,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.db.read() as session:
        assert [one.rows for one in session.scalars(select(Erasure))] == [4]


# Numbers


def metrics(house: Runtime) -> dict[str, int]:
    with TestClient(create_app(house)) as door:
        lines = [line.split() for line in door.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name.removeprefix("rumbo_"): int(number) for name, number in lines}


def test_what_lies_there_is_counted(on):
    empty = metrics(on)
    assert [empty[n] for n in ("spool_waiting", "spool_broken", "spool_oldest_seconds", "database_up")] == [0, 0, 0, 1]
    lie_down(on, whatsapp(HER), aside=True)
    lie_down(on, whatsapp(HER), whatsapp(ANOTHER))
    oldest = min(spool.folder(on).glob("*.sealed"))
    then = oldest.stat().st_mtime - 600
    os.utime(oldest, (then, then))
    found = metrics(on)
    assert (found["spool_waiting"], found["spool_broken"]) == (2, 1)
    assert found["spool_oldest_seconds"] >= 600


def test_the_disk_is_counted_while_the_database_is_away(on, tmp_path: Path):
    lie_down(on, whatsapp(HER))
    has = on.settings
    away = Runtime(make_settings(has.rumbo_var, database_url=f"sqlite:///{tmp_path}/nowhere/rumbo.db", **ON))
    found = metrics(away)
    assert (found["spool_waiting"], found["database_up"], "learners" in found) == (1, 0, False)


def test_what_was_set_aside_is_put_back(on):
    lie_down(on, whatsapp(HER), aside=True)
    assert (spool_files.put_back(on), senders(on), senders(on, "broken")) == (1, ["her"], [])
    while spool.take_up(on):
        pass
    assert learner_id(on, HER, "whatsapp")
