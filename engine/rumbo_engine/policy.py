"""Rasa's RulePolicy with the same decisions, found through an index.

The stock policy tries every rule against every past state, and parses rules anew once there are more than a
thousand. Here rules are parsed once and looked up by what the last state must hold: the previous action and
the intent. tests/engine shows that both choose alike. One thing differs on purpose: the intent `restart` in free words
is an intent like any other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any, Iterator

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from rumbo_engine import turns

NAMES = "rule_names"
"""In the lookup, kept with the model: the names of the rules by what Rasa calls the source of a prediction."""

Place = tuple[Any, Any]  # (previous action, intent) of a state; None where it says nothing


def _place(state: State) -> Place:
    """Without a previous action a conversation starts, and Rasa then compares nothing else."""
    previous = state.get(PREVIOUS_ACTION)
    if not previous:
        return None, None
    return _demand(previous.get("action_name")), _demand((state.get(USER) or {}).get("intent"))


def _demand(value: Any) -> Any:
    return None if value == SHOULD_NOT_BE_SET else value or None


def _parse(key: str) -> list[State]:
    """The states of a rule, latest first, with lists as tuples: they hold what JSON made of tuples."""
    return [
        {
            part: {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
            for part, content in state.items()
        }
        for state in reversed(json.loads(key))
    ]


class RuleIndex:
    """The rules of one lookup table, by place of their last state."""

    def __init__(self, lookup: dict[str, str]) -> None:
        self.lookup = lookup
        self.size = len(lookup)
        self.by_place: dict[Place, list[tuple[str, list[State]]]] = defaultdict(list)
        self.has_text = False
        for key in lookup:
            states = _parse(key)
            self.by_place[_place(states[0])].append((key, states))
            self.has_text = self.has_text or any("text" in (state.get(USER) or {}) for state in states)

    def is_of(self, lookup: dict[str, str]) -> bool:
        return self.lookup is lookup and self.size == len(lookup)

    def near(self, state: State) -> Iterator[tuple[str, list[State]]]:
        """Rules whose last state can match: same action and intent, or silent about one of them."""
        action, intent = _place(state)
        for place in {(a, i) for a in (action, None) for i in (intent, None)}:
            yield from self.by_place.get(place, ())


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRulePolicy(RulePolicy):
    """config.yml: `policies: [{name: rumbo_engine.policy.IndexedRulePolicy}]`; takes RulePolicy's settings."""

    @staticmethod
    def _find_action_from_default_actions(tracker: DialogueStateTracker) -> tuple[str | None, str | None]:
        """Only a payload restarts. In free words "empezar de nuevo" may be what she answers, and a form goes first."""
        if tracker.latest_message is None or not (tracker.latest_message.text or "").startswith("/"):
            return None, None
        found: tuple[str | None, str | None] = RulePolicy._find_action_from_default_actions(tracker)
        return found

    def _index_of(self, lookup: dict[str, str]) -> RuleIndex:
        """Training fills and replaces the tables, so an index is kept only while it still fits."""
        indexes: dict[int, RuleIndex] = self.__dict__.setdefault("_indexes", {})
        index = indexes.get(id(lookup))
        if index is None or not index.is_of(lookup):
            index = indexes[id(lookup)] = RuleIndex(lookup)
        return index

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if not states:
            return set(lookup)
        past = states[::-1]
        return {key for key, rule in self._index_of(lookup).near(past[0]) if self._applies(rule, past)}

    def _applies(self, rule: list[State], past: list[State]) -> bool:
        """Does every state of the rule match its turn? Both latest first; the shorter one decides how far."""
        for wanted, seen in zip(rule, past, strict=False):
            wants_action, has_action = wanted.get(PREVIOUS_ACTION), seen.get(PREVIOUS_ACTION)
            if not wants_action and not has_action:
                continue  # both are the start of a conversation
            if not wants_action or not has_action or not self._does_rule_match_state(wanted, seen):
                return False
        return True

    @staticmethod
    def format_tracker_states(states: list[State]) -> str:
        """Rasa formats and deep-copies all past states for one debug line, even when it is not written."""
        return ""

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> tuple[str | None, str | None, bool]:
        if use_text_for_last_user_input and not self._index_of(self.lookup.get(RULES, {})).has_text:
            return None, None, False  # no rule is about a text, so the first of the two passes finds nothing
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _analyze_rules(
        self, rule_trackers: list[TrackerWithCachedStates], all_trackers: list[TrackerWithCachedStates], domain: Domain
    ) -> list[str]:
        """Rasa knows here which rule said what, for its error messages, and forgets it; staff want to see it."""
        unused: list[str] = super()._analyze_rules(rule_trackers, all_trackers, domain)
        self.lookup[NAMES] = {
            source: names
            for source, said in self._rules_sources.items()
            if (names := sorted({rule for rule, _ in said} - {source}))
        }
        return unused

    def _rule_prediction(self, probabilities: list[float], prediction_source: str, **how: Any) -> PolicyPrediction:
        """The prediction, with the names of its rules for the event of the action (`turns.py` reads them)."""
        prediction = super()._rule_prediction(probabilities, prediction_source, **how)
        if names := self.lookup.get(NAMES, {}).get(prediction_source):
            prediction.action_metadata = {turns.RULES: names}
        return prediction
