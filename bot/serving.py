"""Which server listens where, each in a process of its own or, on a machine with little memory, all in one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from bot import loops
from bot.config import Settings
from bot.runtime import Runtime

APPS = {"inner": "actions.server:create_app", "staff": "console.app:create_app", "web": "bot.web:create_app"}


def serve(name: str, has: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    uvicorn.run(**_how(name, has))


async def together(house: Runtime) -> None:
    """The worker and every server, in one process and one loop, until SIGTERM or SIGINT.

    The worker ends first: what it has in hand still needs the inner port.
    """
    has, stop = house.settings, loops.told_to_stop()
    near = any(has.is_ours(url) for url in has.inner_urls)
    servers = [_Server(uvicorn.Config(**_how(name, has))) for name in APPS if near or name != "inner"]
    async with asyncio.TaskGroup() as group:  # one that fails ends the process, and `rumbo up` starts it again
        for server in servers:
            group.create_task(server.serve())
        await loops.work(house, stop)
        for server in servers:
            server.should_exit = True
    await house.close()


def _how(name: str, has: Settings) -> dict[str, Any]:
    """Logs go where ours go; whom to believe about addresses is one setting, RUMBO_PROXY."""
    ports = {"inner": has.rumbo_inner_port, "staff": has.rumbo_staff_port, "web": has.rumbo_public_port}
    where = {"host": has.rumbo_staff_bind if name == "staff" else has.rumbo_bind, "port": ports[name]}
    quiet = {"log_level": "warning", "access_log": False, "log_config": None}
    return {"app": APPS[name], "factory": True, "proxy_headers": False} | where | quiet


class _Server(uvicorn.Server):
    """One of several in a process, which listens to the signals itself."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
