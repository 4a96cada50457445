"""The bounded store alone: what it keeps, what it forgets, and what happens when the database is away."""

import asyncio
import os
import sqlite3
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    ReminderScheduled,
    SlotSet,
    UserUttered,
)

import small
from rumbo_engine.rows import open_rows
from rumbo_engine.store import BoundedTrackerStore, StoreUnavailable
from rumbo_engine.tracker import LeanTracker, compact

UTC = timezone.utc


def store_in(folder, **settings):
    return BoundedTrackerStore(small.domain(), url=f"sqlite:///{folder}/sub/engine.db", **settings)


def say(tracker, text, value):
    intent = {"name": "greet", "confidence": 1.0}
    for event in (
        UserUttered(text, intent, metadata={"k": value}),
        ActionExecuted("action_turn"),
        SlotSet("seen", value),
        BotUttered(f"respuesta {value}"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)


async def talk(store, sender, turns, text="mensaje"):
    for number in range(turns):
        tracker = await store.get_or_create_tracker(sender)
        say(tracker, f"{text} {number}", number)
        await store.save(tracker)
    return await store.retrieve(sender)


def erase_elsewhere(folder, sender):
    with sqlite3.connect(f"{folder}/sub/engine.db") as db:
        db.execute("DELETE FROM conversation WHERE sender_id=?", (sender,))


async def round_trip(store):
    tracker = await talk(store, "ana", 60)
    assert tracker.get_slot("seen") == 59
    assert tracker.latest_message.text == "mensaje 59" and tracker.latest_message.metadata == {"k": 59}
    assert tracker.latest_action_name == "action_listen" and tracker.followup_action is None
    assert len(tracker.events) < 60
    assert list(await store.keys()) == ["ana"]
    await store.delete("ana")
    assert await store.retrieve("ana") is None


async def check_store_round_trip_stays_small():
    with tempfile.TemporaryDirectory() as folder:
        await round_trip(store_in(folder))


async def check_store_round_trip_on_postgresql():
    url = os.environ.get("RUMBO_TEST_POSTGRES")
    if not url:
        return "skipped: no PostgreSQL"
    await round_trip(BoundedTrackerStore(small.domain(), url=url))
    async_driver = url.replace("postgresql://", "postgresql+psycopg://")
    await round_trip(BoundedTrackerStore(small.domain(), url=async_driver, cache=0))


async def check_engines_that_start_at_once_on_an_empty_postgresql_all_find_their_table():
    url = os.environ.get("RUMBO_TEST_POSTGRES")
    if not url:
        return "skipped: no PostgreSQL"
    name = f"first_{os.getpid()}"
    await (await open_rows(url)._open()).execute(f"CREATE DATABASE {name}")
    engines = [open_rows(urlsplit(url)._replace(path=f"/{name}").geturl()) for _ in range(4)]
    assert await asyncio.gather(*(rows.version("ana") for rows in engines for _ in range(10))) == [None] * 40


async def check_another_process_continues_the_conversation():
    with tempfile.TemporaryDirectory() as folder:
        one, other = store_in(folder), store_in(folder)
        await talk(one, "ana", 3)
        await talk(other, "ana", 3, "otro")
        assert (await one.retrieve("ana")).latest_message.text == "otro 2"


async def check_row_deleted_elsewhere_erases_the_learner():
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(folder)
        await talk(store, "ana", 3)
        erase_elsewhere(folder, "ana")
        assert await store.retrieve("ana") is None


async def check_erasure_during_a_turn_is_not_undone_by_its_end():
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(folder)
        tracker = await talk(store, "ana", 3)
        erase_elsewhere(folder, "ana")  # what "borrar mis datos" does while Rasa waits for its action
        say(tracker, "borrar mis datos", 4)
        await store.save(tracker)
        assert await store.retrieve("ana") is None
        assert (await talk(store, "ana", 1)).latest_message.text == "mensaje 0"  # and she may begin anew


async def check_delete_leaves_nothing_in_the_files():
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(folder)
        await talk(store, "ana", 20, "secreto")
        files = lambda: b"".join(path.read_bytes() for path in Path(folder).rglob("engine.db*"))  # noqa: E731
        assert b"secreto" in files()
        await store.delete("ana")
        assert b"secreto" not in files()


async def check_unreadable_store_is_a_failure_not_a_new_conversation():
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(folder)
        await talk(store, "ana", 2)
        store.rows._db.close()
        try:
            await FailSafeTrackerStore(store).get_or_create_tracker("ana")
        except StoreUnavailable:
            return
        raise AssertionError("a fresh conversation was begun")


async def check_only_the_current_turn_is_told_to_actions():
    with tempfile.TemporaryDirectory() as folder:
        store = store_in(folder)
        tracker = await talk(store, "ana", 5)
        from rasa.shared.core.trackers import EventVerbosity

        told = tracker.current_state(EventVerbosity.ALL)["events"]
        assert [e["text"] for e in told if e["event"] == "user"] == ["mensaje 4"]
        full = (await store.retrieve_full_tracker("ana")).current_state(EventVerbosity.ALL)["events"]
        assert len([e for e in full if e["event"] == "user"]) == 5


def check_compaction_keeps_pause_reminders_and_form():
    future = ReminderScheduled("greet", datetime.now(UTC) + timedelta(days=1), name="mañana")
    past = ReminderScheduled("greet", datetime.now(UTC) - timedelta(days=1), name="ayer")
    tracker = LeanTracker("ana", small.domain().slots)
    tracker.update(ActionExecuted("action_listen"))
    say(tracker, "abre", 1)
    for event in (future, past, ActiveLoop("profile_form"), SlotSet("requested_slot", "city"), ConversationPaused()):
        tracker.update(event)
    tracker.update(ActionExecuted("action_listen"))
    for number in range(9):
        say(tracker, "sigue", number)
    kept = compact(list(tracker.events), "ana", small.domain().slots, keep=2, high=4)
    again = LeanTracker.from_events("ana", kept, small.domain().slots)
    assert [e.name for e in kept if isinstance(e, ReminderScheduled)] == ["mañana"]
    assert again.is_paused() and again.active_loop_name == "profile_form"
    assert again.current_slot_values() == tracker.current_slot_values()
    assert len(kept) < len(tracker.events)


def check_compaction_leaves_short_conversations_alone():
    tracker = LeanTracker("ana", small.domain().slots)
    tracker.update(ActionExecuted("action_listen"))
    for number in range(4):
        say(tracker, "sigue", number)
    assert compact(list(tracker.events), "ana", small.domain().slots, keep=2, high=4) is None


async def check_saving_costs_the_same_at_message_600():
    store = BoundedTrackerStore(small.domain(), url="sqlite://")
    start = time.perf_counter()
    await talk(store, "ana", 100)
    first = time.perf_counter() - start
    await talk(store, "ana", 400)
    start = time.perf_counter()
    await talk(store, "ana", 100)
    assert time.perf_counter() - start < 3 * first + 0.1
