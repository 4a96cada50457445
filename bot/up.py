"""`rumbo up`: prepares what is missing, starts every process, keeps them running, and stops them together."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from rich.console import Console

from bot.config import HERE, ROOT, RumboError, Settings, reached
from bot.training import ENGINE, MISSING, MODEL, engine, engine_env, tail, train

PARTS = ("web", "worker", "inner", "staff", "engine")
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
    host: str = HERE
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
        line = HTTPConnection(self.host, self.port, timeout=2)
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
    """All of this machine. The engines get their own environment, which holds no secret."""
    near = any(has.is_ours(url) for url in has.inner_urls)
    found = [_serving("inner", has, has.own_host, has.rumbo_inner_port)] if near else []
    found.append(_serving("web", has, has.own_host, has.rumbo_public_port))
    several = has.rumbo_workers > 1
    found += [_process(f"worker{n}" if several else "worker", "worker", has) for n in range(1, has.rumbo_workers + 1)]
    found.append(_serving("staff", has, reached(has.rumbo_staff_bind), has.rumbo_staff_port))
    places = [place for place, url in enumerate(has.rasa_url) if has.is_ours(url)]
    return found + [_engine(number, place, has) for number, place in enumerate(places, 1)]


def _process(name: str, verb: str, has: Settings) -> Process:
    command = [sys.executable, "-m", "bot.cli", verb]
    return Process(name, command, dict(os.environ), has.rumbo_var / "logs" / f"{name}.log")


def _serving(verb: str, has: Settings, host: str, port: int) -> Process:
    return replace(_process(verb, verb, has), host=host, port=port)


def _engine(number: int, place: int, has: Settings) -> Process:
    """The engine at one place of RASA_URL. It listens where the others look for it, and nowhere else."""
    url = urlsplit(has.rasa_url[place])
    host, port = (HERE if url.hostname == "localhost" else url.hostname or HERE), url.port or 80
    files = ("--endpoints", "engine/endpoints.yml", "--credentials", "engine/credentials.yml", "--model", str(MODEL))
    command = engine("run", "--enable-api", "-i", host, "-p", str(port), *files)
    log = has.rumbo_var / "logs" / f"engine{number}.log"
    return Process(f"engine{number}", command, engine_env(has, place), log, port, "/status", host)


def choose(team: list[Process], parts: list[str]) -> list[Process]:
    """Those of some parts (web, worker, inner, staff, engine); all when none is named. Raises `RumboError`."""
    if wrong := [part for part in parts if part not in PARTS]:
        raise RumboError(f"There is no {wrong[0]}. The processes are: {', '.join(PARTS)}.")
    return [p for p in team if not parts or p.name.rstrip("0123456789") in parts]


def run(has: Settings, out: Console, parts: list[str] | None = None) -> str | None:
    """Returns what went wrong in one sentence, or None after Ctrl-C."""
    if not ENGINE.exists():
        return MISSING
    _ = has.secret_keys  # a missing key is said now and not by five processes
    team = choose(processes(has), parts or [])
    if not team:
        return "Nothing of that is on this machine: see RASA_URL, RUMBO_INNER_URL and RUMBO_BIND."
    if taken := [p for p in team if p.port and in_use(p.port, p.host)]:
        names = ", ".join(f"{p.port} ({p.name})" for p in taken)
        return f"Already in use: port {names}. Is Rumbo running already? Stop it, or choose other ports in .env."
    has.rumbo_var.mkdir(parents=True, exist_ok=True)
    if problem := prepare(out):
        return problem
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if problem := _start(team, out):
            return problem
        _say_where(has, team, out)
        _stay(team)
    except KeyboardInterrupt:
        return None
    finally:
        _stop(team, out)


def prepare(out: Console) -> str | None:
    """The database and the model. In a process of its own, so that this one, which only watches, stays small."""
    made = subprocess.run([sys.executable, "-m", "bot.cli", "db", "upgrade"], cwd=ROOT, capture_output=True, text=True)
    return made.stderr.strip()[-500:] if made.returncode else train(out)


def in_use(port: int, host: str = HERE) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            return trouble.errno == errno.EADDRINUSE
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


def _say_where(has: Settings, team: list[Process], out: Console) -> None:
    whatsapp = bool(has.twilio_account_sid and has.twilio_auth_token and has.twilio_whatsapp_from)
    telegram = bool(has.telegram_bot_token and has.telegram_webhook_secret)
    at = {p.name: f"http://{p.host}:{p.port}" for p in team}
    if "web" in at:
        out.print(f"\n  Chat page   {at['web']}/chat")
    if "staff" in at:
        out.print(f"  Console     {at['staff']}/")
        _say_first_link(out)
    out.print(f"  Channels    web chat on · WhatsApp {_on(whatsapp)} · Telegram {_on(telegram)}", soft_wrap=True)
    out.print(f"  Logs        {has.rumbo_var / 'logs'}\n\nCtrl-C stops everything.", soft_wrap=True)


def _say_first_link(out: Console) -> None:
    """While nobody can sign in yet: to a terminal the link, to a file only the way to one."""
    if not out.is_terminal:
        return out.print("              the first sign-in: rumbo staff add NAME --role administrator", soft_wrap=True)
    made = subprocess.run([sys.executable, "-m", "bot.cli", "staff", "first"], cwd=ROOT, capture_output=True, text=True)
    if link := made.stdout.strip():
        out.print(f"              nobody can sign in yet; this link works once: {link}", soft_wrap=True)


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
