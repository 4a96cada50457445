"""What stands in deploy/ agrees with the code: settings, commands, ports. And systemd can read the units."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.cli import app
from bot.config import ROOT, Settings
from bot.processes import APART, processes
from bot.training import engine_env
from console.numbers import NAMES

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))
HOSTS: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.hosts.yml").read_text(encoding="utf-8"))
SERVICES = [service for file in (COMPOSE, HOSTS) for service in file["services"].values()]
HAS = Settings(_env_file=None)  # type: ignore[call-arg]
SETTINGS = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
ENGINES = set(engine_env(HAS)) | {"HOME", "PYTHONUNBUFFERED", "RUMBO_ENGINE_BIND"}
"""What the engine may be told; nothing of it is a secret."""
HOME = "/srv/rumbo"
PARTS = {"web", "worker", "inner", "staff", "engine"}
TEMPLATES = {"engine", "worker"}


def unit(name: str) -> dict[str, list[str]]:
    """The lines of a unit by their key; `configparser` would lose keys that stand twice."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


def unit_of(part: str) -> dict[str, list[str]]:
    return unit(f"rumbo-{part}{'@' if part in TEMPLATES else ''}.service")


def env_file(file: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", file.read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> Iterator[list[str]]:
    for file in UNITS.glob("*.service"):
        yield from (shlex.split(line) for line in unit(file.name)["ExecStart"])
    yield from (service["command"] for service in SERVICES if "command" in service)
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    runs = re.findall(r"^RUN (.*)$", docker, re.MULTILINE)
    yield from (shlex.split(part) for run in runs for part in run.split("&&"))


def verbs() -> Iterator[str]:
    """What is asked of `rumbo`, wherever a command asks it (`sh -c '…'` too)."""
    for command in commands():
        yield from re.findall(r"\.venv/bin/rumbo ((?:[a-z]+ ?)+)", " ".join(command))


def is_verb(words: list[str]) -> bool:
    found: Any = typer.main.get_command(app)
    for word in words:
        found = getattr(found, "commands", {}).get(word)
    return found is not None and (not hasattr(found, "commands") or found.invoke_without_command)


# Commands


def test_every_command_is_a_verb_of_rumbo():
    asked = {verb.strip() for verb in verbs()}
    assert asked >= {"web", "worker", "inner", "staff", "db upgrade", "train"}
    assert [verb for verb in asked if not is_verb(verb.split())] == []


def test_a_word_that_is_no_verb_is_noticed():
    assert not is_verb(["webb"]) and not is_verb(["db"]) and is_verb(["content", "check"])


def test_every_process_has_a_unit_and_a_service_and_no_other_exists():
    started = {re.sub(r"\d+$", "", process.name) for process in processes(HAS)}
    files = {re.sub(r"^rumbo-|@?\.service$", "", f.name) for f in UNITS.glob("*.service")} - {"prepare"}
    assert started == files == set(COMPOSE["services"]) - {"prepare", "postgres"} == PARTS
    assert set(HOSTS["services"]) - {"prepare"} == PARTS == set(APART)


@pytest.mark.parametrize("part", sorted(PARTS - {"engine"}))
def test_a_unit_runs_the_verb_of_its_name(part: str):
    assert unit_of(part)["ExecStart"] == [f"{HOME}/.venv/bin/rumbo {part}"]
    assert [file["services"][part]["command"] for file in (COMPOSE, HOSTS)] == [[".venv/bin/rumbo", part]] * 2


def test_the_engine_is_started_as_rumbo_up_starts_it():
    ours = next(p for p in processes(HAS) if p.name == "engine1").command
    ours = [word.replace(str(ROOT), HOME) for word in ours]
    told = env_file(UNITS / "engine.env")["RUMBO_ENGINE_BIND"]
    line = unit_of("engine")["ExecStart"][0].replace("%i", "5005").replace("${RUMBO_ENGINE_BIND}", told)
    assert shlex.split(line) == ours
    in_image = [ours[0].removeprefix(f"{HOME}/"), *ours[1:]]
    assert COMPOSE["services"]["engine"]["command"] == in_image
    among_hosts = [
        HAS.rumbo_bind if word == "${RUMBO_BIND:?}" else word for word in HOSTS["services"]["engine"]["command"]
    ]
    assert among_hosts == in_image


def test_the_image_copies_and_makes_only_what_exists():
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    copied = [line.split()[:-1] for line in re.findall(r"^COPY (?!--from)(.*)$", docker, re.MULTILINE)]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = [w for c in commands() if c[0] == "make" for w in c[1:] if "=" not in w]
    assert wanted and [w for w in wanted if not re.search(rf"^{re.escape(w)}:", makefile, re.MULTILINE)] == []


# Settings


def test_every_setting_named_exists():
    for service in SERVICES:
        named = set(service.get("environment", ()))
        assert {n for n in named if not n.startswith("POSTGRES_")} - SETTINGS - ENGINES == set()
    for name, more in (("compose.yml", {"POSTGRES_PASSWORD"}), ("compose.hosts.yml", set())):
        asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / name).read_text(encoding="utf-8")))
        assert asked - SETTINGS == more
    in_units = {pair.split("=")[0] for f in UNITS.glob("*.service") for pair in unit(f.name).get("Environment", ())}
    assert in_units - SETTINGS - ENGINES == set()


