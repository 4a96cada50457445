"""Where two files must agree, a test says so (habit 14)."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from rasa_sdk.executor import ActionExecutor

import actions
from bot.care.answers import load as load_care
from bot.config import ROOT, Settings
from bot.content.lessons import Subject
from bot.content.library import load
from bot.db import Base
from bot.guidance.conversation import LEAVING, OWN
from bot.referrals.directory import UNSAID, WEIGHTS
from bot.referrals.states import REASONS

CONTENT = load(ROOT / "content", "es-MX")
CARE = load_care(ROOT / "content" / "es-MX" / "care.yml")
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
CODE = [file for room in ("actions", "bot", "console") for file in sorted((ROOT / room).rglob("*.py"))]

PAYLOAD_ONLY = {"start_interview", "answer", "link_channel", "my_answers", "my_project", "my_paper", "see"}
ENOUGH = 100
"""Examples an intent needs before the classifier is to be trusted with it."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def all_yaml(folder: str) -> Iterator[Any]:
    for file in sorted((ROOT / folder).rglob("*.yml")):
        yield yaml.safe_load(file.read_text(encoding="utf-8"))


# Settings


def test_every_setting_is_in_env_example_and_no_other():
    named = re.findall(r"^([A-Z_]+)=", read(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(field.upper() for field in Settings.model_fields)


def test_env_example_shows_the_defaults():
    shown = Settings(_env_file=ROOT / ".env.example")  # type: ignore[call-arg]
    assert shown == Settings(_env_file=None)  # type: ignore[call-arg]


# Rasa


def test_every_reply_of_the_domain_has_published_text_and_no_other_utter_exists():
    assert {m for m in CONTENT.messages if m.startswith("utter_")} == set(DOMAIN["responses"])


def test_the_domain_holds_no_wording():
    assert {variant["text"] for variants in DOMAIN["responses"].values() for variant in variants} == {""}


def test_every_action_of_the_domain_exists_and_no_other():
    executor = ActionExecutor()
    executor.register_package(actions)
    assert set(executor.actions) == {a for a in DOMAIN["actions"] if not a.startswith("utter_")}


def test_every_intent_has_enough_examples():
    counted = Counter[str]()
    for file in all_yaml("nlu_data/es-MX"):
        for item in file["nlu"]:
            if "intent" in item:
                counted[item["intent"]] += len(re.findall(r"^- ", item["examples"], re.MULTILINE))
    assert set(counted) == set(DOMAIN["intents"]) - PAYLOAD_ONLY
    assert {intent: n for intent, n in counted.items() if n < ENOUGH} == {}


def steps() -> Iterator[dict[str, Any]]:
    for file in all_yaml("stories"):
        for rule in (*file.get("rules", ()), *file.get("stories", ())):
            for step in rule["steps"]:
                yield from step.get("or", (step,))


def test_every_intent_is_used():
    in_stories = {step["intent"] for step in steps() if "intent" in step}
    in_interviews = {intent for i in CONTENT.interviews.values() for intent in i.start}
    assert set(DOMAIN["intents"]) - in_stories - in_interviews - set(OWN) - LEAVING == set()


def test_stories_name_only_what_the_domain_knows():
    intents, done = {s.get("intent") for s in steps()}, {s.get("action") for s in steps()}
    known = {*DOMAIN["actions"], *DOMAIN["responses"], *DOMAIN["forms"]}
    assert (intents - {None, "nlu_fallback"} - set(DOMAIN["intents"]), done - {None} - known) == (set(), set())


def test_every_reply_and_action_of_the_domain_is_reached_by_a_story():
    by_rasa_itself = {"validate_interview", "utter_restart", "action_session_start"}
    done = {step.get("action") for step in steps()}
    assert {*DOMAIN["actions"], *DOMAIN["responses"]} - done - by_rasa_itself == set()


def test_every_entity_of_a_payload_is_in_the_domain():
    payloads = [b.go for m in CONTENT.messages.values() for b in m.buttons]
    code = "".join(file.read_text(encoding="utf-8") for file in CODE)
    named = {name for go in payloads for name in re.findall(r'[{,]\s*"(\w+)":', go)}
    asked = set(re.findall(r'values(?:\(tracker\))?\.get\("(\w+)"\)', code))
    assert (named | asked) - set(DOMAIN["entities"]) == set()


# What Rumbo says

SAYS = {"say", "words", "_bubbles"}
BLOCK = ("after_", "mended_")
"""Messages of one block of questions, named by it."""
DYNAMIC = ("how_", "got_", "because_", "referral_why_", "topic_", *BLOCK)
"""Messages whose ids are put together in code."""


def constants(node: ast.AST) -> Iterator[str]:
    """The texts an expression may be; of `a if b else c`, both."""
    if isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def said_in_code() -> dict[str, str]:
    """Every message id that code says, and where."""
    found: dict[str, str] = {}
    for file in CODE:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named: list[ast.AST] = []
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                named = node.args[:1] if called in SAYS else []
                named += [k.value for k in node.keywords if k.arg == "lead"]
            if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "messages":
                named = [node.slice]
            found |= {text: f"{file.name}:{expr.lineno}" for expr in named for text in constants(expr)}  # type: ignore[attr-defined]
    return found


def test_every_message_that_code_says_exists():
    said = said_in_code()
    assert len(said) > 30
    assert {name: where for name, where in said.items() if name not in CONTENT.messages} == {}


def test_every_message_with_an_id_put_together_in_code_exists():
    from bot.messages.reading import ODD

    ways = ("phone", "whatsapp", "url", "hours", "ask", "cost")
    whys = [why for why in (*WEIGHTS, "national") if why not in UNSAID]
    blocks = {name + block for name in BLOCK for block in CONTENT.interviews} & set(CONTENT.messages)
    made = [*(f"how_{w}" for w in ways), *(f"because_{w}" for w in whys), *(f"referral_why_{r}" for r in REASONS)]
    made += [f"topic_{subject}" for subject in get_args(Subject)]
    assert {*ODD.values(), *made, *blocks} == {m for m in CONTENT.messages if m.startswith(DYNAMIC)}


def test_no_message_is_kept_that_nothing_says():
    used = {*said_in_code(), *DOMAIN["responses"]}
    used |= {"after"} | {f"after_{block}" for block in CONTENT.interviews} | {f"way_{way}" for way in CONTENT.pathways}
    assert {m for m in CONTENT.messages if not m.startswith(DYNAMIC)} - used == set()


def texts() -> dict[str, str]:
    """Everything a learner may read, by where it stands."""
    said = {name: " ".join(message.text) for name, message in CONTENT.messages.items()}
    said |= {tip.id: f"{tip.title} {tip.text} {tip.this_week} {tip.ask_later}" for tip in CONTENT.tips.values()}
    said |= {lesson.id: str(lesson.model_dump()) for lesson in CONTENT.lessons.values()}
    said |= {f"guide.{name}": str(value) for name, value in CONTENT.guide if name in ("money", "business", "practice")}
    said |= {f"service.{s.id}": f"{s.name} {s.offers} {s.eligibility}" for s in CONTENT.services.values()}
    for block in CONTENT.interviews.values():
        said[block.id] = " ".join((*block.intro, *block.end))
        said |= {q.id: " ".join((*q.text, q.why, q.hint, *(o.ends for o in q.options))) for q in block.questions}
    said |= {w: str(wording.model_dump()) for w, wording in CARE.answers.items()}
    return said | {"follow_up": CARE.follow_up, "closed": CARE.closed, "notice": CONTENT.notice}


TELEPHONE = re.compile(r"(?<![\d,.$-])(?:(?:\+?52[ -]?)?\d{2,3}[ -]?\d{3,4}[ -]?\d{4}|0\d\d|911|\*\d{3})(?![\d-]|,\d)")


def digits(text: str) -> str:
    return re.sub(r"[\s-]", "", text)


def listed() -> set[str]:
    """The telephones of the directory and of care."""
    services = {digits(number) for s in CONTENT.services.values() for number in (s.phone, s.whatsapp) if number}
    care = {digits(number) for _, line in care_lines() for number in TELEPHONE.findall(line.say)}
    return services | care


def care_lines() -> Iterator[tuple[str, Any]]:
    for by_kind in (CARE.lines.national, *CARE.lines.states.values()):
        for lines in by_kind.values():
            yield from ((line.id, line) for line in lines)


def test_every_telephone_said_stands_in_the_directory_or_in_care():
    said = {where: {digits(n) for n in TELEPHONE.findall(text)} for where, text in texts().items()}
    assert {number for numbers in said.values() for number in numbers} >= {"079"}  # it does find them
    assert {where: numbers - listed() for where, numbers in said.items() if numbers - listed()} == {}


def test_every_line_of_care_is_a_service_with_that_number():
    wrong = []
    for name, line in care_lines():
        service = CONTENT.services.get(name)
        numbers = {digits(n) for n in (service.phone, service.whatsapp) if n} if service else set()
        if not any(number in digits(line.say) for number in numbers):
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("number", ["800 911 2000", "33 1415 1002", "+52 55 1234 5678", "079", "911", "*765"])
def test_a_telephone_is_recognised_in_a_text(number):
    assert TELEPHONE.findall(f"Llama al {number}, es gratis.") == [number]


@pytest.mark.parametrize("text", ["5,000 pesos", "450 durante 16 semanas", "$1,200", "el 15 de enero", "2026-11-22"])
def test_an_amount_or_a_date_is_no_telephone(text):
    assert TELEPHONE.findall(text) == []


# The database


def test_migrations_make_exactly_the_tables_of_the_code(db):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_table_says_what_it_holds():
    assert [m.class_.__name__ for m in Base.registry.mappers if not m.class_.__dict__.get("__doc__")] == []


def test_the_menu_has_room_for_going_on():
    """WhatsApp shows ten; the block that is open comes before the others."""
    assert len(CONTENT.messages["menu"].buttons) < 10
