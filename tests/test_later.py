"""What goes on after a webhook is answered: everything that must, and of the rest only so much."""

from __future__ import annotations

import asyncio

from bot.later import SPARE, Later


async def test_what_can_be_left_out_does_not_pile_up_behind_a_service_that_hangs():
    later, hanging, said = Later(), asyncio.Event(), []

    async def typing(who: int) -> None:
        await hanging.wait()
        said.append(who)

    done = [later.spare(typing, who) for who in range(3 * SPARE)]
    assert done == [True] * SPARE + [False] * (2 * SPARE)
    hanging.set()
    await later.finish()
    assert said == list(range(SPARE))
    assert later.spare(typing, 7)


async def test_what_must_be_done_is_done_however_much_is_under_way():
    later, hanging, noted = Later(), asyncio.Event(), []

    async def receipt(number: int) -> None:
        await hanging.wait()
        noted.append(number)

    for number in range(2 * SPARE):
        later.do(receipt(number))
    hanging.set()
    await later.finish()
    assert noted == list(range(2 * SPARE))