def test_the_engine_is_told_what_it_needs_and_no_secret():
    needed = {"RUMBO_ENGINE_STORE", "RUMBO_INNER_URL", "PYTHONPATH"}
    engines = [file["services"]["engine"] for file in (COMPOSE, HOSTS)]
    for told in (set(env_file(UNITS / "engine.env")), *(set(engine["environment"]) for engine in engines)):
        assert needed <= told <= ENGINES
    assert [engine for engine in engines if "env_file" in engine] == []
    assert unit_of("engine")["EnvironmentFile"] == ["/etc/rumbo/engine.env"]


def test_every_unit_has_a_user_a_restart_and_its_settings():
    for part in sorted(PARTS):
        lines = unit_of(part)
        assert lines["Restart"] == ["always"] and lines["StartLimitIntervalSec"] == ["0"], part
        assert lines["User"] == ["rumbo-engine" if part == "engine" else "rumbo"], part
        assert lines["EnvironmentFile"] and lines["ProtectSystem"] == ["strict"], part


def test_every_user_of_a_unit_is_made():
    made = set(re.findall(r"^u (\S+)", (UNITS / "rumbo.sysusers").read_text(encoding="utf-8"), re.MULTILINE))
    assert {unit(f.name)["User"][0] for f in UNITS.glob("*.service")} == made


def test_the_engine_s_store_lies_where_it_may_write():
    store = env_file(UNITS / "engine.env")["RUMBO_ENGINE_STORE"].removeprefix("sqlite:///")
    assert Path(store).parent == Path(unit_of("engine")["ReadWritePaths"][0])
    assert store in (UNITS / "rumbo.tmpfiles").read_text(encoding="utf-8")


# Ports


def test_ports_are_those_of_the_settings():
    (engine,) = (p.port for p in processes(HAS) if p.name.startswith("engine"))
    wanted = " ".join(unit("rumbo.target")["Wants"])
    assert re.findall(r"rumbo-engine@(\d+)\.service", wanted) == [str(engine)]
    assert {f"rumbo-{part}.service" for part in PARTS - TEMPLATES} | {"rumbo-worker@1.service"} < set(wanted.split())
    for told in (env_file(UNITS / "engine.env"), COMPOSE["services"]["engine"]["environment"]):
        assert (told["RUMBO_INNER_URL"],) == HAS.inner_urls
    there = HOSTS["services"]["engine"]["environment"]["RUMBO_INNER_URL"]
    assert (there.replace("${RUMBO_BIND:?}", HAS.rumbo_bind),) == HAS.inner_urls


def test_the_proxy_reaches_the_public_port_and_no_other():
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+:(\d+)", caddy)) == {str(HAS.rumbo_public_port)}


def test_only_the_database_has_a_published_port_and_only_on_loopback():
    published = {name: s["ports"] for file in (COMPOSE, HOSTS) for name, s in file["services"].items() if "ports" in s}
    assert published == {"postgres": ["127.0.0.1:5432:5432"]}


def test_images_are_named_without_a_registry():
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    images = [s["image"] for s in SERVICES]
    images += re.findall(r"^FROM (\S+)|--from=(\S+)", docker, re.MULTILINE)
    names = [name for image in images for name in ([image] if isinstance(image, str) else image) if name]
    assert len(names) > 3 and [name for name in names if "/" in name] == []


def test_the_build_leaves_secrets_and_data_out():
    left_out = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", ".git", "var", "export"} <= set(left_out)


# What to watch


def test_every_number_of_the_staff_port_is_explained_and_no_other():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `rumbo_([a-z_]+)` \|", page, re.MULTILINE)
    assert sorted(explained) == sorted(NAMES)


# systemd


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_can_read_the_units(tmp_path):
    """With a program that exists in the place of ours, for Rumbo is not in /srv/rumbo here."""
    for file in (*UNITS.glob("*.service"), *UNITS.glob("*.target")):
        text = re.sub(rf"{HOME}/\S+/bin/\w+", "/bin/true", file.read_text(encoding="utf-8"))
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    names = [f.name.replace("@", "@5005") for f in tmp_path.iterdir()]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in sorted(names))],
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin", "SYSTEMD_LOG_LEVEL": "warning"},
    )
    ours = [line for line in done.stderr.splitlines() if "rumbo" in line]
    assert (done.returncode, ours) == (0, [])
