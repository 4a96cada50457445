"""How a database is made to find its disk full where nothing can be mounted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.chaos.storage import SMALL, limit

WRITER = """
import sqlite3, sys
line = sqlite3.connect(sys.argv[1], isolation_level=None)
line.execute("PRAGMA journal_mode=WAL")
line.execute("CREATE TABLE said(words)")
for _ in sys.stdin:
    try:
        line.execute("INSERT INTO said VALUES(hex(randomblob(10000)))")
        print("kept", flush=True)
    except sqlite3.OperationalError:
        print("full", flush=True)
"""


def test_a_limit_on_files_keeps_sqlite_from_writing_until_it_is_lifted(tmp_path: Path):
    command = [sys.executable, "-c", WRITER, str(tmp_path / "said.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:

        def writes() -> str:
            writer.stdin.write("\n")
            writer.stdin.flush()
            return writer.stdout.readline().strip()

        before = writes()
        limit([writer.pid], SMALL)
        during = writes()
        limit([writer.pid], None)
        said = [before, during, writes()]
        writer.stdin.close()
    assert said == ["kept", "full", "kept"]
