"""What the console says, in Spanish and in English. A test keeps both alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("es", "en")
HERE = Path(__file__).parent


@cache
def book(language: str) -> dict[str, str]:
    """Every text by its key, such as `now.title`; out of `es.yml` and every `es_….yml`."""
    read = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob(f"{language}*.yml")))
    return {f"{page}.{key}": text for pages in read for page, texts in pages.items() for key, text in texts.items()}


def told(language: str, key: str, **places: object) -> str:
    """A text with its places filled. Raises `KeyError` when there is none."""
    return book(language)[key].format(**places)
