"""Her year in pesos on the real engine: compared before she chooses, "y si…" in free words, another way taken."""

from __future__ import annotations

from sqlalchemy import select

from bot.guidance.tables import PathwayChoice

TO_THE_CHOICE = (
    "Lupita",
    "como a una mujer",
    "28 años",
    "jalisco",
    "vendo gelatinas",
    "cocinar y vender",
    "ganar dinero pronto",
    "vendo por mi cuenta",
    "la secundaria",
    "dos horas",
    "el dinero y los pasajes",
)
TO_THE_PLAN = ("el segundo", "el martes", "a las 5", "en la escuela", "con mi hermana", "que llueva", "voy otro dia")
TO_THE_END = ("es solo mío", "nada por ahora", "si lo intento", "nada por ahora")
HERS = ("media hora", "5", "como 40", "800", "1,200 a la semana", "nada", "mil quinientos", "100", "nada")


def test_from_her_numbers_to_another_way(rumbo):
    talk = rumbo.whatsapp()  # the chat page shows the last messages only, and this is a long talk
    talk.says("hola")
    talk.taps("Sí, te doy permiso")
    for said in TO_THE_CHOICE:
        heard = talk.says(said)
    assert "La decisión es tuya" in heard and "Todas mis razones" in talk.offered

    heard = talk.taps("Verlos en pesos")
    assert "Un trabajo: al terminar el año" in heard and "CONASAMI" in heard
    assert "Mi propio negocio: me faltan tus números" in heard
    assert "La decisión es tuya" in heard and "Volver a estudiar" in talk.offered
    heard = talk.taps("Todas mis razones")
    assert "+4: ya vendes por tu cuenta" in heard and "La decisión es tuya" in heard
    assert "paso chiquito" in talk.says("volver a estudiar")
    for said in (*TO_THE_PLAN, *TO_THE_END):
        talk.says(said)

    assert "Volver a estudiar: tus próximos doce meses" in talk.says("mis cuentas")
    talk.taps("Poner mis números")
    for said in HERS:
        heard = talk.says(said)
    assert "Ya tengo tus números" in heard

    usual = talk.taps("Mi año en pesos")
    assert "Al terminar el año te" in usual and "¿Y si espero 6 meses?" in talk.offered
    assert any(sent.text.startswith("Volver a estudiar") for sent in talk.read[-3:])
    later = talk.says("¿y si empiezo en seis meses?")
    assert "Conté que empiezas dentro de seis meses" in later and "✅ Si espero 6 meses" in talk.offered
    assert later.splitlines()[1] != usual.splitlines()[1]
    assert usual.splitlines()[:3] == talk.taps("✅ Si espero 6 meses").splitlines()[:3]

    assert "Un trabajo: tus próximos doce meses" in talk.taps("Un trabajo")
    assert "5 días a la semana" in talk.taps("Ver de dónde sale")
    talk.taps("Mi año en pesos")
    talk.taps("Elegir este camino")
    with rumbo.house.db.read() as session:
        rows = session.scalars(select(PathwayChoice).where(PathwayChoice.learner_id == talk.learner)).all()
    assert [row.chosen for row in rows] == ["study", "employment"]
    assert all(row.weights_version and row.best == ["business"] for row in rows)
