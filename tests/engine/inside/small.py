"""A small bot for the checks: its models (trained once per process), its action server, its random learners."""

import functools
import json
import random
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from rasa.shared.core.domain import Domain

FOLDER = Path(__file__).parent / "small_bot"
PHASES = [None, "explore", "decide"]


@functools.cache
def domain():
    return Domain.load(str(FOLDER / "domain.yml"))


@functools.cache
def model(kind):
    """The path of the model trained with `config_<kind>.yml`."""
    from rasa.model_training import train

    out = tempfile.mkdtemp(prefix="rumbo-small-")
    config, data = str(FOLDER / f"config_{kind}.yml"), [str(FOLDER / "data.yml")]
    return train(str(FOLDER / "domain.yml"), config, data, output=out, fixed_model_name=kind).model


def slot(name, value):
    return {"event": "slot", "name": name, "value": value}


def act(call):
    """What the action server answers: (status, body)."""
    name, slots = call["next_action"], call["tracker"]["slots"]
    if name == "action_reject":
        return 400, {"error": "no", "action_name": name}
    if name == "action_phase":
        following = PHASES[(PHASES.index(slots["phase"]) + 1) % len(PHASES)]
        return 200, {"events": [slot("phase", following)], "responses": [{"text": f"fase {following}"}]}
    if name == "action_chain":
        return 200, {"events": [{"event": "followup", "name": "action_turn"}], "responses": []}
    if name == "validate_profile_form":
        return validate(slots)
    turn = call["tracker"]["latest_message"]
    text = f"turno {slots['seen'] + 1} {turn['metadata'].get('k')} {sorted(slots)}"
    return 200, {"events": [slot("seen", slots["seen"] + 1)], "responses": [{"text": text}, {"response": "utter_why"}]}


def validate(slots):
    asked = slots["requested_slot"]
    value = slots.get(asked) or ""
    if value.startswith(("x", "/")):
        return 200, {"events": [slot(asked, None)], "responses": [{"text": "no vale"}]}
    return 200, {"events": [slot(asked, slots.get(asked))] if asked else [], "responses": []}


async def webhook(request):
    status, body = act(json.loads(await request.read()))
    return web.json_response(body, status=status)


async def nlg(request):
    name = (await request.json())["response"]
    return web.json_response(dict(domain().responses[name][0]))


@asynccontextmanager
async def serving(**handlers):
    """The address of a server that answers POST /<name> with the handler of that name."""
    app = web.Application()
    for name, handler in handlers.items():
        app.router.add_post(f"/{name}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"
    finally:
        await runner.cleanup()


TEXTS = ["hola", "busco trabajo", "gracias", "qwrt zzz", "para qué quieres saber", "paso", "ya terminé esta etapa"]
ANSWERS = ["Ana", "Oaxaca", "x", "xx", "por qué", "siguiente", "Puebla", "/nada"]
INTENTS = ["/greet", "/ask_why", "/skip", "/jobs", "/phase_done", "/thank", "/profile"]


def message(dice: random.Random):
    """What a random learner sends: openings of the form, answers, interruptions, payloads, resets."""
    pick = dice.random()
    if pick < 0.18:
        return "quiero llenar mi perfil"
    if pick < 0.48:
        return dice.choice(ANSWERS)
    if pick < 0.52:
        return dice.choice(["/restart", "/session_start"])
    return dice.choice(INTENTS if pick < 0.75 else TEXTS)
