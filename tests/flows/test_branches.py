"""Inside a pathway, on the real engine: from an idea to a page of her business, from a way to study to her plan."""

from __future__ import annotations

from tests.flows.blocks import start


def opened(talk) -> bytes:
    """The file that came with the last words, as her telephone would fetch it."""
    heard = talk.running.http.get("/chat/messages", headers=talk._headers()).json()["messages"][-1]
    found = talk.running.http.get(heard["media"]["url"])
    found.raise_for_status()
    return found.content


def test_from_asking_for_an_idea_to_a_page_of_her_own(talk):
    assert "empezar en chico" in talk.says("dame ideas de negocio")
    assert "Para empezar" in talk.taps("Arreglos de ropa") or "Tu primera venta" in talk.read[-1].text
    assert "Arreglos de ropa" in talk.taps("Esta es la mía")
    assert "Quién te compraría" in talk.taps("Hacer mi hoja")
    assert "Dónde vas a vender" in talk.says("mis vecinas y las mamás de la escuela")
    assert "cada cosa" in talk.says("en mi casa")
    assert "cuánto te cuesta" in talk.says("50 pesos")
    assert "te quedan 38 pesos" in talk.says("12")
    assert "una sola vez" in talk.says("unas 20")
    assert "aunque no vendas" in talk.says("nada, ya lo tengo")
    assert "ofrecer primero" in talk.says("400")
    assert "Qué día" in talk.says("a mi comadre, la bastilla de un vestido")
    heard = talk.says("el sábado")
    assert "3 prendas a la semana para no perder" in heard
    assert "Aquí está tu hoja" in talk.taps("Mi hoja en PDF")
    assert opened(talk).startswith(b"%PDF")
    assert "Arreglos de ropa" in talk.says("ver mi negocio")


def test_from_asking_for_a_paper_to_a_plan_for_school(talk):
    assert "Aún no me dices" in talk.says("quiero certificar lo que sé hacer")
    assert "Qué buscas" in (talk.taps("Contestar eso"), talk.says("la secundaria"))[1]
    assert "Cómo prefieres" in talk.says("terminar la prepa")
    assert "papeles ya tienes" in talk.says("por internet")
    talk.taps("Mi CURP")
    assert "gustaría empezar" in talk.says("listo")
    assert "te ordeno" in talk.says("este mes")
    assert "lo que sigue es la prepa" in talk.taps("Dónde estudiar")
    talk.taps("Prepa en Línea-SEP")
    assert "1,900 pesos cada 2 meses" in talk.taps("Becas que sí aplican")
    talk.taps("Dónde estudiar")
    talk.taps("Prepa en Línea-SEP")
    heard = talk.taps("Esta es la mía")
    assert "Papeles que ya tengo: CURP." in heard and "Me faltan: acta de nacimiento" in heard
    assert "Llévalo" in talk.taps("Mi plan en PDF")
    assert opened(talk).startswith(b"%PDF")
    assert "Mi opción: Prepa en Línea-SEP" in talk.says("ver mi escuela")


def test_a_page_in_the_middle_of_a_question_loses_nothing(talk):
    start(talk, "escuela")
    assert "Todavía no me cuentas de tu negocio" in talk.says("ver mi negocio")
    assert "último que sí terminaste" in talk.says("seguir")
