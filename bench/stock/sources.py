"""What a stock Rasa project is made of: Rumbo's own sentences, rules and domain, as far as stock can run them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from bench.measures import ROOT, Rows, some, training
from bench.rivals import written
from bench.stock import TEXT

HERE = Path(__file__).parent
FORM, ACTION = "interview", "action_interview"
"""Rumbo's form needs Rumbo's actions; stock gets an ordinary action in its place."""
RENAMED = {"restart": "start_over"}
"""Rasa has a rule of its own for an intent of the first name, which contradicts ours."""
REPHRASE = "utter_please_rephrase"
SAID_INSTEAD = {FORM: ACTION, "action_default_fallback": REPHRASE}
"""What was not understood is answered as in Rasa's documentation; Rumbo's action would here follow itself."""
CREDENTIALS = """bench.stock.channel.Channel:
  {account_sid: AC00000000000000000000000000000000, auth_token: token, twilio_number: "whatsapp:+14155238886"}
"""


def sources(each: int | None) -> dict[str, str]:
    """Files of the project. Rumbo's word lists are left out: stock would try 433 patterns on every message."""
    return {
        "config.yml": (HERE / "config.yml").read_text(encoding="utf-8"),
        "domain.yml": yaml.safe_dump(domain(), allow_unicode=True),
        "data/rules.yml": yaml.safe_dump({"version": "3.1", "rules": rules()}),
        "data/nlu.yml": sentences(some(each) if each else training()),
        "credentials.yml": CREDENTIALS,
    }


def sentences(rows: Rows) -> str:
    rows = [(RENAMED.get(intent, intent), text) for intent, text in rows]
    with TemporaryDirectory() as folder:
        return Path(written(rows, Path(folder))).read_text(encoding="utf-8")


def domain() -> dict[str, Any]:
    """Rumbo's domain without its form; every response has words."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    del found["forms"], found["slots"]
    found["intents"] = [RENAMED.get(name, name) for name in found["intents"]]
    found["actions"] = [ACTION, *(name for name in found["actions"] if name != f"validate_{FORM}")]
    found["responses"] = {name: [{"text": TEXT}] for name in (REPHRASE, *found["responses"])}
    return found


def rules() -> list[dict[str, Any]]:
    """Rumbo's rules from an intent to an action; those of the form alone are left out."""
    files = sorted((ROOT / "stories").glob("*.yml"))
    found = [rule for file in files for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]]
    return [_for_stock(rule) for rule in found if not {"intent", "or"}.isdisjoint(rule["steps"][0])]


def _for_stock(rule: dict[str, Any]) -> dict[str, Any]:
    return rule | {"steps": [_step(step) for step in rule["steps"] if "active_loop" not in step]}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    if step.get("action") in SAID_INSTEAD:
        return {"action": SAID_INSTEAD[step["action"]]}
    return step | ({"intent": RENAMED[step["intent"]]} if step.get("intent") in RENAMED else {})
