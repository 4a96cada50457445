# Everything anyone needs. `make` alone lists it.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .venv/bin/uv
UV_VERSION := 0.13.9
ENGINE_PYTHON ?= 3.10
ifdef CI
export UV_NO_PROGRESS := 1
endif
export UV_LINK_MODE := copy

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 12

run: .venv/ready engine/.venv/ready ## set up what is missing, then start Rumbo and say where it is
	@.venv/bin/rumbo up

test: .venv/ready-dev engine/.venv/ready ## set up what is missing, then run every test, a real engine included
	@.venv/bin/rumbo train
	@.venv/bin/pytest -n 2 --dist worksteal

check: .venv/ready-dev ## style, types, imports, near-duplicates and content
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/rumbo content check
	@.venv/bin/pytest -q tests/test_imports.py tests/test_contracts.py tests/nlu/test_data.py

train: .venv/ready engine/.venv/ready ## train the engine again
	@.venv/bin/rumbo train --force

bench-rivals: engine/.venv-full/ready ## the same sentences through Rasa's own pipelines (DIET takes hours)
	@PYTHONPATH=. engine/.venv-full/bin/python -W ignore -m bench.rivals

ear: .venv/ready engine/.venv/ready ## learn again what a cry for help sounds like, after nlu_data/ changed
	@PYTHONPATH=engine:. engine/.venv/bin/python -W ignore -m rumbo_engine.hearing

bench: .venv/ready engine/.venv/ready ## how well Rumbo understands, catches cries for help and masks
	@PYTHONPATH=engine:. engine/.venv/bin/python -W ignore -m bench.understanding
	@PYTHONPATH=engine:. engine/.venv/bin/python -W ignore -m bench.entities
	@.venv/bin/python -m bench.care
	@$(MAKE) --no-print-directory bench-speed

chaos: .venv/ready-dev engine/.venv/ready ## 20,000 messages while everything breaks, then the books are balanced
	@.venv/bin/rumbo train
	@.venv/bin/python -m bench.chaos --keep

bench-speed: .venv/ready-dev engine/.venv/ready engine/.venv-full/ready ## Rumbo and stock Rasa, end to end (half an hour; all of Rasa is 2.8 GB)
	@.venv/bin/rumbo train
	@.venv/bin/python -m bench.end_to_end

bench-growth: .venv/ready-dev engine/.venv/ready ## how cost grows with conversations, learners, messages and workers (two hours)
	@.venv/bin/rumbo train
	@.venv/bin/python -m bench.growth

bench-steps: .venv/ready-dev engine/.venv/ready ## where the CPU of one message goes, and how far that is from the floor
	@.venv/bin/rumbo train
	@.venv/bin/python -m bench.steps
	@PYTHONPATH=engine:. .venv/bin/python -m bench.floor

bench-console: .venv/ready-dev ## the console's pages with a million messages (ten minutes)
	@.venv/bin/python -m bench.console

bench-soak: .venv/ready-dev engine/.venv/ready ## memory under an hour's steady load
	@.venv/bin/rumbo train
	@.venv/bin/python -m bench.soak

pins: .venv/ready ## choose new versions of everything within pyproject.toml and engine/requirements.in
	@$(UV) pip compile -q --upgrade pyproject.toml $(PIN) --universal --python-version 3.11 -o requirements.txt
	@$(UV) pip compile -q --upgrade pyproject.toml --group dev $(PIN) --universal --python-version 3.11 -o requirements-dev.txt
	@$(UV) pip compile -q --upgrade engine/requirements.in --override engine/overrides.txt $(PIN) --python-version 3.10 -o engine/requirements.txt
	@$(UV) pip compile -q --upgrade engine/full.in $(PIN) --python-version 3.10 -o engine/full.txt
PIN := --generate-hashes --no-emit-index-url --no-annotate --no-header

engine: engine/.venv/ready ## install the engine (Rasa in its own Python 3.10)

clean: ## remove both environments and the model; var/ (the data) stays
	rm -rf .venv engine/.venv engine/.venv-full models *.egg-info .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: help run test check train ear bench bench-rivals bench-speed bench-growth bench-steps bench-soak bench-console chaos pins engine engine-full clean

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Rumbo needs Python 3.11 or newer. Say which one: make run PYTHON=python3.12" >&2; exit 1; }
	@echo "Making the environment…"
	@$(PYTHON) -m venv .venv || { echo "python3 cannot make environments. On Debian: apt install python3-venv" >&2; exit 1; }
	@.venv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

.venv/ready: requirements.txt pyproject.toml | .venv/bin/uv
	@echo "Installing Rumbo (a minute the first time)…"
	@$(UV) pip install -q --python .venv/bin/python --require-hashes --no-deps -r requirements.txt
	@$(UV) pip install -q --python .venv/bin/python --no-deps -e .
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Installing what the tests need…"
	@$(UV) pip install -q --python .venv/bin/python --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

engine/.venv/ready: engine/requirements.txt | .venv/bin/uv
	@echo "Installing the engine (Rasa, a minute the first time)…"
	@cd engine && ../$(UV) venv -q --clear --python $(ENGINE_PYTHON) .venv || \
	  { echo "The engine needs Python 3.10. Install it (Debian: pyenv install 3.10) or say where it is: make run ENGINE_PYTHON=/path/to/python3.10" >&2; exit 1; }
	@$(UV) pip install -q --python engine/.venv/bin/python --compile-bytecode --require-hashes --no-deps -r engine/requirements.txt
	@touch $@

engine-full: engine/.venv-full/ready ## the engine with all that Rasa brings (2.8 GB), for comparing and for `rasa interactive`

engine/.venv-full/ready: engine/full.txt | .venv/bin/uv
	@echo "Installing all of Rasa (several minutes)…"
	@cd engine && ../$(UV) venv -q --clear --python $(ENGINE_PYTHON) .venv-full
	@$(UV) pip install -q --python engine/.venv-full/bin/python --require-hashes --no-deps -r engine/full.txt
	@touch $@
