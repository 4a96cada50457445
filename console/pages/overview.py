"""The overview: what became of the people, as numbers that hide the few, as charts that print, and as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.background import BackgroundTask
from starlette.responses import Response

from bot.content.library import Content
from bot.indicators import sheets
from bot.indicators.facts import UNKNOWN
from bot.indicators.keeping import Keeper
from bot.indicators.overview import Cut, Overview
from bot.indicators.overview import overview as counted
from bot.indicators.reading import DIMENSIONS
from bot.staff import audit
from console.charts import percent
from console.door import Ask, page
from console.frame import render
from console.rights import Right
from console.words import book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST = ("bienvenida", "proyecto", "camino", "compromisos", "apoyo", "dinero")
"""The blocks of the main path, in their order; the others follow by their place."""


@page("GET", "/panorama", Right.NUMBERS)
def overview(ask: Ask) -> Response:
    keeper: Keeper = ask.request.app.state.keeper
    cut, found = _found(ask)
    content, facts = ask.rumbo.library.current(), keeper.facts(ask.at)
    values: dict[str, Any] = {
        "cut": cut,
        "found": found,
        "facts_at": facts.at,
        "least": ask.rumbo.settings.rumbo_smallest_cell,
        "groups": {name: [one for one in facts.groups[name][0] if one != UNKNOWN] for name in _dimensions(cut)},
        "dimensions": DIMENSIONS,
        "titles": _titles(content),
        "query": urlencode(_asked(ask)),
        "percent": percent,
    }
    response = render(ask, "overview.html", **values)
    if keeper.is_stale(ask.at):
        response.background = BackgroundTask(keeper.renew_once)
    return response


def _asked(ask: Ask) -> dict[str, str]:
    return {name: value for name in (*DIMENSIONS, "by") if (value := ask.get(name))}


def _dimensions(cut: Cut) -> list[str]:
    """What may be chosen from: a counsellor does not choose a cohort."""
    return [name for name in DIMENSIONS if name != "cohort" or cut.cohort is None]


def _found(ask: Ask) -> tuple[Cut, Overview]:
    keeper: Keeper = ask.request.app.state.keeper
    cut = Cut.of(_asked(ask), ask.cohort)
    blocks = _blocks(ask.rumbo.library.current())
    return cut, counted(keeper.facts(ask.at), cut, blocks, ask.rumbo.settings.rumbo_smallest_cell)


def _blocks(content: Content) -> list[str]:
    others = sorted((b.place, b.id) for b in content.interviews.values() if b.place)
    return [name for name in FIRST if name in content.interviews] + [name for _, name in others]


def _titles(content: Content) -> dict[str, str]:
    """How blocks, questions, pathways and states are called."""
    named = {f"{b.id}/{q.id}": q.label or q.id for b in content.interviews.values() for q in b.questions}
    named |= {b.id: b.title for b in content.interviews.values()}
    named |= {name: one.title for name, one in content.pathways.items()}
    return named | {name: one.name for name, one in content.states.items()}


@page("GET", "/panorama.csv", Right.EXPORT)
def overview_csv(ask: Ask) -> Response:
    _, found = _exported(ask)
    named = {"Content-Disposition": 'attachment; filename="panorama.csv"'}
    return Response(sheets.as_csv(found), media_type="text/csv; charset=utf-8", headers=named)


@page("GET", "/panorama.xlsx", Right.EXPORT)
def overview_xlsx(ask: Ask) -> Response:
    _, found = _exported(ask)
    named = {"Content-Disposition": 'attachment; filename="panorama.xlsx"'}
    known = book(ask.language)
    means = [(key[6:], text) for key, text in known.items() if key.startswith("means.")]
    return Response(sheets.as_xlsx(found, means, known["pages.overview"]), media_type=XLSX, headers=named)


def _exported(ask: Ask) -> tuple[Cut, Overview]:
    """The numbers, with a line in the audit log."""
    cut, found = _found(ask)
    with ask.rumbo.db.write() as session:
        audit.write(session, ask.me.id, "exported", ask.at, detail=f"overview; {_told(cut)}")
    return cut, found


def _told(cut: Cut) -> dict[str, Any]:
    return cut.only | ({"by": cut.by} if cut.by else {})
