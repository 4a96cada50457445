"""When the engine is trained again."""

from __future__ import annotations

from bot import training


def test_a_broken_model_is_no_model(tmp_path, monkeypatch):
    model, stamp = tmp_path / "rumbo.tar.gz", tmp_path / "rumbo.sources"
    monkeypatch.setattr(training, "MODEL", model)
    monkeypatch.setattr(training, "STAMP", stamp)
    model.write_text("garbage")
    stamp.write_text(training.sources())
    assert training.is_fresh() is False


def test_the_engine_is_given_no_secret(monkeypatch, tmp_path):
    from tests.conftest import make_settings

    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "a token")
    monkeypatch.setenv("RUMBO_SECRET_KEY", "a key")
    given = training.engine_env(make_settings(tmp_path))
    assert {name for name in given if "TOKEN" in name or "KEY" in name} == set()
