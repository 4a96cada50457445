"""The inner server, on loopback: runs actions for Rasa and gives it the wording (`/nlg`)."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException

import actions
from actions.common import NOTE, note, person
from bot.runtime import runtime

log = logging.getLogger(__name__)


def create_app() -> FastAPI:
    app = FastAPI(openapi_url=None)
    executor = ActionExecutor()
    executor.register_package(actions)
    executor.domain = {}

    @app.post("/webhook")
    async def run(request: Request) -> Response:
        """One action. Rasa sends no domain; without one, rasa-sdk would answer 449 and Rasa would fall silent."""
        call = await request.json()
        call["domain"] = call.get("domain") or {}
        try:
            result = await executor.run(call)
        except (ActionExecutionRejection, ActionNotFoundException) as refusal:
            status = 400 if isinstance(refusal, ActionExecutionRejection) else 404
            return JSONResponse({"error": refusal.message, "action_name": refusal.action_name}, status)
        said = result.model_dump() if result else {"events": [], "responses": []}
        said["responses"].append({"custom": understood(call["tracker"].get("latest_message") or {})})
        return JSONResponse(said)

    @app.post("/nlg")
    async def word(request: Request) -> Response:
        """The wording of one reply, for this learner."""
        call = await request.json()
        with person(call["tracker"]["sender_id"]) as someone:
            bubbles = someone.say(call["response"])
        said = note(bubbles, runtime().library.current().version)
        said[NOTE] |= understood(call["tracker"].get("latest_message") or {})[NOTE]
        return JSONResponse({"text": None, "custom": said})

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"content": runtime().library.current().version}

    return app


def understood(message: dict[str, Any]) -> dict[str, Any]:
    """What Rasa took the message for, with the runners-up; it rides back to the worker beside the replies."""
    intent = message.get("intent") or {}
    ranking = [
        {"name": r["name"], "confidence": round(r["confidence"], 3)} for r in message.get("intent_ranking") or []
    ]
    known = {"intent": intent.get("name"), "confidence": round(intent.get("confidence") or 0.0, 3)}
    return {NOTE: {"understood": known | ({"ranking": ranking[:3]} if ranking else {})}}
