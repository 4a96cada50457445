"""Every check of `inside/`, under its own name, as the engine's Python found it."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(150)
CHECKS = [
    node.name
    for path in sorted((Path(__file__).parent / "inside").glob("check_*.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("check_")
]


@pytest.mark.parametrize("patches", ["0", "1"])
@pytest.mark.parametrize("check", CHECKS)
def test_engine(inside, check, patches):
    found = inside[patches][check]
    assert found["error"] is None, found["error"]
    if isinstance(found["value"], str) and found["value"].startswith("skipped"):
        pytest.skip(found["value"])


def test_patched_engine_says_and_remembers_the_same(inside):
    without, patched = (inside[patches]["check_bounded_engine_equals_stock_engine"] for patches in ("0", "1"))
    assert patched["value"] == without["value"] is not None
