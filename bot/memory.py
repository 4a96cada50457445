"""How memory is given to threads and taken back: what is called before there are any."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

M_ARENA_MAX = -8
"""As in glibc's malloc.h."""
ARENAS = 2
YOUNG, GENERATIONS = 10_000, 10
"""New objects after which Python looks for cycles, and how many such looks before it looks among older ones."""


def share_arenas() -> None:
    """Few heaps for all threads. glibc makes one a thread, and what they free stays scattered over them.

    `web` with 26 threads: 121 to 153 MB within 12,000 webhooks and growing, as many objects at the end as at the
    beginning; with two heaps 118 to 135 and flat. Elsewhere than on glibc there is nothing to set.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def collect_less_often() -> None:
    """Python looks for cycles after every 700 new objects, and again and again among all that were made before.

    A process makes 700,000 while it starts: half a second of its 2.5 went there.
    """
    gc.set_threshold(YOUNG, GENERATIONS, GENERATIONS)
