"""`python -m bench.probe ROOM FILE ARGUMENTS…`: a process of Rumbo under the watch.

SIGUSR1 writes what it saw to FILE.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import signal
import sys
import time
from pathlib import Path

from bench.probe.places import BY_PROCESS, DRIVER
from bench.probe.watch import Watch


def main() -> None:
    room, file, module, *arguments = sys.argv[1:]
    watch, sys.argv = Watch(), [module, *arguments]
    if room == "engine":
        importlib.import_module("rumbo_engine.__main__")  # its settings, before anything imports rasa or numpy
    for place, name in BY_PROCESS[room].items():
        watch.on(place, name)
    for place in DRIVER if room != "engine" else ():
        watch.database(place)
    signal.signal(signal.SIGUSR1, lambda *_: tell(watch, Path(file)))
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def tell(watch: Watch, file: Path) -> None:
    seen = {
        "steps": dict(watch.steps),
        "missing": watch.missing,
        "statements": dict(watch.statements),
        "cpu": time.process_time(),
    }
    half = file.with_suffix(".half")
    half.write_text(json.dumps(seen))
    os.replace(half, file)


if __name__ == "__main__":
    main()
