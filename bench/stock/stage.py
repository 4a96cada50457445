"""A stock Rasa of its own, with its action server, on free ports, for a bench to load."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx

from bench.rig import cost
from bench.rig.load import Door
from bench.rig.vendor import Vendor
from bench.stock.project import ENDPOINTS, PYTHON, Project, environment, rasa
from tests.flows.running import PUBLIC, TOKEN, free_port

PATIENCE = 300.0
"""Seconds; loading TensorFlow and the model takes long on a busy machine."""
Processes = dict[str, subprocess.Popen[bytes]]


class Stage:
    """A running stock Rasa, the door to it, and what it costs."""

    def __init__(self, team: Processes, door: Door, ready: float) -> None:
        self.team, self.door, self.ready = team, door, ready

    def cpu(self) -> dict[str, float]:
        """CPU seconds so far, by process."""
        return {name: cost.cpu([process.pid]) for name, process in self.team.items()}

    def memory(self) -> dict[str, float]:
        return cost.memory(process.pid for process in self.team.values())

    def agreed(self, whatsapp: list[str]) -> None:
        """Stock asks nobody for consent."""


@asynccontextmanager
async def stock(vendor: Vendor, project: Project) -> AsyncIterator[Stage]:
    """Both processes up, and the seconds that took."""
    folder = Path(tempfile.mkdtemp(prefix="stock-bench-"))
    ports = {"rasa": free_port(), "actions": free_port()}
    (folder / "endpoints.yml").write_text(ENDPOINTS.format(actions=ports["actions"], store=folder / "tracker.db"))
    start = time.perf_counter()
    try:
        with _started(_commands(project, folder, ports), project, vendor, folder) as team:
            address = f"http://127.0.0.1:{ports['rasa']}"
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
            async with httpx.AsyncClient(base_url=address, limits=limits, timeout=60) as http:
                await _answers(http, team["rasa"], "/", folder)
                await _answers(http, team["actions"], f"http://127.0.0.1:{ports['actions']}/health", folder)
                door = Door(http, "/webhooks/twilio/webhook", PUBLIC, TOKEN)
                yield Stage(team, door, time.perf_counter() - start)
    finally:
        shutil.rmtree(folder)


def _commands(project: Project, folder: Path, ports: dict[str, int]) -> dict[str, list[str]]:
    files = ["--endpoints", str(folder / "endpoints.yml"), "--credentials", "credentials.yml"]
    server = [str(PYTHON), "-W", "ignore", "-m", "rasa_sdk", "--actions", "bench.stock.actions"]
    return {
        "rasa": rasa("run", "-i", "127.0.0.1", "-p", str(ports["rasa"]), "-m", str(project.model), *files),
        "actions": [*server, "--port", str(ports["actions"])],
    }


@contextmanager
def _started(commands: dict[str, list[str]], project: Project, vendor: Vendor, folder: Path) -> Iterator[Processes]:
    env, team = environment(STOCK_VENDOR=vendor.url), {}
    try:
        for name, command in commands.items():
            with (folder / f"{name}.log").open("wb") as log:
                team[name] = subprocess.Popen(
                    command, cwd=project.folder, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
                )
        yield team
    finally:
        for process in team.values():
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


async def _answers(http: httpx.AsyncClient, process: subprocess.Popen[bytes], path: str, folder: Path) -> None:
    deadline = time.perf_counter() + PATIENCE
    while process.poll() is None and time.perf_counter() < deadline:
        try:
            if (await http.get(path)).status_code == 200:
                return
        except httpx.TransportError:
            await asyncio.sleep(0.1)  # it does not listen yet
    logs = "\n".join(file.read_text(errors="replace")[-1500:] for file in folder.glob("*.log"))
    raise SystemExit(f"Stock Rasa does not answer at {path}. Its logs end:\n{logs}")
