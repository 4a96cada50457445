"""From "hola" to "Mi plan", as people type, on every channel, through a real engine."""

from __future__ import annotations

import csv
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.db import now
from bot.export import TABLES, export_to
from bot.guidance.days import spoken
from bot.guidance.tables import Answer, Commitment, PathwayChoice
from bot.people.tables import Consent, Learner
from bot.referrals.tables import Referral

WAYS = ["web", "whatsapp", "telegram"]


def next_tuesday() -> str:
    today = now().astimezone(ZoneInfo("America/Mexico_City")).date() + timedelta(1)
    return spoken(today + timedelta((1 - today.weekday()) % 7))


@pytest.fixture(params=WAYS)
def talk(request, rumbo):
    return getattr(rumbo, request.param)()


def test_from_hola_to_mi_plan_with_typos(rumbo, talk, tmp_path):
    tells_who_she_is(talk)
    plan = makes_her_plan(talk)
    assert "El plan de Lupita" in plan
    assert f"{next_tuesday()}, 5:00 de la tarde" in plan
    assert "que se enferme mi hijo" in plan and "le pido a mi vecina que lo cuide" in plan
    assert talk.says("mi plan") == plan
    is_kept(rumbo, talk)
    is_exported(rumbo, talk.learner, tmp_path)


def tells_who_she_is(talk) -> None:
    heard = talk.says("ola buenas")
    assert "permiso" in heard and "unos 2 min" in heard
    assert talk.offered == ["Sí, te doy permiso", "No, gracias"]
    assert "Cómo te gusta que te diga" in talk.says("si claro")
    assert "Cómo quieres que te hable" in talk.says("me dicen Lupita")
    assert "Cuántos años tienes" in talk.says("como a una mujer")
    assert "qué estado vives" in talk.says("28 años")
    assert "te da orgullo" in talk.says("vivo en edo de mex")
    assert "Te lo pregunto porque" in talk.says("por qué")
    assert "te gusta hacer" in talk.says("cuidé a mi abuela y vendo gelatinas")
    talk.taps("Cuidar y enseñar")
    assert "qué te importa más" in talk.says("listo")
    assert "A qué te dedicas" in talk.says("ganar dinero pronto")
    assert "terminaste en la escuela" in talk.says("vendo por mi cuenta")
    assert "horas al día" in talk.says("la secundaria")
    assert "se te atraviesa" in talk.says("dos horas")
    heard = talk.says("cuidar a mis hijos y el dinero")
    assert "Dijiste que" in heard and "La decisión es tuya" in heard


def makes_her_plan(talk) -> str:
    assert "paso chiquito" in talk.taps("Volver a estudiar")
    assert "Qué día" in talk.says("el segundo")
    assert "A qué hora" in talk.says("el martes")
    assert "En dónde" in talk.says("a las 5")
    assert "Con quién" in talk.says("en la escuela de mi colonia")
    assert "atravesarse" in talk.taps("Por mi cuenta")
    assert "qué vas a hacer" in talk.says("que se enferme mi hijo")
    assert "este teléfono" in talk.says("le pido a mi vecina que lo cuide")
    heard = talk.says("es solo mío")
    assert "Bienvenid" not in heard and "qué te preocupa más" in heard
    assert "Para esta semana" in talk.says("quiero ahorrar")
    assert "Con qué te vendría bien una mano" in talk.says("si lo intento")
    assert "Te sirve" in talk.says("guardería")
    return talk.says("si me sirve")


def is_kept(rumbo, talk) -> None:
    with rumbo.house.db.read() as session:
        mine = talk.learner
        consent = session.scalars(select(Consent).where(Consent.learner_id == mine)).one()
        assert (consent.given, consent.notice_version, consent.channel) == (True, "2026-11-22", talk.channel)
        choice = session.scalars(select(PathwayChoice).where(PathwayChoice.learner_id == mine)).one()
        assert choice.chosen == "study" != choice.suggested
        assert len(session.scalars(select(Answer).where(Answer.learner_id == mine)).all()) == 25
        assert session.scalars(select(Commitment.step).where(Commitment.learner_id == mine)).one() == "certificado"
        assert session.scalars(select(Referral.status).where(Referral.learner_id == mine)).one() == "accepted"


def is_exported(rumbo, mine: str, folder) -> None:
    files = export_to(folder, rumbo.house)
    assert {f.stem for f in files} == set(TABLES)
    with (folder / "learners.csv").open() as rows:
        row = next(r for r in csv.DictReader(rows) if r["learner"] == mine)
    assert (row["state"], row["age_band"], row["pathway"], row["consent"]) == ("MEX", "25-29", "study", "True")
    assert "Lupita" not in (folder / "answers.csv").read_text()


def test_no_consent_keeps_nothing_and_leaves_the_door_open(rumbo, talk):
    talk.says("buenas tardes")
    heard = talk.says("no gracias")
    assert "escribe «hola»" in heard
    with rumbo.house.db.read() as session:
        assert [c.given for c in session.scalars(select(Consent).where(Consent.learner_id == talk.learner))] == [False]
    assert "permiso" in talk.says("hola")


def test_before_consent_she_may_ask_and_the_question_returns(talk):
    talk.says("hola")
    heard = talk.says("eres un robot?")
    assert "Soy un programa" in heard and "permiso" in heard


def test_baja_and_alta(talk):
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    assert "escribe ALTA" in talk.says("BAJA")
    assert "no quieres mensajes" in talk.says("hola")
    assert "de vuelta" in talk.says("alta")
    assert "Cómo te gusta" in talk.taps("Seguir")


def test_pausing_and_coming_back_on_the_other_channel(rumbo):
    first, second = rumbo.whatsapp(), rumbo.telegram()
    first.says("hola")
    first.taps("Sí, te doy permiso")
    first.says("Beto")
    assert "Guardé lo que llevas" in first.says("pausa")
    first.says("menú")
    code = next(w for w in first.taps("Usar otro canal").split() if w.startswith("RUMBO-"))
    second.says("hola")

    assert "Beto" in second.says(code)
    assert "Cómo quieres que te hable" in second.taps("Seguir")
    assert second.learner == first.learner
    assert "Cuántos años tienes" in second.says("sin género")
    assert "qué estado" in second.says("22")


def test_erasing_leaves_nothing_anywhere(rumbo, talk):
    secret = f"zapatos{talk.channel}morados"
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    talk.says("Chayito")
    talk.taps("Sin género")
    talk.says("31")
    talk.says("Puebla")
    talk.says(f"vendí {secret} en el mercado")
    learner = talk.learner
    assert "¿Los borro?" in talk.says("borrar mis datos")
    assert "RB-" in talk.taps("Sí, borrar todo")
    wait_until(lambda: forgotten(rumbo, learner))
    wait_until(lambda: not kept_anywhere(rumbo, secret, learner), lambda: kept_anywhere(rumbo, secret, learner))


def forgotten(rumbo, learner: str) -> bool:
    with rumbo.house.db.read() as session:
        return session.get(Learner, learner) is None


def kept_anywhere(rumbo, *traces: str) -> list[str]:
    """The files in which one of these traces stands."""
    files = [file for file in (rumbo.folder / "var").rglob("*") if file.is_file()]
    return [file.name for file in files if any(trace.encode() in file.read_bytes() for trace in traces)]


def wait_until(true, otherwise=lambda: "it did not happen in time") -> None:
    """Erasure ends with the write-ahead log, a moment after the row is gone."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.1)
