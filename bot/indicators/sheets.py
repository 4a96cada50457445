"""The overview as a table for a spreadsheet: one row a number, and nothing in it is computed by the spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.styles import Font

from bot.cells import cell
from bot.indicators.overview import Overview
from bot.indicators.shares import Middle, Share

COLUMNS = ("section", "indicator", "group", "yes", "of", "percent", "missing", "hidden")
Row = tuple[str, str, str, float | None, int | None, float | None, int | None, bool]


def rows(found: Overview) -> Iterable[Row]:
    """Every number of the overview; of a hidden one only that it is hidden."""
    yield ("reach", "arrived", "", found.reach, found.reach, None, 0, found.reach is None)
    yield from (_row("funnel", one.name, "", one) for one in found.funnel)
    for block in found.blocks:
        yield _row("blocks", block.name, "", block.done)
        yield _minutes(block.minutes)
    yield from (_row("stops", one.name, "", one) for one in found.stops)
    for wave in found.waves:
        yield from (_row("waves", wave.name, one.name, one) for one in wave.shares)
        for pair in wave.pairs:
            yield _row("same_people_at_start", wave.name, pair.wave, pair.before)
            yield _row("same_people", wave.name, pair.wave, pair.now)
    yield from (_row("services", one.name, "", one) for one in (*found.relations, found.pleased))
    yield from (_row("lessons", one.name, "", one) for one in found.lessons)
    for part in found.parts:
        yield from (_row("groups", one.name, part.group or "unknown", one) for one in part.shares)


def _row(section: str, name: str, group: str, one: Share) -> Row:
    if one.hidden:
        return (section, name, group, None, None, None, None, True)
    percent = None if one.percent is None else round(one.percent, 1)
    return (section, name, group, one.yes, one.of, percent, one.missing, False)


def _minutes(one: Middle) -> Row:
    median = None if one.value is None else round(one.value, 1)
    return ("minutes", one.name, "median", median, None if one.hidden else one.of, None, None, one.hidden)


def as_csv(found: Overview) -> bytes:
    """With the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in row] for row in rows(found))
    return ("\ufeff" + text.getvalue()).encode()


def as_xlsx(found: Overview, meanings: Iterable[tuple[str, str]], title: str) -> bytes:
    """One sheet of numbers and one that says what they mean. Texts are written as texts, never as formulas."""
    book = Workbook()
    sheet = book.active
    sheet.title = title[:31]
    _fill(sheet, [COLUMNS, *rows(found)])
    _fill(book.create_sheet("meanings"), [("indicator", "meaning"), *meanings])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _fill(sheet: object, lines: Iterable[Iterable[object]]) -> None:
    for n, line in enumerate(lines, 1):
        for m, value in enumerate(line, 1):
            one = sheet.cell(n, m, cell(value))  # type: ignore[attr-defined]
            if isinstance(value, str):
                one.data_type = "s"
            if n == 1:
                one.font = Font(bold=True)
    sheet.freeze_panes = "A2"  # type: ignore[attr-defined]
    for letter, width in zip("ABCDEFGH", (18, 30, 16, 10, 10, 10, 10, 10), strict=True):
        sheet.column_dimensions[letter].width = width  # type: ignore[attr-defined]
