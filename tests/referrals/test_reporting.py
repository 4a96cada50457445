"""The report on referrals: right counts with their denominators, and no small cell that could be reckoned back."""

from __future__ import annotations

import csv
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guidance import referring
from bot.referral_report import HIDDEN, cases, table, write
from bot.referrals.reporting import COUNTS, FEW, PARTS, SEALED, Case, hide, kinds, report
from bot.referrals.states import MOVES, State
from tests.guidance.desk import Desk
from tests.guidance.test_talks import welcomed

OFFERED, ACCEPTED, ATTENDED, RESOLVED = State.OFFERED, State.ACCEPTED, State.ATTENDED, State.RESOLVED


def case(n: int, *been: State, service: str | None = "inea", need: str | None = "education", state="JAL") -> Case:
    return Case(f"learner{n}", service, need, state, frozenset({OFFERED, *been}), been[-1] if been else OFFERED)


def counts(lines, by: str = "all", key: str = "") -> dict[str, int | None]:
    return dict(next(line.counts for line in lines if (line.by, line.key) == (by, key)))


def test_each_count_has_its_denominator_and_what_nobody_told_is_unknown():
    told = [
        *(case(n) for n in range(10)),
        *(case(n, ACCEPTED) for n in range(10, 16)),
        *(case(n, ACCEPTED, ATTENDED) for n in range(20, 27)),
        *(case(n, ACCEPTED, ATTENDED, RESOLVED) for n in range(30, 35)),
        *(case(n, ACCEPTED, State.FAILED) for n in range(40, 48)),
    ]
    expected = {"offered": 36, "accepted": 26, "attended": 12, "resolved": 5, "failed": 8, "unknown": 6}
    for by, key in (("all", ""), ("service", "inea"), ("need", "education"), ("state", "JAL")):
        assert counts(report(told), by, key) == expected


@pytest.mark.parametrize(
    "been, told",
    [
        ((), {"offered"}),
        ((State.DECLINED,), {"offered"}),
        ((ACCEPTED, State.DECLINED), {"offered"}),
        ((ACCEPTED, State.CONTACTED), {"offered", "accepted", "unknown"}),
        ((ACCEPTED, ATTENDED, State.FAILED), {"offered", "accepted", "attended"}),
        ((ACCEPTED, State.FAILED, ACCEPTED), {"offered", "accepted", "unknown"}),
    ],
)
def test_where_a_referral_is_counted(been, told):
    assert kinds(case(1, *been)) == told


def test_a_few_learners_are_hidden_however_many_referrals_they_have():
    many = [case(n % FEW, ACCEPTED, service=f"s{n}") for n in range(20)]
    few = [one for one in many if one.learner != "learner0"]
    assert counts(report(many))["accepted"] == 20 and counts(report(few))["accepted"] is None


def test_violence_and_health_and_an_unknown_state_stand_together():
    told = [case(n, ACCEPTED, service=None, need=None, state=None) for n in range(6)]
    assert counts(report(told), "service", SEALED)["offered"] == 6
    assert counts(report(told), "state", "(not said)")["offered"] == 6


def test_one_small_row_is_not_reckoned_back_from_the_total():
    told = [*(case(n, service="a") for n in range(20)), *(case(n, service="b") for n in range(20, 22))]
    lines = report([*told, *(case(n, service="c") for n in range(30, 37))])
    assert [counts(lines, "service", s)["offered"] for s in "abc"] == [20, None, None]


cells = st.dictionaries(
    st.sampled_from("abcd"), st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=1, max_size=4
)


def filled(more: int, attended: int, failed: int, unknown: int) -> dict[str, tuple[int, int]]:
    """A row in which every referral is of another learner; `more` were offered and not wanted."""
    accepted = attended + failed + unknown
    return {c: (n, n) for c, n in zip(COUNTS, (accepted + more, accepted, attended, 0, failed, unknown), strict=True)}


@given(cells)
def test_a_hidden_cell_never_stands_alone_beside_a_sum_that_is_shown(drawn):
    made = {
        row: dict(
            zip(COUNTS, [(n, n) for n in (off + att + fai + unk, att + fai + unk, att, 0, fai, unk)], strict=True)
        )
        for row, (off, att, fai, unk) in drawn.items()
    }
    hidden = hide(made)
    assert all((row, c) in hidden for row, c in product(made, COUNTS) if 0 < made[row][c][1] < FEW)
    for row in made:
        alone = [c for c in PARTS if (row, c) in hidden]
        assert len(alone) != 1 or (row, "accepted") in hidden or made[row]["accepted"][0] == made[row][alone[0]][0]
    for count in COUNTS:
        alone = [row for row in made if (row, count) in hidden]
        assert len(alone) != 1 or sum(made[row][count][0] for row in made) == made[alone[0]][count][0]


def test_every_state_that_can_be_reached_is_counted():
    for _, after in MOVES:
        assert "offered" in kinds(case(1, ACCEPTED, after))


def test_the_database_is_counted_and_written(small_house, tmp_path):
    desk = Desk(small_house)
    welcomed(desk)
    with small_house.db.write() as session:
        her = desk.person(session)
        referring.answer(her, "education", "inea", ACCEPTED, 900)
        referring.answer(her, "violence", "linea_079", ACCEPTED, 901)
    with small_house.db.read() as session:
        found = cases(session)
    assert {(one.service, one.need, one.state) for one in found} == {("inea", "education", "JAL"), (None, None, "JAL")}
    lines = report(found)
    write(lines, tmp_path / "report.csv")
    rows = list(csv.DictReader((tmp_path / "report.csv").open(encoding="utf-8")))
    assert len(rows) == len(lines) == 6 and {row["offered"] for row in rows} == {HIDDEN}
    assert table(lines).row_count == 6
