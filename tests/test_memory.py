"""What is held for many threads: heaps, as glibc tells itself, and connections; and what is taken back."""

from __future__ import annotations

import platform
import subprocess
import sys
from contextlib import ExitStack

import pytest
from sqlalchemy import event, text

from bot.db import CROWD, KEPT, Database
from bot.memory import ARENAS, GENERATIONS, YOUNG

COUNT = """
import ctypes, sys, threading
from bot.memory import share_arenas
if "shared" in sys.argv:
    share_arenas()
libc = ctypes.CDLL(None)
libc.fopen.restype = libc.malloc.restype = ctypes.c_void_p
at_once = threading.Barrier(12)
def work():
    libc.malloc(5000)
    at_once.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc makes heaps for threads")
@pytest.mark.parametrize("how", ["shared", "as it is"])
def test_many_threads_share_two_heaps(tmp_path, how):
    subprocess.run([sys.executable, "-c", COUNT, str(tmp_path / "heaps"), how], check=True)
    heaps = (tmp_path / "heaps").read_text().count("<heap nr=")
    assert (heaps <= ARENAS) == (how == "shared"), heaps


def test_a_crowd_is_let_in_and_few_connections_are_kept(tmp_path):
    db, closed = Database(f"sqlite:///{tmp_path}/rumbo.db"), []
    event.listen(db.engine, "close", lambda connection, _: closed.append(connection))
    with ExitStack() as crowd:
        for _ in range(CROWD):
            crowd.enter_context(db.read()).execute(text("SELECT 1"))
        assert not closed
    assert len(closed) == CROWD - KEPT
    db.close()
    assert len(closed) == CROWD


def test_cycles_are_looked_for_seldom_and_from_the_start():
    """Before anything large is imported, where it costs most."""
    ask = "import gc, sys; from bot.cli_tools import ready; ready(); print(*gc.get_threshold(), 'spacy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(YOUNG), str(GENERATIONS), str(GENERATIONS), "False"]
