"""The directory is taken over whole or not at all, and what an editor got wrong is named by row and column."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from bot import keeping_directory
from bot.config import ROOT
from bot.db import now
from bot.guidance.days import today
from bot.referrals import directory
from bot.referrals.importing import DirectoryError

SHIPPED = ROOT / "content" / "services.csv"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(SHIPPED.read_text(encoding="utf-8"))))


def written(file: Path, changed: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(changed[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(changed)
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def without_phone(file: Path) -> Path:
    return written(file, [{k: v for k, v in row.items() if k != "source"} for row in rows()])


def of_text(change):
    """A file that somebody wrote by hand from the text of ours."""

    def make(file: Path) -> Path:
        file.write_text(change(SHIPPED.read_text(encoding="utf-8")), encoding="utf-8")
        return file

    return make


def changed(column: str, value: str, row: int = 2):
    def change(file: Path) -> Path:
        all_rows = rows()
        all_rows[row - 2][column] = value
        return written(file, all_rows)

    return change


BROKEN = {
    "wrong encoding": (lambda f: written(f, rows(), "latin-1"), "row 2: the file is not saved as UTF-8"),
    "a column is missing": (without_phone, "row 1, source: this column is missing"),
    "an unknown column": (lambda f: written(f, [r | {"color": "x"} for r in rows()]), "row 1, color: nobody knows"),
    "the same id twice": (lambda f: written(f, [*rows(), rows()[0]]), "id: 911 stands in 2 rows"),
    "a phone with letters": (changed("phone", "800 LLAMA YA", 4), "row 4, phone:"),
    "a phone that is too short": (changed("phone", "55 1234", 3), "row 3, phone:"),
    "a phone nobody verified": (changed("verified", ""), "row 2, verified: a telephone needs the day"),
    "no such state": (changed("states", "MEX;XYZ", 5), "row 5, states: XYZ is no state"),
    "a day that is none": (changed("verified", "31/02/2026"), "row 2, verified:"),
    "an address that is none": (changed("url", "pregunta en facebook", 3), "row 3, url:"),
    "an id with spaces": (changed("id", "línea vida"), "row 2, id:"),
    "no name": (changed("name", ""), "row 2, name:"),
    "an age in words": (changed("from_age", "quince"), "row 2, from_age:"),
    "free: a little": (changed("free", "poquito"), "row 2, free:"),
    "nobody in it": (
        lambda f: f.write_text(SHIPPED.read_text(encoding="utf-8").splitlines()[0] + "\n") and f,
        "no service",
    ),
    "a comma without quotes": (
        lambda f: f.write_text(SHIPPED.read_text(encoding="utf-8") + "a,b,legal" + ",x" * 40 + "\n") and f,
        "more cells",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_row_and_column_and_changes_nothing(small_house, tmp_path, name):
    spoil, said = BROKEN[name]
    with small_house.db.read() as session:
        before = dict(directory.listed(session))
    with pytest.raises(DirectoryError) as refused:
        keeping_directory.take_over(small_house, spoil(tmp_path / "mine.csv"))
    assert said in str(refused.value) and "mine.csv" in str(refused.value)
    with small_house.db.read() as session:
        assert dict(directory.listed(session)) == before != {}


def test_all_mistakes_are_named_at_once(small_house, tmp_path):
    all_rows = rows()
    all_rows[3]["phone"], all_rows[8]["states"] = "abc", "NOPE"
    with pytest.raises(DirectoryError) as refused:
        keeping_directory.take_over(small_house, written(tmp_path / "mine.csv", all_rows))
    assert "row 5, phone" in str(refused.value) and "row 10, states" in str(refused.value)


def test_a_file_that_is_not_there_is_said(small_house, tmp_path):
    with pytest.raises(DirectoryError, match=r"gone\.csv cannot be read"):
        keeping_directory.take_over(small_house, tmp_path / "gone.csv")


def test_an_import_replaces_what_was_there_and_the_first_one_is_made_once(small_house, tmp_path):
    assert keeping_directory.first_import(small_house) is None
    assert keeping_directory.take_over(small_house, written(tmp_path / "mine.csv", rows()[:3])) == 3
    with small_house.db.read() as session:
        assert set(directory.listed(session)) == {row["id"] for row in rows()[:3]}


def test_what_is_old_is_named_the_oldest_first(small_house, tmp_path):
    all_rows = rows()[:3]
    day = today(now())
    for row, days in zip(all_rows, (10, 181, 400), strict=True):
        row["verified"] = (day - timedelta(days=days)).isoformat()
    keeping_directory.take_over(small_house, written(tmp_path / "mine.csv", all_rows))
    assert [line.split(":")[0] for line in keeping_directory.old(small_house)] == [all_rows[2]["id"], all_rows[1]["id"]]
