"""`python -m rumbo_engine run|train|data validate|test ...`: Rasa's own command line, in the lean engine."""

import os
import sys

from rumbo_engine import stand_ins

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")  # nothing about learners or us goes to anyone
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")  # Rasa pins SQLAlchemy 1.4; nothing to do about it
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its second thread spins after every message: 9 CPU ms of 15
stand_ins.install()  # before anything imports rasa or numpy
stand_ins.leave_out(sys.argv[1] if sys.argv[1:] else "")

import rasa.__main__ as rasa_cli  # noqa: E402 -- as above

from rumbo_engine import logs, patches  # noqa: E402 -- as above

if __name__ == "__main__":
    rasa_cli.configure_structlog = logs.configure
    patches.apply_if_wanted()
    rasa_cli.main()
