"""What Rumbo could not read, by likeness; one click proposes an example."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.review import repair, sentences, unread
from console.door import Ask, Stop, page
from console.frame import go, render
from console.pages.review import intents_of, message_of, places_of
from console.rights import Right

SHOWN = 40
"""Groups on the page."""
SAMPLES = 6
"""Messages of a group that are read out."""


@page("GET", "/no-entendido", Right.REVIEW)
def not_understood(ask: Ask) -> Response:
    with ask.rumbo.db.read() as session:
        messages = unread.unread(session, ask.at, ask.cohort)
    groups = unread.groups(messages, ask.at, unread.rarity(places_of(ask)))
    most = max((max(group.weeks) for group in groups), default=1)
    shown: dict[str, Any] = {"groups": groups[:SHOWN], "number": len(messages), "most": most or 1, "samples": SAMPLES}
    named = ask.rumbo.library.current().intents
    intents = intents_of(ask)
    shown |= {"intents": intents, "choices": {name for name, _ in intents}}
    return render(ask, "unread.html", named=named, weeks=unread.WEEKS, **shown)


@page("POST", "/no-entendido/{message:int}", Right.REVIEW)
def propose(ask: Ask) -> Response:
    intent = ask.form.get("intent", "")
    if intent not in sentences.intents(places_of(ask)):
        raise Stop(422, "judgement")
    with ask.rumbo.db.write() as session:
        message = message_of(ask, session, ask.path("message"))
        repair.propose(session, message, intent, ask.me.id, ask.at)
    return go("/no-entendido")
