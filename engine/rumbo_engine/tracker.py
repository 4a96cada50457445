"""A conversation that stays small: what happened before the last turns is kept as its outcome.

Stock Rasa keeps and replays every event for ever: 35 ms a message at the tenth, 538 ms at the six hundredth.
Here everything before the last few turns is replaced by ordinary events that leave the same state behind
(slots, reminders, the form in progress, the last turn), so nothing else in Rasa has to know.
tests/engine compares both over random conversations.
"""

from __future__ import annotations

import copy
import dataclasses
import time
from collections import deque
from typing import Any, Iterable

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    ReminderScheduled,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses

_JUST_BEFORE = 1e-3  # seconds: the snapshot is dated just before the first turn that is kept
_classes: dict[str, Any] = {}


def event_from_dict(stored: dict[str, Any]) -> Event | None:
    """Rasa's Event.from_parameters, without walking through all event classes for every event."""
    if not _classes:
        for event_class in all_subclasses(Event):  # the first of a name wins, as in Event.resolve_by_type
            _classes.setdefault(event_class.type_name, event_class)
    event_class = _classes.get(stored["event"])
    return event_class._from_parameters(stored) if event_class else None


class LeanTracker(DialogueStateTracker):
    """A tracker that is cheap to copy and tells the action server about the current turn only."""

    shows_all_events = False  # set for GET /conversations/<id>/tracker
    is_stored = False  # it came from the store: if its row is gone when it is saved, the learner was erased

    def init_copy(self) -> LeanTracker:
        return LeanTracker(
            self.sender_id, self.slots.values(), self._max_event_history, is_rule_tracker=self.is_rule_tracker
        )

    def copy(self) -> LeanTracker:
        """Copy the state instead of replaying all events, which is what the stock tracker does."""
        twin = LeanTracker.__new__(LeanTracker)
        twin.__dict__.update(self.__dict__)
        twin.events = deque(self.events, self._max_event_history)
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        twin.latest_action = dict(self.latest_action) if self.latest_action is not None else None
        twin.active_loop = dataclasses.replace(self.active_loop) if self.active_loop else None
        twin.model_id = twin.assistant_id = None  # as the stock copy leaves them
        return twin

    def _events_for_verbosity(self, event_verbosity: EventVerbosity) -> list[Event] | None:
        if event_verbosity != EventVerbosity.ALL or self.shows_all_events:
            return super()._events_for_verbosity(event_verbosity)
        turn: deque[Event] = deque()
        for event in reversed(self.events):
            turn.appendleft(event)
            if isinstance(event, UserUttered):
                break
        return list(turn)


def compact(events: list[Event], sender_id: str, slots: Iterable[Slot], keep: int, high: int) -> list[Event] | None:
    """A snapshot and the last `keep` turns, once there are more than `high` of them; None: leave all as it is."""
    starts = _turn_starts(events)
    if len(starts) <= high:
        return None
    cut = starts[-keep]
    before, trigger = _replay(events[:cut], sender_id, slots)
    if before.followup_action:  # something is still to be done there: cut at another turn
        return None
    return _snapshot(before, trigger, events[cut].timestamp - _JUST_BEFORE) + events[cut:]


def _turn_starts(events: list[Event]) -> list[int]:
    """Where a user message follows action_listen directly: nothing is half done there."""
    return [i for i in range(1, len(events)) if isinstance(events[i], UserUttered) and _is_listen(events[i - 1])]


def _is_listen(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _replay(events: list[Event], sender_id: str, slots: Iterable[Slot]) -> tuple[LeanTracker, UserUttered | None]:
    """The state the events lead to, and the message that opened the form last opened."""
    tracker, trigger = LeanTracker(sender_id, slots), None
    for event in events:
        if isinstance(event, ActiveLoop) and event.name:
            trigger = tracker.latest_message
        tracker.update(event)
    return tracker, trigger


def _snapshot(before: LeanTracker, trigger: UserUttered | None, date: float) -> list[Event]:
    """Ordinary events that lead to the state of `before`, ready for the next user message."""
    in_form = before.active_loop_name is not None
    return [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=date),
        SessionStarted(timestamp=date),
        *(SlotSet(s.name, s.value, timestamp=date) for s in before.slots.values() if s.has_been_set),
        *_future_reminders(before.events),
        *(_form_events(before, trigger, date) if in_form else _last_turn(before, date)),
        *([ConversationPaused(timestamp=date)] if before.is_paused() else []),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=date),
    ]


def _future_reminders(events: Iterable[Event]) -> list[Event]:
    now = time.time()
    return [e for e in events if isinstance(e, ReminderScheduled) and e.trigger_date_time.timestamp() > now]


def _form_events(before: LeanTracker, trigger: UserUttered | None, date: float) -> list[Event]:
    """The form as it was opened. Its message keeps its date: session expiry is counted from it."""
    form = before.active_loop_name
    events: list[Event] = [ActionExecuted(ACTION_LISTEN_NAME, timestamp=date)]
    if trigger is not None and trigger.text:
        events.append(trigger)
    events += [ActionExecuted(form, timestamp=date), ActiveLoop(form, timestamp=date)]
    events.append(SlotSet(REQUESTED_SLOT, before.get_slot(REQUESTED_SLOT), timestamp=date))
    if before.is_active_loop_rejected:
        events.append(ActionExecutionRejected(form, timestamp=date))
    return events


def _last_turn(before: LeanTracker, date: float) -> list[Event]:
    """The last turn that counted: session expiry needs its message, and an undone message falls back to it.

    It is kept whole, with its actions: a message without its answer would be answered again.
    """
    applied = before.applied_events()
    start = next((i for i in reversed(range(len(applied))) if isinstance(applied[i], UserUttered)), None)
    if start is None:
        return []
    turn = [event for event in applied[start:] if not isinstance(event, BotUttered)]
    if _is_listen(turn[-1]):
        turn.pop()
    return [ActionExecuted(ACTION_LISTEN_NAME, timestamp=date), *turn]
