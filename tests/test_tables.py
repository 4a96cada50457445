"""A worker knows every table there is: what it does not know, it would not erase."""

from __future__ import annotations

import subprocess
import sys

from sqlalchemy import inspect

SCRIPT = "import bot.loops; from bot.db import Base; print(*Base.metadata.tables)"


def test_a_worker_knows_every_table_about_a_learner(small_house):
    known = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout.split()
    with small_house.db.engine.connect() as connection:
        look = inspect(connection)
        hers = [t for t in look.get_table_names() if any(c["name"] == "learner_id" for c in look.get_columns(t))]
    assert set(hers) <= set(known) and {"note", "hold", "label"} <= set(hers)
