"""What happened in a turn: which rule or form led to which action. Staff read it beside the message."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Iterable

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered

RULES = "rules"
"""In the metadata of an action: the rules it comes from, as they are called in stories/."""
SAVED: ContextVar[Iterable[Event]] = ContextVar("saved", default=())
"""The events of the conversation that was saved last in this context."""
_SILENT = (ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME)


def fired(events: Iterable[Event]) -> list[dict[str, Any]]:
    """The actions of the last turn: `{"action", "rules"}`, or `{"action", "form"}` when the open form took it."""
    turn: list[dict[str, Any]] = []
    form = None
    for event in events:
        if isinstance(event, UserUttered):
            turn = []
        elif isinstance(event, ActiveLoop):
            form = event.name
        elif isinstance(event, ActionExecuted) and event.action_name not in _SILENT:
            turn.append(_one(event, form))
    return turn


def _one(event: ActionExecuted, form: str | None) -> dict[str, Any]:
    """A rule that opens a form is the reason of its first turn; afterwards the form is."""
    if rules := (event.metadata or {}).get(RULES):
        return {"action": event.action_name, RULES: rules}
    return {"action": event.action_name} | ({"form": form} if form == event.action_name else {})
