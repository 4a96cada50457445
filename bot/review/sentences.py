"""The training sentences as files: what may be added to them, and adding one without ever leaving half a file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import category

import yaml
from rapidfuzz import fuzz, process

from bot.config import ROOT, RumboError
from bot.messages.choices import plain

ALIKE = 93
"""Likeness, of 100, from which two sentences of one intent are one (as `tests/nlu/test_data.py` has it)."""
LONGEST = 200


class Refused(RumboError):
    """A sentence cannot become an example. The text is the name of the reason: empty, long, odd, masked, intent,
    twice, elsewhere, alike, away."""


@dataclass(frozen=True)
class Places:
    """Where the training sentences stand, and those that must be understood from now on."""

    sentences: Path = ROOT / "nlu_data" / "es-MX"
    repaired: Path = ROOT / "tests" / "nlu" / "repaired.jsonl"

    def files(self) -> list[Path]:
        return sorted(self.sentences.glob("*.yml"))


def known(places: Places) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Every file, intent and its sentences; a file is read again when it has changed."""
    for file in places.files():
        state = file.stat()
        for intent, said in _read(file, state.st_mtime_ns, state.st_ino):
            yield file, intent, said


@lru_cache(maxsize=200)
def _read(file: Path, _changed: int, _inode: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    entries = [entry for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"] if "intent" in entry]
    lines = ((entry["intent"], entry["examples"].splitlines()) for entry in entries)
    return tuple((intent, tuple(line[2:].strip() for line in said if line.strip())) for intent, said in lines)


def intents(places: Places) -> list[str]:
    """What a sentence can be an example of."""
    return sorted(intent for _, intent, _ in known(places))


def why_not(text: str, intent: str, places: Places) -> str | None:
    """What speaks against a sentence: the same that the data's own tests refuse."""
    if problem := _form(text):
        return problem
    homes = {name: said for _, name, said in known(places)}
    if intent not in homes:
        return "intent"
    asked = plain(text) or text
    for name, said in homes.items():
        if asked in {plain(s) or s for s in said}:
            return "twice" if name == intent else "elsewhere"
    mine = [plain(s) or s for s in homes[intent]]
    return "alike" if process.extractOne(asked, mine, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE) else None


def _form(text: str) -> str | None:
    if not text:
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if "«" in text or "»" in text:
        return "masked"
    return "odd" if text.startswith("/") or any(c in "[]{}" or category(c) == "Cc" for c in text) else None


def add(text: str, intent: str, places: Places) -> Path:
    """Write a sentence under its intent and among those to be understood. Raises `Refused`; then nothing changed."""
    if problem := why_not(text, intent, places):
        raise Refused(problem)
    file = next(file for file, name, _ in known(places) if name == intent)
    try:
        _replace(file, _with(file.read_text(encoding="utf-8"), intent, text))
        line = json.dumps({"text": text, "intent": intent}, ensure_ascii=False)
        before = places.repaired.read_text(encoding="utf-8") if places.repaired.exists() else ""
        _replace(places.repaired, f"{before}{line}\n")
    except OSError:
        raise Refused("away") from None
    return file


def _with(data: str, intent: str, text: str) -> str:
    """The file with one more line at the end of an intent's examples, all else as it was."""
    lines = data.splitlines()
    start = next(n for n, line in enumerate(lines) if line.split("#")[0].rstrip() == f"- intent: {intent}")
    last = start + 1
    while last + 1 < len(lines) and lines[last + 1].startswith("    - "):
        last += 1
    lines.insert(last + 1, f"    - {text}")
    return "\n".join(lines) + "\n"


def _replace(file: Path, text: str) -> None:
    """All or nothing: who reads the file meanwhile reads the old one or the new one."""
    fresh = file.with_suffix(f".{os.getpid()}.new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, file)
