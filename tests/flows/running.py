"""Starts the processes of a Rumbo on free ports. Who talks with it is in `talking`."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import httpx

from bot.config import Settings
from bot.processes import Process, processes
from bot.runtime import Runtime
from tests.conftest import SECRET, make_settings
from tests.directory import make_whole
from tests.flows.talking import BOT, BOT_SECRET, PUBLIC, TOKEN, Talk, Telegram, Web, WhatsApp
from tests.flows.vendors import Vendor

__all__ = ["PUBLIC", "TOKEN", "Running", "Talk", "Telegram", "Web", "WhatsApp", "free_port"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A Rumbo with all its processes. `house` opens its database beside them."""

    def __init__(self, folder: Path, vendor: Vendor, **more: str) -> None:
        self.folder, self.vendor = folder, vendor
        self.env = {
            "RUMBO_VAR": str(folder / "var"),
            "RUMBO_CONTENT": str(folder / "content"),
            "RUMBO_SECRET_KEY": SECRET,
            "RUMBO_PUBLIC_URL": PUBLIC,
            "RUMBO_PUBLIC_PORT": str(free_port()),
            "RUMBO_STAFF_PORT": str(free_port()),
            "RUMBO_INNER_PORT": str(free_port()),
            "RUMBO_LEASE_SECONDS": "3",
            "RUMBO_OFFICE_HOURS": "1-7 00:00-23:59",  # what is said must not depend on when the tests run
            "RASA_URL": f"http://127.0.0.1:{free_port()}",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_WHATSAPP_FROM": "whatsapp:+14155238886",
            "TELEGRAM_BOT_TOKEN": BOT,
            "TELEGRAM_WEBHOOK_SECRET": BOT_SECRET,
            "TWILIO_API_BASE_URL": vendor.url,
            "TWILIO_CONTENT_BASE_URL": vendor.url,
            "TELEGRAM_API_BASE_URL": vendor.url,
        } | more
        self.settings: Settings = make_settings(folder, **{k.lower(): v for k, v in self.env.items()})
        self.house = Runtime(self.settings)
        self.team = {p.name: p for p in processes(self.settings)}
        for process in self.team.values():
            if not process.name.startswith("engine"):
                process.env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | self.env
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.settings.rumbo_public_port}", timeout=10)

    def __enter__(self) -> Running:
        make_whole(self.settings.database, self.folder / "content" / "services.csv")
        self.start_all()
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.team.values():
            process.stop(signal.SIGTERM)
        for process in self.team.values():
            if process.running:
                process.running.wait(10)
        self.house.db.close()

    def wait_for(self, process: Process) -> None:
        deadline = time.monotonic() + 60
        while not process.answers():
            assert not process.has_died, process.log.read_text()[-2000:]
            assert time.monotonic() < deadline, f"{process.name} does not answer"
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        self.team[name].stop(signal.SIGKILL)
        assert self.team[name].running is not None
        self.team[name].running.wait(5)

    def start(self, name: str) -> None:
        self.team[name].start()
        self.wait_for(self.team[name])

    def restart(self, *names: str) -> None:
        """Kill these at the same time and start them again, as when the machine runs out of memory."""
        for name in names:
            self.team[name].stop(signal.SIGKILL)
        for name in names:
            self.kill(name)
            self.team[name].start()
        for name in names:
            self.wait_for(self.team[name])

    def start_all(self) -> None:
        for process in self.team.values():
            process.start()
        for process in self.team.values():
            self.wait_for(process)

    def web(self, consented: bool = False) -> Web:
        talk = Web(self)
        return talk.agree() if consented else talk

    def whatsapp(self) -> WhatsApp:
        return WhatsApp(self)

    def telegram(self) -> Telegram:
        return Telegram(self)
