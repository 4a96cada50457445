"""`rumbo staff`: the staff port, and who may sign in there. Links are printed to a terminal and never logged."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.cli_tools import out, plainly, ready
from bot.config import RumboError, settings
from bot.staff.roles import Role

app = typer.Typer(invoke_without_command=True, help="The staff port, and who may sign in there.")


@app.callback()
@plainly
def staff(context: typer.Context) -> None:
    """The staff port: the console. `staff add` and `staff link` say who may sign in."""
    if context.invoked_subcommand is None:
        ready()
        from bot.serving import serve

        serve("staff", settings())


@app.command()
@plainly
def add(
    name: str,
    role: Annotated[Role, typer.Option()],
    cohort: Annotated[str | None, typer.Option(help="The only group a counsellor sees.")] = None,
) -> None:
    """Add somebody to the team and print the link that sets a password, once."""
    from bot.db import now
    from bot.runtime import runtime
    from bot.staff import accounts

    with runtime().db.write() as session:
        token = accounts.invite(session, accounts.add(session, name, role, cohort, now()), now())
    _print_link(token, accounts.INVITED)


@app.command()
@plainly
def link(name: str) -> None:
    """A new link for who lost a password or a telephone."""
    from bot.db import now
    from bot.runtime import runtime
    from bot.staff import accounts

    with runtime().db.write() as session:
        known = accounts.find(session, name)
        if known is None:
            raise RumboError(f"There is no {name} in the team.")
        token = accounts.invite(session, known, now())
    _print_link(token, accounts.INVITED)


@app.command(hidden=True)
@plainly
def first() -> None:
    """For `rumbo up`: the link of the first administrator while nobody has signed in yet; else nothing."""
    from bot.db import now
    from bot.runtime import runtime
    from bot.staff import accounts

    with runtime().db.write() as session:
        token = accounts.first_invite(session, now())
    if token:
        typer.echo(address_of(token))


def address_of(token: str) -> str:
    return f"{settings().staff_url}/invitacion/{token}"


def _print_link(token: str, life: timedelta) -> None:
    out.print(f"{address_of(token)}\nIt works once, for {life.days} days.", soft_wrap=True, highlight=False)
