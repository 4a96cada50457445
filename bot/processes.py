"""The processes of this machine: which there are, how each is started, where it answers, and what becomes of it."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from bot.config import HERE, ROOT, RumboError, Settings, reached
from bot.training import MODEL, engine, engine_env

TOGETHER = "together"
APART = ("web", "worker", "inner", "staff", "engine")
PARTS = (*APART, TOGETHER)
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
    found = [_serving(TOGETHER, has, has.own_host, has.rumbo_public_port)] if has.rumbo_small else _apart(has)
    places = [place for place, url in enumerate(has.rasa_url) if has.is_ours(url)]
    return found + [_engine(number, place, has) for number, place in enumerate(places, 1)]


def _apart(has: Settings) -> list[Process]:
    near = any(has.is_ours(url) for url in has.inner_urls)
    found = [_serving("inner", has, has.own_host, has.rumbo_inner_port)] if near else []
    found.append(_serving("web", has, has.own_host, has.rumbo_public_port))
    several = has.rumbo_workers > 1
    found += [_process(f"worker{n}" if several else "worker", "worker", has) for n in range(1, has.rumbo_workers + 1)]
    return [*found, _serving("staff", has, reached(has.rumbo_staff_bind), has.rumbo_staff_port)]


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
        raise RumboError(f"There is no {wrong[0]}. The processes are: {', '.join(APART)}.")
    return [p for p in team if not parts or p.name.rstrip("0123456789") in parts]


def doors(has: Settings, team: list[Process]) -> list[Process]:
    """Whatever will listen: of what is together, each as it would by itself."""
    apart = _apart(has) if any(p.name == TOGETHER for p in team) else []
    return [p for p in (*team, *apart) if p.port and p.name != TOGETHER]


def in_use(port: int, host: str = HERE) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as trouble:
            return trouble.errno == errno.EADDRINUSE
        return False
