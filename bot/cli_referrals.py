"""`rumbo referrals`: what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_tools import out, plainly

app = typer.Typer(no_args_is_help=True, help="What became of referrals.")


@app.callback()
def referrals() -> None:
    """What became of referrals."""


@app.command("report")
@plainly
def show_report(
    file: Annotated[Path | None, typer.Option("--csv", help="Write it to a CSV file instead.")] = None,
) -> None:
    """Accepted, attended and resolved by service, need and state; cells of fewer than five learners are hidden."""
    from bot.referral_report import cases, table, write
    from bot.referrals.reporting import report
    from bot.runtime import runtime

    with runtime().db.read() as session:
        lines = report(cases(session))
    if file:
        write(lines, file)
        out.print(f"{file}  {len(lines)} rows", soft_wrap=True, highlight=False)
    else:
        out.print(table(lines))
