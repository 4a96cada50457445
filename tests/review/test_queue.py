"""The queue: everything doubtful, a share of the rest that chance draws the same way twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.care import incidents
from bot.care.tables import IncidentKind
from bot.db import now
from bot.messages.tables import Direction, Message, Status
from bot.people.tables import Learner
from bot.review import queue, repair
from bot.staff import accounts
from bot.staff.roles import Role
from tests.console.desk import people

AT = now() - timedelta(hours=1)


def seats(house, *names: str) -> list[int]:
    with house.db.write() as session:
        return [accounts.add(session, name, Role.REVIEWER, None, AT).id for name in names]


def why(house, staff_id: int, share: float, cohort: str | None = None) -> dict[int, str]:
    with house.db.read() as session:
        return {i.message.id: i.why for i in queue.waiting(session, staff_id, share, cohort, most=1000)}


def test_a_fifth_is_drawn_and_always_the_same():
    drawn = [n for n in range(1, 10_001) if queue.is_drawn(n, 0.2)]
    assert abs(len(drawn) - 2000) < 50
    assert abs(sum(n % 2 for n in drawn) - 1000) < 50  # not all of one direction
    assert [n for n in drawn if not queue.is_drawn(n, 0.3)] == []


def test_everything_doubtful_is_there_and_the_rest_by_chance(house):
    people(house, 200)
    (me,) = seats(house, "Eva")
    with house.db.write() as session:
        told = session.scalars(select(Message).order_by(Message.id)).all()
        for one in told:
            one.intent, one.confidence = "greet", 0.99
        told[0].confidence, told[1].intent = 0.4, "nlu_fallback"
        told[2].status, told[2].masked = Status.FAILED, None
        told[4].status = Status.TODO
        incidents.open_incident(session, told[3].learner_id, told[3].id, IncidentKind.PERSON, AT)
        ids = [one.id for one in told]
    found = why(house, me, 0.2)
    assert [found[ids[n]] for n in range(4)] == ["unsure", "unsure", "failure", "incident"]
    rest = {n for n in ids[5:] if queue.is_drawn(n, 0.2)}
    assert set(found) - set(ids[:4]) == rest
    assert set(why(house, me, 0)) == set(ids[:4])
    assert set(why(house, me, 1)) == set(ids) - {ids[4]}
    with house.db.read() as session:
        left = queue.left(session, me, 0.2, None)
    assert left == {"incident": 1, "failure": 1, "unsure": 2} | ({"sample": len(rest)} if rest else {})


def test_what_one_has_judged_is_gone_for_her_and_after_two_for_all(house):
    people(house, 3)
    eva, ana, ines = seats(house, "Eva", "Ana", "Inés")
    with house.db.write() as session:
        first, second, _ = session.scalars(select(Message).where(Message.direction == Direction.IN)).all()
        repair.judge(session, first, eva, True, None, True, True, AT)
        repair.judge(session, first, ana, False, "greet", True, True, AT)
        repair.judge(session, second, eva, True, None, True, True, AT)
    assert [len(why(house, who, 1)) for who in (eva, ana, ines)] == [1, 2, 2]
    assert next(iter(why(house, ines, 1))) != second.id  # first what nobody has looked at
    with house.db.read() as session:
        assert (repair.agreed(session).same, repair.agreed(session).of) == (0, 1)


def test_only_one_s_own_cohort_is_there(house):
    people(house, 4)
    (me,) = seats(house, "Eva")
    with house.db.write() as session:
        session.get_one(Learner, "l00002").group_code = "norte"
    assert len(why(house, me, 1, "norte")) == 1
