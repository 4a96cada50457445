"""The comparison with stock Rasa: what stock is given, and how figures are read and shown (`make bench-speed`)."""

from __future__ import annotations

from xml.etree import ElementTree

from bench.measures import training
from bench.picture import Row, svg, times
from bench.rig.stage import NOT_FOR_TALK
from bench.stock.project import Project, epochs
from bench.stock.report import Figures, Line, markdown
from bench.stock.sources import RENAMED, REPHRASE, domain, rules, sources


def intents_of(rule: dict) -> set[str]:
    first = rule["steps"][0]
    return {step["intent"] for step in first.get("or", [first])}


def test_every_sentence_leads_stock_to_an_action_it_has():
    answered = {intent for rule in rules() for intent in intents_of(rule)}
    learned = {RENAMED.get(intent, intent) for intent, _ in training()}
    assert learned - answered == set()
    known = {*domain()["actions"], *domain()["responses"]}
    assert {step["action"] for rule in rules() for step in rule["steps"][1:]} - known == set()


def test_stock_has_no_form_and_no_intent_that_rasa_keeps_for_itself():
    files = sources(1)
    assert "active_loop" not in files["data/rules.yml"]
    assert not {"restart", "back", "session_start"} & set(domain()["intents"])
    assert "intent: restart\n" not in files["data/nlu.yml"]


def test_what_stock_does_not_understand_is_answered_once():
    """Rasa's own action, with words but without taking the message back, is predicted again until Rasa gives up."""
    said = [step.get("action") for rule in rules() for step in rule["steps"]]
    assert REPHRASE in said and "action_default_fallback" not in said


def test_what_is_renamed_is_never_said_in_the_comparison():
    assert set(RENAMED) <= NOT_FOR_TALK


def test_epochs_are_read_from_the_first_bar_that_is_redrawn():
    log = (
        "Processed trackers: 100%|██| 75/75 [00:03<00:00, 20it/s]\n"
        "Epochs:   0%|   | 0/3 [00:00<?, ?it/s]\rEpochs:  33%|█  | 1/3 [02:36<05:12]\r"
        "Epochs:  33%|█  | 1/3 [02:37<05:12, t_loss=6]\rEpochs:  67%|██ | 2/3 [04:06<02:03]\r"
        "Epochs: 100%|███| 3/3 [05:00<00:00]\nEpochs:  50%|█ | 1/2 [00:09<00:09]\n"
    )
    assert epochs(log) == [156.0, 90.0, 54.0]


def test_a_hundred_epochs_are_computed_from_the_middle_one(tmp_path):
    assert Project(tmp_path, 400.0, [156.0, 90.0, 54.0], None).computed == 100.0 + 100 * 90.0


def test_ratios_say_how_many_times_better_rumbo_is():
    figures = Figures()
    for rate in (90.0, 100.0, 130.0):
        figures.add("Rumbo", {"messages/s": rate})
    figures.add("Rumbo", {"cpu": 4.0})
    figures.add("stock", {"messages/s": 20.0, "cpu": 48.0})
    rows = markdown(figures, [Line("messages/s", "rate", more=True), Line("cpu", "cost"), Line("train", "learning")])
    assert rows[2:] == [
        "| rate | 100 (90 to 130) | 20 | 5 × |  |",
        "| cost | 4 | 48 | 12 × |  |",
        "| learning | not measured | not measured |  |  |",
    ]


def test_times_are_rounded_to_what_is_known():
    assert [times(ratio) for ratio in (None, 0.4567, 3.2, 9.6, 123.4)] == ["", "0.46 ×", "3.2 ×", "9.6 ×", "123 ×"]


def test_the_picture_is_whole_and_its_bars_are_to_scale():
    drawn = svg("A & B", "today", ("A", "B"), [Row("cost <ms>", "4", "8", (4.0, 8.0), 2.0)])
    widths = [float(bar.get("width", "0")) for bar in ElementTree.fromstring(drawn).findall("{*}rect")][-2:]
    assert widths[1] == 2 * widths[0]
