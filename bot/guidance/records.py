"""What an answer is kept as, besides itself: a question names one of these with `saves:`."""

from __future__ import annotations

import re

from sqlalchemy import delete, update

from bot.db import insert_once
from bot.guidance import followup, goals, picks, places, referring, scams, tip_followup
from bot.guidance.facts import Person
from bot.guidance.kept import Kept, Recorder
from bot.guidance.steps import STEPS
from bot.guidance.tables import PathwayChoice
from bot.messages.tables import Message, SaidWord
from bot.people import groups, tracking
from bot.people.masking import mask
from bot.referrals.states import State

MAX_NAME = 40
NAME_LEAD = re.compile(
    r"^(?:(?:hola|pues|ps|mi nombre es|me llamo|yo soy|soy|me dicen|dime|(?:me )?puedes decir(?:me)?)[\s,]+)+",
    re.IGNORECASE,
)


def consent(person: Person, kept: Kept) -> bool:
    """Yes or no, with the version of the notice. After a no, nothing she wrote is kept."""
    given = kept.value == "si"
    message = person.session.get(Message, kept.message_id)
    channel = message.channel if message else "unknown"
    version = notice_version(person.content.notice)
    tracking.record_consent(person.session, person.learner.id, given, version, channel, kept.message_id, person.at)
    if not given:
        mine = (Message.learner_id == person.learner.id, Message.id < kept.message_id)
        blank = {"sealed": person.sealer.seal(""), "masked": None, "choices": None, "hears": None}
        person.session.execute(update(Message).where(*mine).values(**blank))
        person.learner.group_code = None
        person.session.execute(delete(SaidWord).where(SaidWord.learner_id == person.learner.id))
    return False


def notice_version(notice: str) -> str:
    """The version in the first line of the notice that has one, as in `Versión 2026-11-22`."""
    return next((w.strip(":.*_") for w in notice.split() if w[:2] == "20" and w.count("-") >= 2), "unknown")[:32]


def called(person: Person, kept: Kept) -> bool:
    person.learner.called = person.sealer.seal(name_in(kept.words))
    return False


def name_in(words: str) -> str:
    """The name in "me llamo Lupita", "dime Beto", "Lupita, mucho gusto"."""
    said = " ".join(words.split())
    return (NAME_LEAD.sub("", said).split(",")[0].strip(" .!") or said)[:MAX_NAME]


def age_band(person: Person, kept: Kept) -> bool:
    person.learner.age_band = kept.value
    return False


def state(person: Person, kept: Kept) -> bool:
    """Her state; and the municipality, when what she wrote names it."""
    person.learner.state = kept.value
    person.learner.municipality = places.town_in(person.content.states[kept.value], kept.said)
    return False


def municipality(person: Person, kept: Kept) -> bool:
    """As it is written officially where we know it, else in her words, masked."""
    home = person.content.states.get(person.learner.state or "")
    known = places.town_in(home, kept.said) if home else None
    person.learner.municipality = (known or mask(kept.said.strip()).text)[:60]
    return False


def gender(person: Person, kept: Kept) -> bool:
    person.learner.gender = kept.value
    person.content = person.content.spoken_to(kept.value)
    return False


def group_code(person: Person, kept: Kept) -> bool:
    person.learner.group_code = groups.code_of(kept.said)
    return False


REMINDERS = {"propio": ("own", True), "compartido": ("shared", True), "no": (None, False)}
"""Whose telephone it is and whether we may write first, by the option she picked."""


def reminders(person: Person, kept: Kept) -> bool:
    whose, person.learner.may_remind = REMINDERS[kept.value]
    person.learner.phone = whose or person.learner.phone
    followup.arrange_all(person)
    tip_followup.arrange_all(person)
    return False


def pathway(person: Person, kept: Kept) -> bool:
    """Her choice, beside what was suggested and why; it may differ. From now on its year is counted."""
    heard = person.suggestion()
    person.learner.pathway = kept.value
    picks.pick(person, picks.COUNTED, kept.value, kept.message_id)
    row = {
        "learner_id": person.learner.id,
        "message_id": kept.message_id,
        "chosen": kept.value,
        "suggested": heard.best[0] if len(heard.best) == 1 else None,
        "scores": heard.scores,
        "reasons": heard.reasons,
        "against": heard.against,
        "best": list(heard.best),
        "weights_version": heard.version,
        "content_version": person.content.version,
        "at": person.at,
    }
    insert_once(person.session, PathwayChoice, row)
    return False


def tip(person: Person, kept: Kept) -> bool:
    """The tip she was shown, and what she said to it; who will try is asked later whether she did."""
    if shown := person.tip():
        tip_followup.answer(person, shown.id, kept.value)
    return False


REFERRED = {"me_interesa": State.ACCEPTED, "otro": State.DECLINED}


def referral(person: Person, kept: Kept) -> bool:
    """The service she was shown: accepted, left for now, or declined for the next one."""
    found, need = person.services(), person.saved("need")
    if not found or need is None:
        return False
    to = REFERRED.get(kept.value, State.OFFERED)
    referring.answer(person, need, found[0].service.id, to, kept.message_id)
    return to is State.DECLINED and len(found) > 1


KEPT_AS = (
    "need worry dream schooling situation unpaid_hours dependants study_times confidence lacks_confidence"
    " lacks_skills lacks_money works work_kind own_business looks_for_work in_training resilience saves has_product"
    " why_no_product pays_on_time income hours travel_hours days transport care needed debts price unit_cost"
    " units_week unit_hours fixed start_cost study_month study_once offer buyers sells_at first_sale first_sale_day"
    " study_goal study_mode study_papers study_when goal_what loan_principal loan_payment loan_every loan_payments"
    " loan_fee loan_other_principal loan_other_payment loan_other_every loan_other_payments loan_other_fee env_fixed"
    " env_food env_transport env_saving env_other batch_materials batch_pieces batch_hours account_income"
    " account_needs debt_extra debt_1 debt_1_owed debt_1_payment debt_1_rate debt_1_more debt_2 debt_2_owed"
    " debt_2_payment debt_2_rate debt_2_more debt_3 debt_3_owed debt_3_payment debt_3_rate"
).split()
"""Names under which an answer is found again, by whatever question it was given."""


def nothing(person: Person, kept: Kept) -> bool:
    """The answer itself is enough: it is found again by this name."""
    return False


RECORDS: dict[str, Recorder] = {
    "consent": consent,
    "called": called,
    "gender": gender,
    "age_band": age_band,
    "state": state,
    "municipality": municipality,
    "group_code": group_code,
    "reminders": reminders,
    "pathway": pathway,
    "tip": tip,
    "referral": referral,
    "fraud": scams.keep,
    "goal_weekly": goals.weekly,
    "goal_pesos": goals.changed,
    "goal_had": goals.changed,
    "goal_day": goals.day,
    "put_away": goals.put_away,
    "put_away_pesos": goals.another_sum,
    "taken_out": goals.taken_out,
    **STEPS,
    **dict.fromkeys(KEPT_AS, nothing),
}
