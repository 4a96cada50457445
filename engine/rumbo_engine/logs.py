"""Rasa's logs without what people wrote.

Rasa logs the text of a message whenever answering it fails, and its tracebacks show local variables. Logs
carry ids and names only, so of a structured line nothing passes but the keys below.
"""

from __future__ import annotations

from typing import Any

import structlog

KEPT = {"event", "event_info", "level", "exc_info", "exception", "stack", "action_name", "policy_name", "filename"}
LONGEST_ERROR = 200  # characters of an error's own words


def configure(log_level: int | None = None) -> None:
    """In the place of Rasa's configure_structlog: as there, but with our processors."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(log_level)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            structlog.dev.set_exc_info,
            keep_names_only,
            structlog.processors.ExceptionRenderer(_describe),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    )


def keep_names_only(_logger: Any, _method: str, line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key in KEPT}


def _describe(exc_info: Any) -> str:
    """`Error: words (file:line in function)` of the innermost frame: enough to find the place.

    Words only of errors that speak of the machine or of our files; another's may quote a message.
    """
    from rasa.shared.exceptions import RasaException

    kind, error, trace = exc_info
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    words = (
        f": {str(error).partition(chr(10))[0][:LONGEST_ERROR]}" if isinstance(error, OSError | RasaException) else ""
    )
    if trace is None:
        return f"{kind.__name__}{words}"
    code = trace.tb_frame.f_code
    return f"{kind.__name__}{words} ({code.co_filename}:{trace.tb_lineno} in {code.co_name})"
