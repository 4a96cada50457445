"""What Rumbo says, read from `content/<locale>/`, checked, and read again when an editor changes a file."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.config import RumboError
from bot.content import services
from bot.content.blocks import filled
from bot.content.gender import Gender, spoken
from bot.content.guide import Guide, read_guide
from bot.content.lessons import Lesson
from bot.content.models import Interview, Pathway, State, Text
from bot.content.services import Service
from bot.content.tips import Tip

M = TypeVar("M", bound=BaseModel)

log = logging.getLogger(__name__)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where it is there."""
LOOK_EVERY = 1.0
"""Seconds between two looks at the files."""


class ContentError(RumboError):
    """Something under `content/` is wrong. The text names the file and the place."""


@dataclass(frozen=True)
class Bubble:
    """One bubble ready to be said, with the choices under it as (title, payload), and the content it came from."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    content_id: str = ""
    media: Mapping[str, Any] | None = None
    """A picture or paper to make for it, as `bot/messages/media.py` reads it."""
    hears: tuple[tuple[str, str], ...] = ()
    """What may be written after it besides what is tapped, as (words, payload): "si tuviera guarderia"."""


@dataclass(frozen=True)
class Content:
    """Everything Rumbo says in one locale, as it was at one moment. `version` changes with any byte of it."""

    version: str
    messages: dict[str, Text]
    interviews: dict[str, Interview]
    pathways: dict[str, Pathway]
    tips: dict[str, Tip]
    lessons: dict[str, Lesson]
    states: dict[str, State]
    services: dict[str, Service]
    guide: Guide
    """Wages, occupations, routes and the like: what decisions are made with."""
    intents: dict[str, str]
    """What a topic is called when it is offered as "did you mean"."""
    notice: str

    @cached_property
    def voices(self) -> dict[str, Content]:
        """The same content, once in each grammatical gender."""
        return {gender: self._in(gender) for gender in Gender}

    def _in(self, gender: str) -> Content:
        return replace(self, **{f.name: spoken(getattr(self, f.name), gender) for f in fields(self)})

    def spoken_to(self, gender: str | None) -> Content:
        """This content in the gender she wants to be spoken to in; without gender until she says."""
        return self.voices.get(gender or Gender.NONE, self.voices[Gender.NONE])

    def words(self, content_id: str, **values: object) -> str:
        """The first bubble of a message, for use inside another. Raises `ContentError`."""
        return fill(self.messages[content_id].text[0], values, content_id)

    def say(self, content_id: str, **values: object) -> list[Bubble]:
        """A message as bubbles; its buttons go under the last one. Raises `ContentError`."""
        if content_id not in self.messages:
            raise ContentError(f"there is no message {content_id}")
        message = self.messages[content_id]
        bubbles = [Bubble(fill(text, values, content_id), content_id=content_id) for text in message.text]
        buttons = tuple((b.title, f"/{b.go}") for b in message.buttons)
        return [*bubbles[:-1], Bubble(bubbles[-1].text, buttons, content_id)]


def fill(template: str, values: dict[str, object], where: str) -> str:
    """Put values into `{places}`. Raises `ContentError` naming a place nothing is known about.

    Who did not say her name is spoken to without one: "¡Listo, {name}!" is "¡Listo!".
    """
    if "name" in values and not values["name"]:
        template = template.replace(", {name}", "")
    try:
        return template.format_map(values).strip()
    except (KeyError, ValueError, IndexError) as mistake:
        raise ContentError(f"{where}: cannot fill in {mistake}") from None


def load(folder: Path, locale: str) -> Content:
    """Read and check all content of a locale. Raises `ContentError`."""
    home = folder / locale
    needed = [
        home / "notice.md",
        home / "pathways.yml",
        home / "states.yml",
        home / "intents.yml",
        *(home / f"{name}.yml" for name in Guide.model_fields),
        folder / "services.csv",
    ]
    files = sorted({*home.rglob("*.yml"), *needed})
    missing = [f.name for f in files if not f.exists()]
    if missing:
        raise ContentError(f"{home}: missing {', '.join(missing)}")
    digest = hashlib.sha1(b"".join(f.read_bytes() for f in files), usedforsecurity=False)
    guide = read_guide(home, _shaped)
    states = _by_id(_list(home / "states.yml", State))
    blocks = _by_id(_parse(f, Interview, _yaml(f)) for f in sorted((home / "interviews").glob("*.yml")))
    return Content(
        version=digest.hexdigest()[:12],
        messages=_messages(home / "messages"),
        interviews=filled(blocks, guide),
        pathways=_by_id(_list(home / "pathways.yml", Pathway)),
        tips=_by_id(tip for f in sorted((home / "tips").glob("*.yml")) for tip in _list(f, Tip)),
        lessons=_by_id(lesson for f in sorted((home / "lessons").glob("*.yml")) for lesson in _list(f, Lesson)),
        states=states,
        intents=_titles(home / "intents.yml"),
        services=_by_id(_services(services.file_of(folder), states)),
        guide=guide,
        notice=_read(home / "notice.md"),
    )


def _messages(folder: Path) -> dict[str, Text]:
    messages: dict[str, Text] = {}
    for file in sorted(folder.glob("*.yml")):
        entries = _yaml(file) or {}
        if not isinstance(entries, dict):
            raise ContentError(f"{file.name}: is not a list of names, each with its text")
        for name, body in entries.items():
            if name in messages:
                raise ContentError(f"{file.name}: {name} stands in two files")
            messages[name] = _parse(file, Text, body, name)
    return messages


def _titles(file: Path) -> dict[str, str]:
    found: dict[str, str] = _shaped(file, dict[str, str])
    return found


def _services(file: Path, states: Collection[str]) -> list[Service]:
    found, mistakes = services.read(file.read_bytes(), states)
    if mistakes:
        raise ContentError("\n".join(f"{file.name}: {mistake}" for mistake in mistakes))
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContentError(f"{file.name}: is not saved as UTF-8") from None


def _yaml(file: Path) -> Any:
    try:
        return yaml.load(_read(file), Loader=LOADER)  # noqa: S506 -- both are safe loaders
    except yaml.YAMLError as mistake:
        raise ContentError(f"{file.name}: {mistake}") from None


def _parse(file: Path, model: type[M], body: Any, place: str = "") -> M:
    try:
        return model.model_validate(body)
    except ValidationError as mistakes:
        raise ContentError(_explain(file, mistakes, place)) from None


def _list(file: Path, model: type[M]) -> list[M]:
    found: list[M] = _shaped(file, list[model])  # type: ignore[valid-type]
    return found


def _shaped(file: Path, shape: Any) -> Any:
    try:
        return TypeAdapter(shape).validate_python(_yaml(file))
    except ValidationError as mistakes:
        raise ContentError(_explain(file, mistakes, "")) from None


def _explain(file: Path, mistakes: ValidationError, place: str) -> str:
    first = mistakes.errors()[0]
    where = ".".join(str(part) for part in (place, *first["loc"]) if part != "")
    return f"{file.name}: {where}: {first['msg']}"


def _by_id(items: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if item.id in found:
            raise ContentError(f"the id {item.id} is used twice")
        found[item.id] = item
    return found


class Library:
    """The content of one locale, followed as editors change it. A mistake keeps the last good version and is logged."""

    def __init__(self, folder: Path, locale: str) -> None:
        self.folder, self.locale = folder, locale
        self._content = load(folder, locale)
        self._stamp = self._read_stamp()
        self._looked = time.monotonic()

    def current(self) -> Content:
        if time.monotonic() - self._looked >= LOOK_EVERY:
            self._looked = time.monotonic()
            self._refresh()
        return self._content

    def _refresh(self) -> None:
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            self._content = load(self.folder, self.locale)
            log.info("content is now version %s", self._content.version)
        except ContentError as mistake:
            log.error("content was changed but cannot be used: %s", mistake)

    def _read_stamp(self) -> list[tuple[str, int]]:
        found = [*(self.folder / self.locale).rglob("*"), self.folder / "services.csv"]
        return sorted((str(f), f.stat().st_mtime_ns) for f in found if f.is_file())
