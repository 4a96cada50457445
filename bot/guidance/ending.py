"""What is said when a block is done, or one answer of it was changed: its page, or its last words."""

from __future__ import annotations

from bot.content.library import Bubble
from bot.content.models import Interview
from bot.guidance import printing, wording
from bot.guidance.facts import Person
from bot.guidance.pages.registry import show


def last_words(person: Person, interview: Interview, message_id: int) -> list[Bubble]:
    """What came out of it where it has a page; else its last words, with its paper when it has one."""
    if interview.page:
        return show(person, interview.page, "", message_id)
    return printing.last_words(person, interview)


def mended(person: Person, interview: Interview, message_id: int) -> list[Bubble]:
    """After an answer was changed: what comes out of it now, or that it was changed."""
    return show(person, interview.page, "", message_id) if interview.page else wording.mended(person, interview)
