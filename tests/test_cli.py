"""The command `rumbo`: what it prints, and one clear sentence when something is wrong."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot import training, up
from bot.cli import app
from bot.config import settings
from bot.export import TABLES
from bot.runtime import runtime
from tests.conftest import SECRET, make_settings

HERE = ("RUMBO_VAR", "RUMBO_SECRET_KEY")


@pytest.fixture
def rumbo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a verb in a Rumbo of its own; returns the exit code, what was said and what was complained about."""
    monkeypatch.setenv("RUMBO_VAR", str(tmp_path))
    monkeypatch.setenv("RUMBO_SECRET_KEY", SECRET)

    def run(*words: str, lines: str = "") -> tuple[int, str, str]:
        settings.cache_clear()
        runtime.cache_clear()
        done = CliRunner().invoke(app, list(words), input=lines)
        return done.exit_code, done.stdout, done.stderr

    yield run
    settings.cache_clear()
    runtime.cache_clear()


def test_content_check_is_content(rumbo):
    assert rumbo("content", "check")[:2] == (0, "Content is fine.\n")


def test_a_new_database_is_made_and_exported_empty(rumbo, tmp_path):
    assert rumbo("db", "upgrade")[0] == 0
    code, said, _ = rumbo("export", "--folder", str(tmp_path / "out"))
    assert (code, said.count(" 0 rows")) == (0, len(TABLES))
    assert (tmp_path / "out" / "learners.csv").read_text().startswith("learner,since,channels,consent")


def test_somebody_of_the_team_is_added_by_a_link(rumbo):
    rumbo("db", "upgrade")
    code, said, _ = rumbo("staff", "add", "Ana", "--role", "coordinator")
    assert code == 0 and re.match(r"http://127.0.0.1:8081/invitacion/\S{32}\nIt works once", said)
    code, _, complaint = rumbo("staff", "add", "ana", "--role", "reviewer")
    assert (code, complaint) == (1, "ana is there already. For a new link: rumbo staff link 'ana'\n")
    assert rumbo("staff", "link", "ANA")[0] == 0
    assert rumbo("staff", "add", "Eva", "--role", "counsellor")[0] == 1  # of which cohort?


def test_erasing_somebody_unknown_says_so(rumbo):
    rumbo("db", "upgrade")
    assert rumbo("erase", "nobody", "--yes") == (1, "", "There is no learner nobody.\n")


def test_safety_reads_lines_and_answers_each(rumbo):
    code, said, _ = rumbo("safety", lines='{"text": "mi esposo me pega"}\n\n{"text": "me muero de risa"}\n')
    assert (code, [json.loads(line)["risk"] for line in said.splitlines()]) == (0, ["violence", "none"])


def test_mask_names_what_it_hid(rumbo):
    _, said, _ = rumbo("mask", lines='{"text": "me llamo lupita"}\n')
    assert json.loads(said) == {
        "text": "me llamo lupita",
        "masked": "me llamo «nombre»",
        "spans": [[9, 15, "nombre"]],
    }


def test_understand_says_the_intent_and_what_is_named(rumbo, monkeypatch):
    named = {"entity": "state", "value": "JAL", "start": 7, "end": 14}
    parsed = {
        "text": "soy de jalisco",
        "intent": {"name": "greet", "confidence": 0.9},
        "entities": [named | {"extractor": "x", "confidence": 1.0}],
    }
    monkeypatch.setattr(httpx.Client, "post", lambda *_, **__: httpx.Response(200, json=parsed))
    code, said, _ = rumbo("understand", lines='{"text": "soy de jalisco"}\n')
    assert (code, json.loads(said)) == (
        0,
        {"text": "soy de jalisco", "intent": "greet", "confidence": 0.9, "entities": [named]},
    )


def test_a_line_that_is_no_json_is_named(rumbo):
    assert rumbo("mask", lines="hola\n") == (1, "", 'Line 1 is not JSON with a "text".\n')


def test_a_public_rumbo_without_a_key_is_refused(rumbo, monkeypatch):
    monkeypatch.delenv("RUMBO_SECRET_KEY")
    monkeypatch.setenv("RUMBO_PUBLIC_URL", "https://rumbo.example.org")
    code, _, complaint = rumbo("export")
    assert (code, complaint) == (1, "RUMBO_SECRET_KEY is not set. Make one with: openssl rand -hex 32\n")


def test_telegram_cannot_be_connected_while_it_is_off(rumbo):
    code, _, complaint = rumbo("telegram", "connect")
    assert (code, complaint.split(":")[0]) == (1, "Telegram is off")


def test_there_is_nothing_to_try_again_in_a_new_rumbo(rumbo, tmp_path):
    rumbo("db", "upgrade")
    broken = tmp_path / "spool" / "broken"
    assert rumbo("retry")[1] == f"0 files in {broken}. To try all of it again: rumbo retry --yes\n"
    assert rumbo("retry", "--yes")[1] == f"0 messages and 0 files of {broken} will be tried again.\n"


def test_a_new_key_is_brought_in(rumbo, monkeypatch):
    rumbo("db", "upgrade")
    monkeypatch.setenv("RUMBO_SECRET_KEY", f"{'n' * 40},{SECRET}")
    code, said, _ = rumbo("rekey")
    assert (code, " ".join(said.split())) == (
        0,
        "0 rows and 0 files were sealed again; nothing is left for the other keys.",
    )


def test_the_process_that_only_watches_loads_neither_database_nor_numbers():
    """`rumbo up` stays in memory for as long as Rumbo runs."""
    loaded = "import sys, bot.cli, bot.up; print({'sqlalchemy', 'numpy', 'httpx', 'fastapi'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True).stdout == "set()\n"


def test_a_process_that_does_not_exist_is_said_in_one_sentence(tmp_path, monkeypatch, rumbo):
    monkeypatch.setattr(up, "ENGINE", Path(__file__))
    assert rumbo("up", "webb")[::2] == (
        1,
        "There is no webb. The processes are: web, worker, inner, staff, engine.\n",
    )


def test_a_port_in_use_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(up, "ENGINE", Path(__file__))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        problem = up.run(make_settings(tmp_path, rumbo_public_port=port), Console(quiet=True))
    assert problem is not None
    assert problem.startswith("Already in use: port ")
    assert f"{port} (web)" in problem


def test_a_missing_engine_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(up, "ENGINE", tmp_path / "nowhere")
    assert up.run(make_settings(tmp_path), Console(quiet=True)) == training.MISSING


def test_what_became_of_referrals_is_told_and_written(rumbo, tmp_path):
    rumbo("db", "upgrade")
    assert "accepted" in rumbo("referrals", "report")[1]
    code, said, _ = rumbo("referrals", "report", "--csv", str(tmp_path / "report.csv"))
    assert (code, "0 rows" in said) == (0, True)
    assert (tmp_path / "report.csv").read_text() == "by,key,offered,accepted,attended,resolved,failed,unknown\n"
