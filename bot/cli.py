"""The command `rumbo`. Errors are one sentence on stderr and a non-zero exit."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot import trying
from bot.cli_referrals import app as referrals_app
from bot.cli_staff import app as staff_app
from bot.cli_tools import err, fail, out, plainly, ready
from bot.config import settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
content_app = typer.Typer(no_args_is_help=True, help="What Rumbo says.")
db_app = typer.Typer(no_args_is_help=True, help="The tracking database.")
directory_app = typer.Typer(no_args_is_help=True, help="The directory of services.")
telegram_app = typer.Typer(no_args_is_help=True, help="The Telegram bot.")
app.add_typer(content_app, name="content")
app.add_typer(db_app, name="db")
app.add_typer(directory_app, name="directory")
app.add_typer(telegram_app, name="telegram")
app.add_typer(staff_app, name="staff")
app.add_typer(referrals_app, name="referrals")


@app.command()
@plainly
def up(parts: Annotated[list[str] | None, typer.Argument(help="Only these, such as: inner engine")] = None) -> None:
    """Start every process, wait until they answer, and stop them all on Ctrl-C."""
    from bot.up import run

    if problem := run(settings(), out, parts):
        fail(problem)


@app.command()
@plainly
def web() -> None:
    """The public port: webhooks and the chat page."""
    ready()
    from bot.serving import serve

    serve("web", settings())


@app.command()
@plainly
def inner() -> None:
    """The inner port: Rasa's actions and wording."""
    ready()
    from bot.serving import serve

    serve("inner", settings())


@app.command()
@plainly
def worker() -> None:
    """Answers what arrived and sends what is queued."""
    ready()
    from bot.loops import run
    from bot.runtime import runtime

    asyncio.run(run(runtime()))


@app.command()
@plainly
def together() -> None:
    """All of these in one process, for a machine with little memory (RUMBO_SMALL)."""
    ready()
    from bot import serving
    from bot.runtime import runtime

    asyncio.run(serving.together(runtime()))


@app.command()
@plainly
def chat(url: str = "") -> None:
    """Talk with Rumbo in the terminal, as on the chat page."""
    from bot.terminal import talk

    if problem := talk(url or f"http://{settings().own_host}:{settings().rumbo_public_port}", out):
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
    from bot.keeping_directory import first_import
    from bot.migrations import upgrade
    from bot.runtime import runtime

    upgrade(settings().database)
    out.print("The database is up to date.")
    if taken := first_import(runtime()):
        out.print(f"The directory has {taken} services.")


@directory_app.command("import")
@plainly
def directory_import(
    file: Annotated[Path | None, typer.Argument(help="content/services.csv unless given.")] = None,
) -> None:
    """Take the services of a file over, all of them or none: every wrong row and column is named."""
    from bot.keeping_directory import take_over
    from bot.runtime import runtime

    out.print(f"The directory has {take_over(runtime(), file)} services.")


@directory_app.command("stale")
@plainly
def directory_stale() -> None:
    """Services that nobody verified in 180 days: learners do not see them."""
    from bot.keeping_directory import old
    from bot.runtime import runtime

    for line in old(runtime()):
        out.print(line, soft_wrap=True, highlight=False)


@app.command()
@plainly
def costs(days: int = 3) -> None:
    """Ask now what the messages of the last days cost; the worker does so every night."""
    from bot.db import now
    from bot.pricing import ask
    from bot.runtime import runtime

    out.print(f"{asyncio.run(ask(runtime(), now(), days))} prices are known.")


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
    from bot.connecting import connect_telegram
    from bot.runtime import runtime

    if problem := connect_telegram(runtime()):
        fail(problem)
    out.print(f"Telegram will send messages to {settings().public_url}/webhooks/telegram")


@app.command()
@plainly
def rekey() -> None:
    """Seal everything again with the first key of RUMBO_SECRET_KEY. Rumbo may run; once more after an interruption."""
    from bot.rekey import run
    from bot.runtime import runtime

    if problem := run(runtime(), out):
        fail(problem)


@app.command()
@plainly
def retry(yes: Annotated[bool, typer.Option(help="Do it; without it they are only counted.")] = False) -> None:
    """Try again what was given up: messages without an answer, and calls that could not be taken up."""
    from bot.retrying import run
    from bot.runtime import runtime

    for line in run(runtime(), yes):
        out.print(line, soft_wrap=True, highlight=False)


for verb in (trying.mask, trying.safety, trying.understand):
    app.command()(plainly(verb))


if __name__ == "__main__":
    app()
