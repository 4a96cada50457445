"""The index against the scan: the same rules apply to the same states."""

import json
import random

from rasa.core.policies.rule_policy import RulePolicy

from rumbo_engine.policy import IndexedRulePolicy

ACTIONS = ["action_listen", "action_a", "action_b", "..."]
INTENTS = ["greet", "bye", "ask"]


def bare(kind):
    return kind.__new__(kind)


def part_of_state(dice, is_rule):
    """A state as Rasa makes them: tuples in conversations, lists in rules, "should_not_be_set" in rules only."""
    state = {}
    if dice.random() < 0.9:
        state["prev_action"] = {"action_name": dice.choice(ACTIONS)}
    elif dice.random() < 0.3:
        state["prev_action"] = {"action_text": "hola"}
    if dice.random() < 0.6:
        state["user"] = {dice.choice(["intent", "intent", "text"]): dice.choice(INTENTS)}
        if dice.random() < 0.3:
            state["user"]["entities"] = ["city"] if is_rule else ("city",)
    if dice.random() < 0.4:
        value = dice.choice([[1.0, 0.0], [0.0, 1.0]])
        state["slots"] = {"phase": value if is_rule else tuple(value)}
        if is_rule and dice.random() < 0.3:
            state["slots"] = {"phase": "should_not_be_set"}
    if dice.random() < 0.3:
        names = ["form", "should_not_be_set"] if is_rule else ["form", "other"]
        state["active_loop"] = {"name": dice.choice(names)}
    return state


def states(dice, is_rule):
    made = [part_of_state(dice, is_rule) for _ in range(dice.randint(1, 4))]
    if dice.random() < 0.3:
        made[0] = {}  # the start of a conversation
    return made


def check_index_finds_what_the_scan_finds():
    dice, found = random.Random(3), 0
    stock, ours = bare(RulePolicy), bare(IndexedRulePolicy)
    for _ in range(30):
        lookup = {json.dumps(states(dice, True), sort_keys=True): "action_a" for _ in range(60)}
        for _ in range(60):
            past = states(dice, False)
            wanted = stock._get_possible_keys(lookup, past)
            assert ours._get_possible_keys(lookup, past) == wanted, (past, wanted)
            found += len(wanted)
    assert found > 500, found


def check_index_is_made_anew_when_rules_change():
    policy, past = bare(IndexedRulePolicy), [{"prev_action": {"action_name": "action_a"}}]
    lookup = {}
    assert policy._get_possible_keys(lookup, past) == set()
    key = json.dumps(past)
    lookup[key] = "action_b"
    assert policy._get_possible_keys(lookup, past) == {key}
    assert policy._get_possible_keys({key: "action_b"}, []) == {key}


def check_text_rules_are_noticed():
    policy = bare(IndexedRulePolicy)
    assert not policy._index_of({json.dumps([{"user": {"intent": "greet"}}]): "a"}).has_text
    assert policy._index_of({json.dumps([{}, {"user": {"text": "hola"}}]): "a"}).has_text
