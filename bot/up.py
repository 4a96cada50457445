"""`rumbo up`: prepares what is missing, starts every process, keeps them running, and stops them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from rich.console import Console

from bot.config import ROOT, Settings
from bot.training import ENGINE, MISSING, MODEL, engine, engine_env, tail, train

READY_WITHIN = 90.0
"""Seconds a process may take to answer for the first time."""
CALM = 30.0
"""A process that ran so long and then died is started again at once; others wait a little longer each time."""


@dataclass
class Process:
    """One of the processes: how it is started, and where it answers (`port`, or None when it serves nothing)."""

    name: str
    command: list[str]
    env: dict[str, str]
    log: Path
    port: int | None = None
    path: str = "/health"
    running: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = field(default=0)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as target:
            self.running = subprocess.Popen(
                self.command, cwd=ROOT, env=self.env, stdout=target, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.started = time.monotonic()

    @property
    def has_died(self) -> bool:
        return self.running is not None and self.running.poll() is not None

    def answers(self) -> bool:
        if self.port is None:
            return True
        line = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            line.request("GET", self.path)
            return line.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            line.close()

    def keep(self) -> None:
        """Start again what has died, more slowly each time it dies young."""
        if not self.has_died:
            return
        age = time.monotonic() - self.started
        self.falls = 0 if age > CALM else self.falls
        if age > min(2.0**self.falls - 1, CALM):
            self.falls += 1
            self.start()

    def stop(self, name: int) -> None:
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, name)


def processes(has: Settings) -> list[Process]:
    """All of them. The engine gets its own environment, which holds no secret."""
    logs, ours = has.rumbo_var / "logs", dict(os.environ)
    rumbo = [sys.executable, "-m", "bot.cli"]
    found = [
        Process("inner", [*rumbo, "inner"], ours, logs / "inner.log", has.rumbo_inner_port),
        Process("web", [*rumbo, "web"], ours, logs / "web.log", has.rumbo_public_port),
        Process("worker", [*rumbo, "worker"], ours, logs / "worker.log"),
        Process("staff", [*rumbo, "staff"], ours, logs / "staff.log", has.rumbo_staff_port),
    ]
    for number, port in enumerate(engine_ports(has), 1):
        files = (
            "--endpoints",
            "engine/endpoints.yml",
            "--credentials",
            "engine/credentials.yml",
            "--model",
            str(MODEL),
        )
        command = engine("run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), *files)
        found.append(
            Process(f"engine{number}", command, engine_env(has), logs / f"engine{number}.log", port, "/status")
        )
    return found


def engine_ports(has: Settings) -> list[int]:
    """The engines that are ours to start: those on this machine."""
    places = [urlsplit(url) for url in has.rasa_url]
    return [place.port or 80 for place in places if place.hostname in ("127.0.0.1", "localhost")]


def run(has: Settings, out: Console) -> str | None:
    """Returns what went wrong in one sentence, or None after Ctrl-C."""
    if not ENGINE.exists():
        return MISSING
    _ = has.secret_key  # a missing key is said now and not by five processes
    team = processes(has)
    if taken := [p for p in team if p.port and in_use(p.port)]:
        names = ", ".join(f"{p.port} ({p.name})" for p in taken)
        return f"Already in use: port {names}. Is Rumbo running already? Stop it, or choose other ports in .env."
    has.rumbo_var.mkdir(parents=True, exist_ok=True)
    if problem := prepare(out):
        return problem
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if problem := _start(team, out):
            return problem
        _say_where(has, out)
        _stay(team)
    except KeyboardInterrupt:
        return None
    finally:
        _stop(team, out)


def prepare(out: Console) -> str | None:
    """The database and the model. In a process of its own, so that this one, which only watches, stays small."""
    made = subprocess.run([sys.executable, "-m", "bot.cli", "db", "upgrade"], cwd=ROOT, capture_output=True, text=True)
    return made.stderr.strip()[-500:] if made.returncode else train(out)


def in_use(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
        return False


def _start(team: list[Process], out: Console) -> str | None:
    with out.status("Starting…") as status:
        for process in team:
            process.start()
        deadline = time.monotonic() + READY_WITHIN
        while waiting := [p for p in team if not p.answers()]:
            status.update(f"Starting… waiting for {', '.join(p.name for p in waiting)}")
            if dead := next((p for p in team if p.has_died), None):
                return f"{dead.name} stopped while starting. Its log ({dead.log}) ends with:\n{tail(dead.log)}"
            if time.monotonic() > deadline:
                return f"{waiting[0].name} does not answer after {READY_WITHIN:.0f} seconds. See {waiting[0].log}."
            time.sleep(0.1)
    return None


def _say_where(has: Settings, out: Console) -> None:
    whatsapp = bool(has.twilio_account_sid and has.twilio_auth_token and has.twilio_whatsapp_from)
    telegram = bool(has.telegram_bot_token and has.telegram_webhook_secret)
    local = f"http://127.0.0.1:{has.rumbo_public_port}"
    out.print(f"\n  Chat page   {local}/chat")
    out.print(f"  Console     http://127.0.0.1:{has.rumbo_staff_port}/")
    out.print(f"  Channels    web chat on · WhatsApp {_on(whatsapp)} · Telegram {_on(telegram)}", soft_wrap=True)
    out.print(f"  Logs        {has.rumbo_var / 'logs'}\n\nCtrl-C stops everything.", soft_wrap=True)


def _stay(team: list[Process]) -> NoReturn:
    while True:
        time.sleep(0.5)
        for process in team:
            process.keep()


def _on(is_on: bool) -> str:
    return "on" if is_on else "off (see README)"


def _stop(team: list[Process], out: Console) -> None:
    """Stop them all, whatever else is signalled meanwhile: a second Ctrl-C must not leave half of them running."""
    for impatience in (signal.SIGTERM, signal.SIGINT):
        signal.signal(impatience, signal.SIG_IGN)
    for process in team:
        process.stop(signal.SIGTERM)
    for process in team:
        try:
            if process.running:
                process.running.wait(10)
        except subprocess.TimeoutExpired:
            process.stop(signal.SIGKILL)
    out.print("Stopped.")
