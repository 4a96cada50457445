"""The lock, the wording client, the stand-ins and the logs."""

import asyncio
import json
import os
from unittest.mock import patch

from aiohttp import web
from rasa.core.lock_store import LockError
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

import small
from rumbo_engine import logs, stand_ins
from rumbo_engine.lock import FifoLockStore
from rumbo_engine.nlg import LeanNLG, WordingFailed
from rumbo_engine.tracker import LeanTracker


async def check_lock_serves_in_order_without_polling():
    store, served, loop = FifoLockStore(), [], asyncio.get_running_loop()

    async def work(number):
        async with store.lock("ana"):
            await asyncio.sleep(0.01)
            served.append(number)

    start = loop.time()
    await asyncio.gather(*(work(number) for number in range(8)))
    assert served == list(range(8)) and loop.time() - start < 0.8
    assert store._queues == {}


async def check_lock_of_one_learner_does_not_hold_another():
    store, held = FifoLockStore(), []
    async with store.lock("ana"), store.lock("beto", lock_lifetime=0.1):
        held = sorted(store._queues)
    assert held == ["ana", "beto"] and store._queues == {}


async def check_lock_gives_up_after_its_lifetime():
    store, refused = FifoLockStore(), False
    async with store.lock("ana"):
        try:
            async with store.lock("ana", lock_lifetime=0.05):
                raise AssertionError("two at once")
        except LockError:
            refused = True
    assert refused and store._queues == {}


async def check_lock_is_given_back_when_something_goes_wrong_inside():
    store, raised = FifoLockStore(), False
    try:
        async with store.lock("ana"):
            raise KeyError("inside")
    except KeyError:
        raised = True
    assert raised and store._queues == {}


def tracker_of_ana():
    tracker = LeanTracker("ana", small.domain().slots)
    tracker.update(UserUttered("hola", {"name": "greet", "confidence": 0.9}, metadata={"message_id": "m1"}))
    tracker.update(SlotSet("phase", "explore"))
    return tracker


def wording(url):
    return LeanNLG(EndpointConfig(f"{url}/nlg", timeout=1), small.domain())


async def check_nlg_sends_what_wording_needs():
    bodies = []

    async def nlg(request):
        bodies.append(await request.json())
        return web.json_response({"text": "¡Hola!", "buttons": []})

    async with small.serving(nlg=nlg) as url:
        answer = await wording(url).generate("utter_greet", tracker_of_ana(), "rest", name="Ana", domain_responses={})
    assert answer == {"text": "¡Hola!", "buttons": []}
    slots = {"answer": None, "city": None, "name": None, "phase": "explore", "requested_slot": None, "seen": 0}
    slots["session_started_metadata"] = None
    intent = {"name": "greet", "confidence": 0.9}
    latest = {"text": "hola", "intent": intent, "metadata": {"message_id": "m1"}}
    assert bodies == [
        {
            "response": "utter_greet",
            "arguments": {"name": "Ana"},
            "tracker": {"sender_id": "ana", "slots": slots, "latest_message": latest},
            "channel": {"name": "rest"},
        }
    ], json.dumps(bodies)


async def check_nlg_failure_is_named():
    async def nlg(request):
        return web.Response(status=500)

    async with small.serving(nlg=nlg) as url:
        await fails(wording(url))
    await fails(wording(url))  # the server is gone now


async def fails(generator):
    try:
        await generator.generate("utter_greet", tracker_of_ana(), "rest")
    except WordingFailed as error:
        assert "utter_greet" in str(error)
    else:
        raise AssertionError("no error")


def check_stand_in_names_the_missing_package():
    import pymongo.errors
    import tensorflow as tf

    class Layer(tf.keras.layers.Layer):
        @tf.function(reduce_retracing=True)
        def call(self, x: tf.Tensor | None) -> None: ...

    for use in (lambda: tf.constant(1), Layer, lambda: tf.Variable(name="x").numpy()):
        try:
            use()
        except stand_ins.NotInstalled as error:
            assert "'tensorflow' is not installed" in str(error)
        else:
            raise AssertionError("it pretended to work")
    assert issubclass(pymongo.errors.ConnectionFailure, Exception)


def check_stand_ins_are_for_missing_packages_of_the_list_only():
    finder = stand_ins.install()
    assert finder is stand_ins.install() and set(finder.packages) <= set(stand_ins.PACKAGES)
    assert finder.find_spec("tensorflow_datasets") is None and finder.find_spec("sklearn") is None
    assert "tensorflow" not in stand_ins.StandInFinder(["redis"]).packages


def check_only_a_model_of_our_own_parts_runs_without_what_is_installed():
    import sys
    from pathlib import Path

    here, before = Path(__file__).parent / "small_bot", list(sys.meta_path)
    try:
        assert not stand_ins.leave_out("train", here / "config_ours.yml") and sys.meta_path == before
        assert not stand_ins.leave_out("run", here / "no_such_file.yml") and sys.meta_path == before
        assert not stand_ins.leave_out("run", here / "config_stock.yml") and sys.meta_path == before
        assert stand_ins.leave_out("run", here / "config_ours.yml")
        assert sys.meta_path[0].find_spec("sklearn.svm") is not None
    finally:
        sys.meta_path[:] = before


def check_logs_keep_names_and_leave_out_what_people_wrote():
    line = {"event": "rest.message.received.failure", "text": "me pegó", "slot_values": {"name": "Ana"}}
    assert logs.keep_names_only(None, "error", line) == {"event": "rest.message.received.failure"}
    assert described(ValueError("no number: me pegó")).startswith("ValueError (")
    assert described(OSError("disk full\nme pegó")).startswith("OSError: disk full (")


def described(error):
    try:
        raise error
    except Exception as raised:
        told = logs._describe((type(raised), raised, raised.__traceback__))
    assert "me pegó" not in told and "check_parts.py" in told
    return told


def check_patches_are_left_out_with_another_rasa():
    import rasa

    from rumbo_engine import patches

    with patch.object(rasa, "__version__", "3.6.99"), patch.dict(os.environ, {"RUMBO_ENGINE_PATCHES": "1"}):
        assert patches.apply_if_wanted() is False
    with patch.dict(os.environ, {"RUMBO_ENGINE_PATCHES": "0"}):
        assert patches.apply_if_wanted() is False
    assert rasa.__version__ == patches.PINNED
