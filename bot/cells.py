"""Values as cells of a table that a spreadsheet opens: none of them is computed."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

UNSEEN = ("Cc", "Cf", "Cs")


def cell(value: Any) -> Any:
    """A value as a spreadsheet may read it: what would start a formula gets an apostrophe."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet might compute it. Some trim what cannot be seen and read full-width signs as plain ones."""
    seen = next((c for c in text if not c.isspace() and unicodedata.category(c) not in UNSEEN), "")
    return text[:1] in ("\t", "\r", "\n") or unicodedata.normalize("NFKC", seen)[:1] in tuple("=+-@−")
