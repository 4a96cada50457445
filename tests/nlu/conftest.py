"""The trained model, unpacked once for each file of tests."""

from __future__ import annotations

from typing import Any

import pytest

from bot.training import is_fresh
from tests.nlu.trained import unpacked


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Any:
    if not is_fresh():
        pytest.fail("the engine is not trained: run these tests with `make test`")
    return unpacked(tmp_path_factory.mktemp("model"))
