"""`rumbo up`: prepares what is missing, starts every process, keeps them running, and stops them together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import NoReturn

from rich.console import Console

from bot.config import ROOT, Settings
from bot.processes import Process, choose, doors, in_use, processes
from bot.training import ENGINE, MISSING, tail, train

READY_WITHIN = 90.0
"""Seconds a process may take to answer for the first time."""


def run(has: Settings, out: Console, parts: list[str] | None = None) -> str | None:
    """Returns what went wrong in one sentence, or None after Ctrl-C."""
    if not ENGINE.exists():
        return MISSING
    _ = has.secret_keys  # a missing key is said now and not by five processes
    team = choose(processes(has), parts or [])
    if not team:
        return "Nothing of that is on this machine: see RASA_URL, RUMBO_INNER_URL, RUMBO_BIND and RUMBO_SMALL."
    listening = doors(has, team)
    if taken := [p for p in listening if p.port and in_use(p.port, p.host)]:
        names = ", ".join(f"{p.port} ({p.name})" for p in taken)
        return f"Already in use: port {names}. Is Rumbo running already? Stop it, or choose other ports in .env."
    has.rumbo_var.mkdir(parents=True, exist_ok=True)
    if problem := prepare(out):
        return problem
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        if problem := _start(team, out):
            return problem
        _say_where(has, listening, out)
        _stay(team)
    except KeyboardInterrupt:
        return None
    finally:
        _stop(team, out)


def prepare(out: Console) -> str | None:
    """The database and the model. In a process of its own, so that this one, which only watches, stays small."""
    made = subprocess.run([sys.executable, "-m", "bot.cli", "db", "upgrade"], cwd=ROOT, capture_output=True, text=True)
    return made.stderr.strip()[-500:] if made.returncode else train(out)


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


def _say_where(has: Settings, listening: list[Process], out: Console) -> None:
    whatsapp = bool(has.twilio_account_sid and has.twilio_auth_token and has.twilio_whatsapp_from)
    telegram = bool(has.telegram_bot_token and has.telegram_webhook_secret)
    at = {p.name: f"http://{p.host}:{p.port}" for p in listening}
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
