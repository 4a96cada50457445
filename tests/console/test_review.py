"""Review on the pages: judging, proposing, accepting into the training data, and what a later model makes of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import delete, event, select, update

from bot.messages.tables import Direction, Message
from bot.people.privacy import erase
from bot.people.tables import Address, Learner
from bot.review.sentences import known
from bot.review.tables import Example, Review, Stage
from bot.staff.roles import Role
from tests.console.desk import acts, people, sit, talk
from tests.review.conftest import places as places

SAID = "ando viendo lo del gelish pa mi negosio"


def inbound(house) -> Message:
    with house.db.read() as session:
        return session.scalars(select(Message).where(Message.direction == Direction.IN)).first()


def example(house) -> Example | None:
    with house.db.read() as session:
        return session.scalars(select(Example)).first()


def seat(house, places, name: str = "Eva", role: Role = Role.REVIEWER):
    browser = sit(house, name, role)
    browser.http.app.state.places = places
    return browser


async def proposed(house, places, text: str = SAID) -> int:
    """Eva has found a turn wrong and proposed it."""
    await talk(house, text)
    with house.db.write() as session:
        session.execute(update(Message).where(Message.direction == "in").values(confidence=0.2))
    wrong = {"right": "no", "should": "want_entrepreneurship", "tone": "1", "then": "propose"}
    answer = seat(house, places).post(f"/revision/{inbound(house).id}", on="/revision", **wrong)
    assert answer.status_code == 303
    return example(house).id


class Engine:
    """An engine that says which model it runs and takes everything for one intent."""

    def __init__(self) -> None:
        self.model, self.intent = "m1", "greet"


@pytest.fixture
def engine() -> Iterator[tuple[Engine, str]]:
    says = Engine()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer({"model_id": says.model})

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer({"intent": {"name": says.intent, "confidence": 1.0}})

        def answer(self, body: dict) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield says, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def test_a_turn_is_judged_once_a_person_and_leaves_her_queue(small_house, places):
    await talk(small_house, "hola")
    number = inbound(small_house).id
    browser = seat(small_house, places)
    assert browser.post(f"/revision/{number}", on="/no-entendido", right="yes", tone="1").status_code == 303
    assert browser.post(f"/revision/{number}", on="/no-entendido", right="no", tone="1").status_code == 303
    with small_house.db.read() as session:
        (kept,) = session.scalars(select(Review))
    assert (kept.right, kept.tone, kept.safe) == (False, True, False)
    assert "No queda nada" in browser.get("/revision").text
    assert browser.post(f"/revision/{number}", on="/no-entendido", right="perhaps").status_code == 422
    assert browser.post(f"/revision/{number}", on="/no-entendido", right="no", should="nonsense").status_code == 422
    assert browser.post("/revision/9999", on="/no-entendido", right="yes").status_code == 404


async def test_wrong_becomes_an_example_in_the_training_data(house, places):
    number = await proposed(house, places)
    editor = seat(house, places, "Iris", Role.EDITOR)
    assert SAID in editor.get("/revision/ejemplos").text
    accepted = {"what": "accept", "text": f"  {SAID}  ", "intent": "want_entrepreneurship"}
    path = f"/revision/ejemplos/{number}"
    assert editor.post(path, on="/revision/ejemplos", **accepted).status_code == 303
    assert [name for _, name, said in known(places) if SAID in said] == ["want_entrepreneurship"]
    again = editor.post(path, on="/revision/ejemplos", **accepted)
    assert (again.status_code, "ya decidió" in again.text) == (409, True)
    assert [act for act, _ in acts(house)] == ["reviewed", "example_proposed", "example_accepted"]


async def test_what_cannot_be_accepted_says_why_and_loses_nothing(house, places):
    number = await proposed(house, places, "me llamo Guadalupe y ando viendo lo del gelish")
    assert "Guadalupe" not in example(house).text
    editor = seat(house, places, "Iris", Role.EDITOR)
    typed = {"what": "accept", "text": "cosas de «nombre» escritas a mano", "intent": "want_education"}
    answer = editor.post(f"/revision/ejemplos/{number}", on="/revision/ejemplos", **typed)
    assert (answer.status_code, "dato oculto" in answer.text, typed["text"] in answer.text) == (409, True, True)
    assert example(house).stage is Stage.PROPOSED
    assert "example_accepted" not in [act for act, _ in acts(house)]
    assert not places.repaired.exists()


async def test_only_editors_decide(house, places):
    number = await proposed(house, places)
    reviewer = seat(house, places, "Inés")
    assert "<button" in reviewer.get("/revision").text
    answer = reviewer.post(f"/revision/ejemplos/{number}", on="/revision", what="accept", text=SAID, intent="greet")
    assert (answer.status_code, example(house).stage) == (403, Stage.PROPOSED)


async def test_after_a_training_that_understands_it_the_turn_says_so(small_house, places, engine):
    says, url = engine
    house = replace(small_house, settings=small_house.settings.model_copy(update={"rasa_url": (url,)}))
    number = await proposed(house, places)
    editor = seat(house, places, "Iris", Role.ADMINISTRATOR)
    path = {"on": "/revision/ejemplos"}
    typed = {"what": "accept", "text": SAID, "intent": "want_entrepreneurship"}
    editor.post(f"/revision/ejemplos/{number}", **path, **typed)
    editor.post("/revision/comprobar", **path)
    assert (example(house).checked_in, example(house).fixed_in) == ("m1", None)
    says.intent = "want_entrepreneurship"
    editor.post("/revision/comprobar", **path)
    assert example(house).fixed_in is None  # the same model is not asked twice
    says.model = "m2"
    editor.post("/revision/comprobar", **path)
    assert example(house).fixed_in == "m2"
    who = inbound(house).learner_id
    assert "arreglado en el modelo m2" in editor.get(f"/conversaciones/{who}").text


async def test_without_an_engine_nothing_is_proven(small_house, places):
    house = replace(small_house, settings=small_house.settings.model_copy(update={"rasa_url": ("http://127.0.0.1:9",)}))
    editor = seat(house, places, "Iris", Role.ADMINISTRATOR)
    answer = editor.post("/revision/comprobar", on="/revision/ejemplos")
    assert (answer.status_code, "El motor no contesta" in answer.text) == (503, True)


async def test_what_was_not_understood_is_proposed_with_one_click(house, places):
    await talk(house, SAID)
    with house.db.write() as session:
        session.execute(update(Message).where(Message.direction == "in").values(intent="nlu_fallback"))
    browser, number = seat(house, places), inbound(house).id
    assert SAID in browser.get("/no-entendido").text
    browser.post(f"/no-entendido/{number}", on="/no-entendido", intent="want_entrepreneurship")
    assert (example(house).text, example(house).stage) == (SAID, Stage.PROPOSED)
    assert SAID not in browser.get("/no-entendido").text


async def test_reviews_and_examples_go_when_a_person_is_erased(house, places):
    await proposed(house, places)
    with house.db.write() as session:
        erase(session, session.scalars(select(Learner.id)).one(), inbound(house).created_at)
        assert session.scalars(select(Review)).all() == session.scalars(select(Example)).all() == []


async def test_a_script_in_a_turn_stays_text_on_every_page_of_review(house, places):
    await proposed(house, places, "<script>alert(1)</script> gelish")
    editor = seat(house, places, "Iris", Role.ADMINISTRATOR)
    number = inbound(house).id
    for path in (f"/revision?message={number}", "/revision/ejemplos", "/no-entendido"):
        assert "<script>alert" not in editor.get(path).text, path


@pytest.mark.parametrize("path", ["/revision", "/revision/ejemplos", "/no-entendido", "/panorama?by=state"])
def test_one_row_and_many_take_the_same_number_of_questions_here_too(small_house, places, path):
    browser, counted = seat(small_house, places, "Iris", Role.ADMINISTRATOR), []
    for many in (2, 300):
        with small_house.db.write() as session:
            for table in (Example, Message, Address, Learner):
                session.execute(delete(table))
        people(small_house, many)
        with small_house.db.write() as session:
            session.execute(update(Message).values(intent="nlu_fallback"))
            told = session.scalars(select(Message)).all()
            row = {"intent": "greet", "stage": Stage.PROPOSED, "proposed_by": 1}
            for one in told[: many // 2]:
                session.add(Example(message_id=one.id, learner_id=one.learner_id, text="x", at=one.created_at, **row))
        browser.http.app.state.keeper.renew()
        asked: list[str] = []
        listen = lambda *args, asked=asked: asked.append(args[2])  # noqa: E731
        event.listen(small_house.db.engine, "before_cursor_execute", listen)
        assert browser.get(path).status_code == 200
        event.remove(small_house.db.engine, "before_cursor_execute", listen)
        counted.append(len(asked))
    assert counted[0] == counted[1] > 0
