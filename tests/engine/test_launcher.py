"""`python -m rumbo_engine ...` as people and the Procfile use it, with the project's own endpoints."""

import contextlib
import functools
import json
import socket
import subprocess
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOT = Path(__file__).parent / "inside" / "small_bot"
FILES = ["--config", f"{BOT}/config_ours.yml", "--domain", f"{BOT}/domain.yml", "--data", f"{BOT}/data.yml"]
pytestmark = pytest.mark.timeout(100)


@pytest.fixture(scope="module")
def rasa(engine_python, engine_env):
    """rasa(folder, *arguments): the command line, run in that folder."""

    def run(folder, *arguments):
        command = [engine_python, "-m", "rumbo_engine", *arguments]
        return subprocess.run(command, env=engine_env(), cwd=folder, capture_output=True, text=True, timeout=90)

    return run


@pytest.fixture(scope="module")
def trained(rasa, tmp_path_factory):
    folder = tmp_path_factory.mktemp("launcher")
    done = rasa(folder, "train", *FILES, "--out", f"{folder}/models", "--fixed-model-name", "small")
    assert done.returncode == 0, done.stderr[-2000:]
    return folder


def test_numbers_are_reckoned_by_one_thread(engine_python, engine_env):
    """The others would spin between messages, for more CPU than everything else the engine does."""
    ask = "import rumbo_engine.__main__, threadpoolctl as t; print({p['num_threads'] for p in t.threadpool_info()})"
    said = subprocess.run([engine_python, "-c", ask], env=engine_env(), capture_output=True, text=True, timeout=90)
    assert said.stdout.split("\n")[-2] == "{1}", said.stderr[-2000:]


def test_train_leaves_a_model(trained):
    assert (trained / "models" / "small.tar.gz").stat().st_size < 1_000_000


def test_data_validate_passes_and_finds_mistakes(rasa, tmp_path):
    files = FILES[:4]
    assert rasa(tmp_path, "data", "validate", *FILES).returncode == 0
    broken = tmp_path / "broken.yml"
    broken.write_text('version: "3.1"\nrules:\n- {rule: x, steps: [{intent: nobody}, {action: utter_nothing}]}\n')
    done = rasa(tmp_path, "data", "validate", *files, "--data", str(broken), "--fail-on-warnings")
    assert done.returncode != 0


def test_test_nlu_and_core_work_in_the_lean_engine(rasa, trained):
    model = f"{trained}/models/small.tar.gz"
    nlu = ["test", "nlu", "--nlu", f"{BOT}/data.yml", "--model", model, "--out", "results", "--no-plot"]
    done = rasa(trained, *nlu, "--domain", f"{BOT}/domain.yml")
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads((trained / "results" / "intent_report.json").read_text())["accuracy"] > 0.9
    story = trained / "test_greet.yml"
    steps = "[{user: hola, intent: greet}, {action: action_turn}, {action: utter_greet}]"
    story.write_text(f'version: "3.1"\nstories:\n- {{story: greets, steps: {steps}}}\n')
    done = rasa(trained, "test", "core", "--stories", str(story), "--model", model, "--out", "results", "--no-plot")
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads((trained / "results" / "story_report.json").read_text())["accuracy"] == 1.0


class Inner(BaseHTTPRequestHandler):
    """The inner app, as small as it can be."""

    def do_POST(self):
        call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.calls.append((self.path, call))
        reply = {"text": call["response"]} if self.path == "/nlg" else {"events": [], "responses": [{"text": "acción"}]}
        body = json.dumps(reply).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_): ...


@contextlib.contextmanager
def inner():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Inner)
    server.calls, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def ask(url, text, sender="l1"):
    body = json.dumps({"sender": sender, "message": text, "metadata": {"message_id": 7}}).encode()
    request = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


def wait_until_ready(url, process):
    for _ in range(300):
        assert process.poll() is None, "the engine stopped"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/status", timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("the engine did not start")


@contextlib.contextmanager
def engine(python, environment, folder, server):
    port = free_port()
    known = environment(
        RUMBO_ENGINE_STORE=f"sqlite:///{folder}/var/engine.db",
        RUMBO_INNER_URL=f"http://127.0.0.1:{server.server_port}",
    )
    settings = ["--endpoints", f"{ROOT}/engine/endpoints.yml", "--credentials", f"{ROOT}/engine/credentials.yml"]
    place = ["--model", f"{folder}/models/small.tar.gz", "--port", str(port), "-i", "127.0.0.1", "--enable-api"]
    command = [python, "-m", "rumbo_engine", "run", *settings, *place]
    with open(folder / "run.log", "wb") as log:
        process = subprocess.Popen(command, env=known, cwd=folder, stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("patches", ["0", "1"])
def test_run_answers_with_the_projects_endpoints(engine_python, engine_env, trained, patches):
    env = functools.partial(engine_env, RUMBO_ENGINE_PATCHES=patches)
    with inner() as server, engine(engine_python, env, trained, server) as url:
        *replies, why = ask(url, "hola", f"learner-{patches}")
        assert [reply["text"] for reply in replies] == ["acción", "utter_greet"]
        rules = {"rules": ["greet"]}
        fired = [{"action": "action_turn", **rules}, {"action": "utter_greet", **rules}]
        assert why["custom"] == {"rumbo": {"fired": fired}}
        (action_path, action), (nlg_path, wording) = server.calls
        assert (action_path, nlg_path) == ("/webhook", "/nlg")
        assert "domain" not in action and action["tracker"]["latest_message"]["metadata"]["message_id"] == 7
        assert wording["tracker"]["latest_message"]["metadata"]["message_id"] == 7
        server.status = 500
        assert ask(url, "me pegó, hola hola", f"learner-{patches}") == []
    log = (trained / "run.log").read_text()
    assert "me pegó" not in log and "me peg\\u00f3" not in log
