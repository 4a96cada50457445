"""What stands on her CV: what she answered for it, and what she told before. Nothing that she did not say.

Her telephone is printed as she typed it for this paper: nothing here is masked, and nothing is taken from elsewhere.
"""

from __future__ import annotations

from sqlalchemy import func, select

from bot.content.blocks import CV
from bot.documents.shapes import Part
from bot.documents.work import Curriculum
from bot.guidance import curriculum, picks, seeking, traits
from bot.guidance.facts import Person
from bot.guidance.tables import Answer, Pick

MOST, ENOUGH_SKILLS = 7, 3
"""Skills on the page, and how many found in what she told before spare her the question."""
HERE = (f"{CV}hecho",)
"""What she writes for the CV itself speaks of skills too."""


def page(person: Person) -> curriculum.Page:
    """The CV as far as it goes. Raises `LookupError` while she has answered nothing for it."""
    guide, words = person.content.guide.curriculum, person.memory.words
    given = {q.id: words[CV + q.id] for q in guide.questions if CV + q.id in words}
    if not given:
        raise LookupError("she has said nothing for a CV")
    row = seeking.picked(person)
    if row and _picked_last(person):
        given.pop("busca", None)
    wanted = (row.name,) if row and "busca" not in given else ()
    school = schooling(person) if "estudios" not in given else ()
    room = max(MOST - len(curriculum.lines("sabe", given.get("sabe", ""))), 0)
    known = {"nombre": (person.name,), "busca": wanted, "sabe": skills(person, HERE)[:room], "estudios": school}
    return curriculum.page(guide, given, known)


def paper(person: Person) -> Curriculum:
    """What is drawn. Raises `LookupError` while there is nothing to show."""
    guide, made = person.content.guide.curriculum, page(person)
    titles, looks_for = {q.id: q.title for q in guide.questions}, " ".join(made.lines("busca"))

    def part(name: str) -> Part:
        return Part(titles[name], made.lines(name))

    return Curriculum(
        name=made.name,
        wanted=guide.says["wanted"].format(what=_small(looks_for)) if looks_for else "",
        done=part("hecho"),
        skills=part("sabe"),
        studies=part("estudios"),
        hours=part("horario"),
        reach=Part(guide.says["reach"], made.reach or (guide.says["contact"],)),
    )


def _small(said: str) -> str:
    """Inside a sentence: without the capital, unless it is a name of capitals such as DIF."""
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def note(person: Person) -> str:
    """What is said with it: what was left empty, or that it is whole."""
    try:
        return page(person).note
    except LookupError:
        return person.content.words("curriculum_nothing")


def skills(person: Person, also: tuple[str, ...] = ()) -> tuple[str, ...]:
    """How a CV says what she can do, found in what she told; what the work she picked needs comes first."""
    found, row = traits.able(person.content.guide.strengths, person.memory, also), seeking.picked(person)
    needed = row.skills if row else ()
    return tuple(one.skill.work for one in sorted(found, key=lambda s: s.skill.id not in needed))


def schooling(person: Person) -> tuple[str, ...]:
    """What she finished, as a CV says it; nothing where that has to be asked."""
    said = person.saved("schooling")
    return tuple(line for level, line in person.content.guide.curriculum.levels.items() if level == said)


def has_picked(person: Person) -> bool:
    return seeking.picked(person) is not None


def _picked_last(person: Person) -> bool:
    """Whether she picked the work after she wrote what she looks for: the later of the two counts."""
    mine = person.learner.id
    wrote = select(func.max(Answer.message_id)).where(Answer.learner_id == mine, Answer.question == f"{CV}busca")
    chose = select(func.max(Pick.message_id)).where(Pick.learner_id == mine, Pick.kind == picks.OCCUPATION)
    return (person.session.scalar(chose) or 0) > (person.session.scalar(wrote) or 0)
