"""Hosts made of network namespaces on one bridge. This process is a third host, on which the database is."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.processes import Process

_numbers = itertools.count(2)


def missing() -> str | None:
    """Why there can be no such hosts here, or None."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if not shutil.which("ip"):
        return "the program ip is not installed"
    name = f"rt{secrets.token_hex(3)}"
    tried = subprocess.run(["ip", "link", "add", name, "type", "bridge"], capture_output=True, text=True)
    if tried.returncode == 0:
        _ip("link", "del", name)
        tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if tried.returncode == 0:
        _ip("netns", "del", name)
        return None
    return f"no bridge or namespace can be made here: {tried.stderr.strip()}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


class Network:
    """A bridge at `address`; `host` adds one to it. Everything goes when the block ends."""

    def __init__(self) -> None:
        self.name = f"rb{secrets.token_hex(3)}"
        self.net = f"10.213.{secrets.randbelow(254) + 1}"
        self.address = f"{self.net}.1"
        self.hosts: list[Host] = []

    def __enter__(self) -> Network:
        _ip("link", "add", self.name, "type", "bridge")
        _ip("addr", "add", f"{self.address}/24", "dev", self.name)
        _ip("link", "set", self.name, "up")
        return self

    def __exit__(self, *_: object) -> None:
        for host in self.hosts:
            host.stop()
        _ip("link", "del", self.name)

    def host(self) -> Host:
        self.hosts.append(Host(self, next(_numbers)))
        return self.hosts[-1]


class Host:
    """One namespace with an address of its own. What it runs sees no other loopback than its own."""

    def __init__(self, network: Network, number: int) -> None:
        self.name, self.address = f"{network.name}n{number}", f"{network.net}.{number}"
        self.line = f"{network.name}v{number}"
        self.team: list[Process] = []
        _ip("netns", "add", self.name)
        _ip("link", "add", self.line, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        _ip("link", "set", self.line, "master", network.name, "up")
        for words in (("addr", "add", f"{self.address}/24", "dev", "eth0"), ("link", "set", "eth0", "up")):
            _ip("-n", self.name, *words)
        _ip("-n", self.name, "link", "set", "lo", "up")

    def start(self, team: list[Process]) -> None:
        for process in team:
            process.command = ["ip", "netns", "exec", self.name, *process.command]
            process.start()
        self.team += team

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """Its cable is pulled."""
        _ip("link", "set", self.line, "down")
        try:
            yield
        finally:
            _ip("link", "set", self.line, "up")

    def stop(self) -> None:
        for process in self.team:
            process.stop(signal.SIGTERM)
        for process in self.team:
            with suppress(subprocess.TimeoutExpired):
                if process.running:
                    process.running.wait(10)
            process.stop(signal.SIGKILL)
        _ip("netns", "del", self.name)


class Relay:
    """Hands connections on from an address of the network to PostgreSQL, which here listens on a socket file."""

    def __init__(self, address: str, target: str) -> None:
        self._target = target
        self._door = socket.create_server((address, 0))
        self.port = int(self._door.getsockname()[1])

    def __enter__(self) -> Relay:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._door.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, far = self._door.accept()[0], socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pour, args=pair, daemon=True).start()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
