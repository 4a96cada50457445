"""Mi plan: what she wants, which way she takes, what she will do and when, and who helps. Made from what is stored."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.content.library import Content
from bot.content.services import Service
from bot.guidance import commitments
from bot.guidance.days import spoken
from bot.guidance.memory import Memory, called, saved
from bot.guidance.tables import Milestone, PathwayChoice, Referral, TipGiven
from bot.people.privacy import Sealer
from bot.people.tables import Learner


def render(session: Session, sealer: Sealer, content: Content, learner: Learner, memory: Memory) -> str | None:
    """The plan as one text, a paragraph a line of it; None while there is nothing in it."""
    lines = [
        _dream(content, memory),
        _pathway(session, content, learner),
        *_steps(session, sealer, content, learner),
        *_milestones(session, sealer, content, learner),
        _tip(session, content, learner),
        _service(session, content, learner),
    ]
    said = [line for line in lines if line]
    return "\n\n".join([_title(sealer, content, learner), *said]) if said else None


def _title(sealer: Sealer, content: Content, learner: Learner) -> str:
    name = called(sealer, learner)
    return content.words("plan_title", name=name) if name else content.words("plan_title_plain")


def _dream(content: Content, memory: Memory) -> str | None:
    dream = saved(content, memory, "dream")
    return content.words("plan_dream", dream=dream) if dream else None


def _pathway(session: Session, content: Content, learner: Learner) -> str | None:
    mine = select(PathwayChoice).where(PathwayChoice.learner_id == learner.id).order_by(PathwayChoice.id.desc())
    choice = session.scalars(mine.limit(1)).first()
    if choice is None or choice.chosen not in content.pathways:
        return None
    short = content.pathways[choice.chosen].short
    reasons = joined(content, choice.reasons.get(choice.chosen, [])[:2])
    if not reasons:
        return content.words("plan_pathway_plain", pathway=short)
    return content.words("plan_pathway", pathway=short, reasons=reasons)


def _steps(session: Session, sealer: Sealer, content: Content, learner: Learner) -> list[str]:
    """What she will do, the nearest first, and the last thing she did."""
    still = [commitments.whole(sealer, content, one) for one in commitments.open_ones(session, learner.id)]
    done = commitments.latest_done(session, learner.id)
    return [*still, content.words("plan_done", step=sealer.unseal(done.words))] if done else still


def _milestones(session: Session, sealer: Sealer, content: Content, learner: Learner) -> list[str]:
    mine = select(Milestone).where(Milestone.learner_id == learner.id).order_by(Milestone.id.desc()).limit(3)
    return [_milestone(sealer, content, one) for one in session.scalars(mine)]


def _milestone(sealer: Sealer, content: Content, one: Milestone) -> str:
    words = sealer.unseal(one.words)
    if one.day is None:
        return content.words("plan_milestone", words=words)
    return content.words("plan_milestone_day", words=words, day=spoken(one.day))


def _tip(session: Session, content: Content, learner: Learner) -> str | None:
    mine = select(TipGiven.tip).where(TipGiven.learner_id == learner.id, TipGiven.answer == "lo_intento")
    tip = session.scalars(mine.order_by(TipGiven.at.desc()).limit(1)).first()
    return content.words("plan_tip", tip=content.tips[tip].this_week) if tip in content.tips else None


def _service(session: Session, content: Content, learner: Learner) -> str | None:
    mine = select(Referral.service).where(Referral.learner_id == learner.id, Referral.status == "accepted")
    service = content.services.get(session.scalars(mine.order_by(Referral.id.desc()).limit(1)).first() or "")
    if service is None:
        return None
    reach = " · ".join(
        w for w in (service.phone, service.whatsapp and f"WhatsApp {service.whatsapp}", service.url) if w
    )
    return content.words("plan_service", service=f"{service.name} ({reach})" if reach else service.name)


def service_card(content: Content, service: Service) -> str:
    """A service as a learner sees it: what it does, how to get there, why this one."""
    known = {"phone": service.phone, "whatsapp": service.whatsapp, "url": service.url, "hours": service.hours}
    how = [content.words(f"how_{way}", **{way: value}) for way, value in known.items() if value]
    where = ", ".join(content.states[s].name for s in service.states if s in content.states)
    why = content.words("why_state", state=where) if where else content.words("why_national")
    reach = "\n".join(how) or content.words("how_ask")
    return content.words("service", name=service.name, offers=service.offers, how=reach, why=why)


def joined(content: Content, reasons: list[str]) -> str:
    """Reasons in one sentence: "A, que B y que C"."""
    if len(reasons) < 2:
        return "".join(reasons)
    comma, last = content.words("reason_comma"), content.words("reason_and")
    return f"{f'{comma} '.join(reasons[:-1])} {last} {reasons[-1]}"
