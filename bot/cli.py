"""The command `rumbo`. Errors are one sentence on stderr and a non-zero exit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from rich.console import Console

from bot.config import RumboError, settings
from bot.json_lines import each

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
content_app = typer.Typer(no_args_is_help=True, help="What Rumbo says.")
db_app = typer.Typer(no_args_is_help=True, help="The tracking database.")
telegram_app = typer.Typer(no_args_is_help=True, help="The Telegram bot.")
app.add_typer(content_app, name="content")
app.add_typer(db_app, name="db")
app.add_typer(telegram_app, name="telegram")

P = ParamSpec("P")
out = Console()
err = Console(stderr=True, style="red")


def fail(sentence: str) -> None:
    """Say what is wrong and stop."""
    err.print(sentence)
    raise typer.Exit(1)


def plainly(verb: Callable[P, None]) -> Callable[P, None]:
    """Turn the mistakes we know into one sentence."""

    @wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except RumboError as mistake:
            fail(str(mistake))

    return wrapped


def _log() -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "httpcore", "twilio", "alembic", "rasa_sdk"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _serve(target: str, port: int, **more: Any) -> None:
    import uvicorn

    _log()
    more |= {"proxy_headers": False}  # whom to believe about addresses is one setting: RUMBO_PROXY
    uvicorn.run(target, factory=True, host="127.0.0.1", port=port, log_level="warning", access_log=False, **more)


@app.command()
@plainly
def up() -> None:
    """Start every process, wait until they answer, and stop them all on Ctrl-C."""
    from bot.up import run

    if problem := run(settings(), out):
        fail(problem)


@app.command()
@plainly
def web() -> None:
    """The public port: webhooks and the chat page."""
    _serve("bot.web:create_app", settings().rumbo_public_port)


@app.command()
@plainly
def inner() -> None:
    """The inner port: Rasa's actions and wording."""
    _serve("actions.server:create_app", settings().rumbo_inner_port)


@app.command()
@plainly
def staff() -> None:
    """The staff port: how things are."""
    _serve("console.app:create_app", settings().rumbo_staff_port)


@app.command()
@plainly
def worker() -> None:
    """Answers what arrived and sends what is queued."""
    from bot.loops import run
    from bot.runtime import runtime

    _log()
    asyncio.run(run(runtime()))


@app.command()
@plainly
def chat(url: str = "") -> None:
    """Talk with Rumbo in the terminal, as on the chat page."""
    from bot.terminal import talk

    if problem := talk(url or f"http://127.0.0.1:{settings().rumbo_public_port}", out):
        fail(problem)


@app.command()
@plainly
def train(force: bool = False) -> None:
    """Train the engine if its sources changed."""
    from bot.training import train as teach

    if problem := teach(out, force=force):
        fail(problem)


@content_app.command("check")
@plainly
def content_check() -> None:
    """Check everything under content/: shapes, links, limits, missing keys."""
    from bot.checking import problems

    found = problems(settings().rumbo_content, settings().rumbo_locale)
    for problem in found:
        err.print(problem)
    if found:
        raise typer.Exit(1)
    out.print("Content is fine.")


@db_app.command("upgrade")
@plainly
def db_upgrade() -> None:
    """Bring the tracking database to the newest shape."""
    from bot.migrations import upgrade

    upgrade(settings().database)
    out.print("The database is up to date.")


@app.command()
@plainly
def export(folder: Path = Path("export")) -> None:
    """Write the outcomes to CSV: one row a learner, and one an answer, choice, commitment, referral."""
    from bot.export import export_to
    from bot.runtime import runtime

    for file, rows in export_to(folder, runtime()).items():
        out.print(f"{file}  {rows} rows", soft_wrap=True, highlight=False)


@app.command()
@plainly
def erase(learner: Annotated[str, typer.Argument(help="A learner's id, as in the export.")], yes: bool = False) -> None:
    """Remove a person from every store, the engine's included."""
    from bot.erasing import erase_learner
    from bot.runtime import runtime

    if not yes:
        typer.confirm(f"Erase everything about {learner}? This cannot be undone.", abort=True)
    receipt = erase_learner(runtime(), learner)
    if receipt is None:
        fail(f"There is no learner {learner}.")
    out.print(f"Erased. Receipt {receipt}.")


@telegram_app.command("connect")
@plainly
def telegram_connect() -> None:
    """Tell Telegram where to send what people write."""
    from bot.runtime import runtime
    from channels.base import SendError
    from channels.telegram import Telegram

    house = runtime()
    channel = house.channels.get("telegram")
    if not isinstance(channel, Telegram):
        fail("Telegram is off: set TELEGRAM_BOT_TOKEN and TELEGRAM_WEBHOOK_SECRET in .env.")
    elif not house.settings.public_url.startswith("https://"):
        fail("Telegram only calls https addresses: set RUMBO_PUBLIC_URL in .env.")
    else:
        try:
            asyncio.run(channel.set_webhook(house.settings.public_url))
        except SendError as trouble:
            fail(f"Telegram refused: {trouble.__doc__} {trouble.detail}")
        out.print(f"Telegram will send messages to {house.settings.public_url}/webhooks/telegram")


@app.command()
@plainly
def mask(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "masked", "spans"} out."""
    from bot.people.masking import mask as hide

    def hidden(text: str) -> dict[str, Any]:
        found = hide(text)
        return {"masked": found.text, "spans": [list(span) for span in found.spans]}

    each(file, hidden)


@app.command()
@plainly
def safety(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "risk"} out."""
    from bot.care.safety import assess

    def risk(text: str) -> dict[str, Any]:
        found = assess(text)
        return {"risk": found.risk, "pattern": found.pattern} if found else {"risk": "none", "pattern": None}

    each(file, risk)


@app.command()
@plainly
def understand(file: Annotated[Path | None, typer.Argument()] = None) -> None:
    """JSON lines {"text"} in, {"text", "intent", "confidence", "entities"} out. The engine must be running."""
    import httpx

    parse = f"{settings().rasa_url[0]}/model/parse"
    with httpx.Client(timeout=10) as http:

        def ask(text: str) -> dict[str, Any]:
            heard = http.post(parse, json={"text": text}).json()
            named = [{key: e[key] for key in ("entity", "value", "start", "end")} for e in heard["entities"]]
            return {"intent": heard["intent"]["name"], "confidence": heard["intent"]["confidence"], "entities": named}

        try:
            each(file, ask)
        except httpx.ConnectError:
            fail(f"The engine does not answer at {settings().rasa_url[0]}. Start Rumbo first: make run")


if __name__ == "__main__":
    app()
