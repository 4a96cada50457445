"""What is started on which host, and where the others look for it."""

from __future__ import annotations

import pytest

from bot.config import RumboError, Settings
from bot.processes import choose, doors, processes
from channels.base import Hook
from channels.telegram import Telegram


def names(**more: object) -> list[str]:
    return [process.name for process in processes(Settings(_env_file=None, **more))]  # type: ignore[call-arg, arg-type]


def test_several_workers_are_numbered_and_one_is_not():
    assert names() == ["inner", "web", "worker", "staff", "engine1"]
    assert names(rumbo_workers=3)[2:5] == ["worker1", "worker2", "worker3"]


def test_on_a_small_machine_there_is_one_process_with_all_the_doors_of_the_others():
    has = Settings(_env_file=None, rumbo_small=True)  # type: ignore[call-arg]
    team = processes(has)
    assert [p.name for p in team] == ["together", "engine1"]
    ports = {p.name: p.port for p in doors(has, team)}
    assert ports == {"engine1": 5005, "inner": 5055, "web": 8080, "staff": 8081}
    assert choose(team, ["web"]) == [] and choose(team, ["together"]) == team[:1]
    with pytest.raises(ValueError, match="RUMBO_SMALL"):
        Settings(_env_file=None, rumbo_small=True, rumbo_workers=2)  # type: ignore[call-arg]


def test_only_what_is_on_this_machine_is_started_and_where_others_look_for_it():
    here, there = "10.0.0.2", "10.0.0.3"
    has = Settings(
        _env_file=None,  # type: ignore[call-arg]
        rumbo_bind=here,
        rasa_url=f"http://{here}:5005,http://{there}:5005,http://{here}:5006",  # type: ignore[arg-type]
        rumbo_inner_url=f"http://{there}:5055",  # type: ignore[arg-type]
    )
    team = {process.name: process for process in processes(has)}
    assert list(team) == ["web", "worker", "staff", "engine1", "engine2"]
    assert [(p.host, p.port) for p in team.values() if p.port] == [
        (here, 8080),
        ("127.0.0.1", 8081),
        (here, 5005),
        (here, 5006),
    ]
    assert team["engine2"].command[team["engine2"].command.index("-i") + 1] == here
    assert {team[name].env["RUMBO_INNER_URL"] for name in ("engine1", "engine2")} == {f"http://{there}:5055"}


def test_each_engine_may_have_an_inner_port_of_its_own():
    urls, inner = "http://127.0.0.1:1,http://127.0.0.1:2", "http://127.0.0.1:3,http://127.0.0.1:4"
    has = Settings(_env_file=None, rasa_url=urls, rumbo_inner_url=inner)  # type: ignore[call-arg, arg-type]
    engines = [p for p in processes(has) if p.name.startswith("engine")]
    assert [p.env["RUMBO_INNER_URL"] for p in engines] == inner.split(",")
    with pytest.raises(ValueError, match="one for each engine"):
        Settings(_env_file=None, rasa_url=urls, rumbo_inner_url=inner + ",http://x:5")  # type: ignore[call-arg, arg-type]


@pytest.mark.parametrize(("bind", "reached"), [("0.0.0.0", "127.0.0.1"), ("10.0.0.2", "10.0.0.2")])
def test_a_machine_finds_its_own_ports_wherever_they_listen(bind: str, reached: str):
    has = Settings(_env_file=None, rumbo_bind=bind)  # type: ignore[call-arg]
    assert (has.own_host, has.inner_urls) == (reached, (f"http://{reached}:5055",))


def test_parts_are_chosen_by_name():
    team = processes(Settings(_env_file=None, rumbo_workers=2))  # type: ignore[call-arg]
    assert [p.name for p in choose(team, ["worker", "engine"])] == ["worker1", "worker2", "engine1"]
    assert choose(team, []) == team
    with pytest.raises(RumboError, match="There is no webb"):
        choose(team, ["webb"])


def test_telegram_s_secret_may_be_a_list_and_a_call_with_either_is_good():
    has = Settings(_env_file=None, telegram_webhook_secret="new, old")  # type: ignore[call-arg, arg-type]
    channel = Telegram("123456:TEST", has.telegram_webhook_secret)
    given = [Hook("", {"x-telegram-bot-api-secret-token": secret}, b"{}") for secret in ("new", "old", "", "new,old")]
    assert [channel.verify(hook) for hook in given] == [True, True, False, False]
    with pytest.raises(ValueError, match="1 to 256"):
        Telegram("123456:TEST", ())
