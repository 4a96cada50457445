"""How it is built: pins without addresses, and help for every target."""

from __future__ import annotations

import re

import pytest

from tests.test_contracts import read


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "engine/requirements.txt"])
def test_pins_name_no_index_and_carry_hashes(name):
    lines = [line for line in read(name).splitlines() if line.strip() and not line.strip().startswith("#")]
    pins = [line for line in lines if not line.startswith(" ")]
    assert [line for line in lines if "://" in line or line.startswith("-")] == []
    assert [pin for pin in pins if not re.match(r"^[\w.-]+==[\w.!+]+.* \\$", pin)] == []


def test_every_target_of_make_has_a_line_of_help():
    makefile = read("Makefile")
    phony = re.search(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    assert phony is not None
    helped = re.findall(r"^([a-z-]+):[^#\n]*## \S", makefile, re.MULTILINE)
    assert sorted(helped) == sorted(phony[1].split()) == sorted(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
