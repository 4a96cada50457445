"""A copy of the training data that may be written to."""

from __future__ import annotations

import shutil

import pytest

from bot.review.sentences import Places


@pytest.fixture
def places(tmp_path) -> Places:
    mine = Places(tmp_path / "nlu", tmp_path / "repaired.jsonl")
    shutil.copytree(Places().sentences, mine.sentences)
    return mine
