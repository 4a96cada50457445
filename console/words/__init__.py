"""What the console says, in Spanish and in English. A test keeps both alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

LANGUAGES = ("es", "en")
HERE = Path(__file__).parent


@cache
def book(language: str) -> dict[str, str]:
    """Every text by its key, such as `now.title`."""
    pages = yaml.safe_load((HERE / f"{language}.yml").read_text(encoding="utf-8"))
    return {f"{page}.{key}": text for page, texts in pages.items() for key, text in texts.items()}


def told(language: str, key: str, **places: object) -> str:
    """A text with its places filled. Raises `KeyError` when there is none."""
    return book(language)[key].format(**places)
