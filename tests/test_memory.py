"""How many heaps glibc makes for many threads, as it tells itself."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from bot.memory import ARENAS

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
