"""The shapes of `lessons/*.yml` and `lesson_paths.yml`: three minutes, one thing to try, one question with feedback."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.content.models import Strict, Title

Subject = Literal["socioemotional", "digital", "employment", "business", "study", "money"]
Bubble = Annotated[str, Field(min_length=1, max_length=600)]


class Choice(Strict):
    """One answer to the question of a lesson. `feedback` goes on from it kindly; no answer is called wrong."""

    id: str
    title: Title
    feedback: str = Field(min_length=1, max_length=400)


class Check(Strict):
    """The question of a lesson: something to think over, not an exam."""

    text: str = Field(min_length=1, max_length=300)
    options: tuple[Choice, ...] = Field(min_length=2, max_length=4)


class Lesson(Strict):
    """A lesson of three minutes. `pathways` empty: for every way. `one_thing` stands in the file as `try`.
    `source` and `as_of` say where its figures and rights were read; `next`: the lesson offered after it."""

    id: str = Field(pattern=r"^[a-z_]+$")
    title: Title
    topic: Subject
    pathways: tuple[str, ...] = ()
    minutes: Literal[3] = 3
    bubbles: tuple[Bubble, ...] = Field(min_length=3, max_length=6)
    one_thing: str = Field(alias="try", min_length=1, max_length=300)
    question: Check
    source: str = ""
    as_of: str = Field(default="", pattern=r"^(\d{4}.*)?$")
    next: str = ""


LessonPaths = dict[str, tuple[str, ...]]
"""Lesson ids in their order, by pathway; `any` for who has not chosen a way yet."""
