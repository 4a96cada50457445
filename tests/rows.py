"""The rows of decisions as they are shipped, read without the rest of content."""

from __future__ import annotations

import yaml
from pydantic import TypeAdapter

from bot.config import ROOT
from bot.content.guide import read_guide

GUIDE = read_guide(
    ROOT / "content" / "es-MX",
    lambda file, shape: TypeAdapter(shape).validate_python(yaml.safe_load(file.read_text(encoding="utf-8"))),
)
