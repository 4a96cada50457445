"""The pages of the public port, its health, and the doors it does not have."""

from __future__ import annotations

import pytest

from bot import web
from bot.runtime import Runtime
from tests.conftest import make_settings


def test_there_are_no_other_doors(small_on, open_door):
    door = open_door(small_on)
    paths = ["/webhooks/web", "/webhooks/nobody", "/docs", "/redoc", "/openapi.json"]
    assert {path for path in paths for call in (door.get, door.post) if call(path).status_code != 404} == set()


def test_health_names_the_channels_that_are_on(on, small_house, open_door):
    assert open_door(on).get("/health").json() == {"status": "ok", "channels": ["telegram", "web", "whatsapp"]}
    assert open_door(small_house).get("/health").json() == {"status": "ok", "channels": ["web"]}


def test_health_is_bad_when_the_database_is_away(tmp_path, open_door):
    away = Runtime(make_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/nowhere/rumbo.db"))
    assert open_door(away).get("/health").status_code == 500


def test_the_notice_names_who_runs_this_rumbo_and_lets_no_markup_through(tmp_path, open_door):
    named = make_settings(tmp_path, rumbo_organisation="Fundación <b>Sur</b>", rumbo_contact="ayuda@sur.mx & cía")
    page = open_door(Runtime(named)).get("/aviso")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Fundación &lt;b&gt;Sur&lt;/b&gt;" in page.text
    assert "ayuda@sur.mx &amp; cía" in page.text
    assert [mark for mark in ("{organisation}", "{contact}", "{{body}}", "**", "\n# ") if mark in page.text] == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("# Aviso\n\nHola", "<h1>Aviso</h1>\n<p>Hola</p>"),
        ("## Uno\nDos", "<h2>Uno</h2>\n<p>Dos</p>"),
        ("- uno\n- **dos**", "<ul><li>uno</li><li><strong>dos</strong></li></ul>"),
        ("<script>1 < 2</script>", "<p>&lt;script&gt;1 &lt; 2&lt;/script&gt;</p>"),
        ("5 - 3 y a * b", "<p>5 - 3 y a * b</p>"),
    ],
)
def test_paragraphs_knows_a_few_marks_and_nothing_else(text, expected):
    assert web.paragraphs(text) == expected


def test_every_page_is_closed_to_foreign_code(small_on, open_door):
    door = open_door(small_on)
    for path in ("/chat", "/aviso", "/health", "/static/chat.js", "/nowhere", "/chat/messages"):
        headers = door.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert [word for word in ("unsafe", "http:", "https:", "*") if word in policy] == []
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_static_serves_only_what_is_named(small_on, open_door):
    door = open_door(small_on)
    names = ["chat.css", "chat.js", "rumbo.svg", "chat.html", "..%2fweb.py"]
    assert [door.get(f"/static/{name}").status_code for name in names] == [200, 200, 200, 404, 404]
