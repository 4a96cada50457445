"""The stock engine and ours, side by side: the same random messages must have the same outcome.

Stock: in-memory store with all events, stock RulePolicy, stock NLG. Ours: bounded store (as small as it goes,
so that it cuts often), indexed policy, lean NLG. Compared after every message: replies, slots, form, last
action, pause, follow-up.
"""

import hashlib
import json
import random
import time
from unittest.mock import patch

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import SlotSet
from rasa.utils.endpoints import EndpointConfig

import small
from rumbo_engine.store import BoundedTrackerStore

EXPIRED = 3700.0  # seconds; the small bot's sessions end after an hour
MESSAGES = 25  # per learner


def agents(url, keep, high, cache):
    actions = EndpointConfig(f"{url}/webhook", enable_selective_domain=True)
    lean = EndpointConfig(f"{url}/nlg", type="rumbo_engine.nlg.LeanNLG")
    ours = BoundedTrackerStore(small.domain(), url="sqlite://", keep=keep, high=high, cache=cache)
    stock = InMemoryTrackerStore(small.domain())
    return (
        Agent.load(small.model("stock"), action_endpoint=actions, tracker_store=stock),
        Agent.load(small.model("ours"), action_endpoint=actions, tracker_store=ours, generator=lean),
    )


async def outcome(agent, sender, text, number):
    channel = CollectingOutputChannel()
    await agent.handle_message(UserMessage(text, channel, sender, input_channel="rest", metadata={"k": number}))
    t = await agent.tracker_store.retrieve(sender)
    state = (t.current_slot_values(), t.active_loop_name, t.latest_action_name, t.is_paused(), t.followup_action)
    return channel.messages, state, len(t.events)


async def set_phase(agent, sender, phase):
    """A slot set from outside, as POST /conversations/<id>/tracker/events does."""
    tracker = await agent.processor.fetch_full_tracker_with_initial_session(sender)
    tracker.update(SlotSet("phase", phase), agent.domain)
    await agent.tracker_store.save(tracker)


async def compare(seed, steps, keep, high, cache):
    """Turns in the form, expiries, and the most events ours held; AssertionError at the first difference."""
    dice, shift, seen = random.Random(seed), [0.0], {"form": 0, "expired": 0, "held": 0, "heard": hashlib.sha256()}
    real = time.time
    async with small.serving(webhook=small.webhook, nlg=small.nlg) as url:
        pair = agents(url, keep, high, cache)
        with patch("time.time", lambda: real() + shift[0]):
            for step in range(steps):
                await take_step(pair, f"learner-{step // MESSAGES}", step, dice, shift, seen)
    return seen


async def take_step(pair, sender, step, dice, shift, seen):
    if dice.random() < 0.03:
        shift[0] += EXPIRED
        seen["expired"] += 1
    if dice.random() < 0.07:
        phase = dice.choice(small.PHASES)
        for agent in pair:
            await set_phase(agent, sender, phase)
        return
    text = small.message(dice)
    stock, ours = [await outcome(agent, sender, text, step) for agent in pair]
    assert stock[:2] == ours[:2], f"{sender}, step {step}, {text!r}:\n  stock {stock}\n  ours  {ours}"
    seen["heard"].update(json.dumps(ours[:2], sort_keys=True).encode())
    seen["form"] += stock[1][1] is not None
    seen["held"] = max(seen["held"], ours[2])


async def check_bounded_engine_equals_stock_engine():
    seen = await compare(seed=1, steps=1000, keep=4, high=8, cache=200)
    assert seen["form"] > 80 and seen["expired"] > 10 and seen["held"] < 200, seen
    return seen["heard"].hexdigest()  # the same with and without patches, see test_inside.py


async def check_smallest_store_without_cache_equals_stock_engine():
    seen = await compare(seed=2, steps=400, keep=2, high=3, cache=0)
    assert seen["form"] > 30 and seen["expired"] > 5 and seen["held"] < 150, seen
