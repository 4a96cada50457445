"""Runs every `check_*` of this folder in one process of the engine's Python and writes how each ended.

Started by tests/engine/conftest.py, because the main environment has no Rasa: `run.py RESULTS.json [NAME ...]`.
"""

import asyncio
import importlib
import inspect
import json
import logging
import sys
import time
import traceback
import warnings
from pathlib import Path

from rumbo_engine import patches, stand_ins

HERE = Path(__file__).parent


def run_one(check):
    """How it ended: the error, if any, what it returned, and the seconds it took."""
    start, error, value = time.perf_counter(), None, None
    try:
        value = check()
        if inspect.isawaitable(value):
            value = asyncio.run(value)
    except BaseException:  # a check may fail with StoreUnavailable, which is a CancelledError
        error, value = traceback.format_exc(), None
    return {"error": error, "value": value, "seconds": round(time.perf_counter() - start, 2)}


def main(results_file, wanted):
    results = {}
    for path in sorted(HERE.glob("check_*.py")):
        module = importlib.import_module(path.stem)
        for name, check in vars(module).items():
            if name.startswith("check_") and (not wanted or name in wanted):
                results[name] = run_one(check)
                print(name, results[name]["seconds"], "FAILED" if results[name]["error"] else "ok", flush=True)
    Path(results_file).write_text(json.dumps(results), encoding="utf-8")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    stand_ins.install()
    patches.apply_if_wanted()
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable(logging.ERROR)
    main(sys.argv[1], set(sys.argv[2:]))
