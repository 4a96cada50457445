"""Which functions are which step of a message's way, by process."""

from __future__ import annotations

from typing import Any

from bench.probe.watch import Namer

Places = dict[str, "str | Namer"]


def by_path(room: str) -> Namer:
    def name(_app: Any, scope: dict[str, Any], *_: Any) -> str:
        return f"{room}: framework {scope.get('path', '')}"

    return name


WEB: Places = {
    "fastapi.applications:FastAPI.__call__": by_path("web"),
    "bot.web:_verified": "verify",
    "channels.whatsapp:WhatsApp.parse": "parse",
    "bot.web:_take_in": "web: take in",
    "bot.web:_save": "save",
}
WORKER: Places = {
    "bot.messages.queue:claim": lambda _session, direction, *_: f"claim ({direction})",
    "bot.messages.worker:Worker.work_one": "worker: rest of one message",
    "bot.messages.worker:Worker.take": "claim: transaction",
    "bot.messages.worker:Worker._read": "read and resolve",
    "bot.messages.worker:Worker._close": "close and queue replies",
    "bot.messages.worker:Worker.hear_cry": "look ahead for cries",
    "bot.messages.outbox:Outbox.send_one": "send: transactions",
    "bot.care.safety:assess": "safety net",
    "bot.people.masking:mask": "mask",
    "bot.messages.rasa:Rasa.ask": "ask Rasa (HTTP client)",
    "channels.whatsapp:WhatsApp.send": "send: HTTP client",
    "bot.loops:erase": "look for erasures",
    "bot.loops:take_up": "look at the spool",
}
INNER: Places = {
    "fastapi.applications:FastAPI.__call__": by_path("inner"),
    "rasa_sdk.executor:ActionExecutor.run": "action",
    "bot.guidance.facts:Person.say": "wording",
}
ENGINE: Places = {
    "rasa.core.processor:MessageProcessor.handle_message": "engine: rest of a message",
    "rasa.core.processor:MessageProcessor.parse_message": "NLU: Rasa's frame",
    "rasa.core.processor:MessageProcessor.predict_next_with_tracker_if_should": "policies",
    "rasa.core.actions.action:RemoteAction.run": "call an action (HTTP client)",
    "rumbo_engine.extractor:SpanishEntityExtractor.process": "NLU: entities",
    "rumbo_engine.classifier:SpanishIntentClassifier.process": "NLU: intent",
    "rumbo_engine.store:BoundedTrackerStore.retrieve": "tracker store: read",
    "rumbo_engine.store:BoundedTrackerStore.save": "tracker store: write",
    "rumbo_engine.nlg:LeanNLG.generate": "ask for wording (HTTP client)",
}
BY_PROCESS = {"web": WEB, "worker": WORKER, "inner": INNER, "engine": ENGINE, "staff": {}}
DRIVER = [f"sqlalchemy.engine.default:DefaultDialect.do_{verb}" for verb in ("execute", "commit", "rollback")]
