# `make report` and `make test` are all that is needed; both set everything up first. `make quick` is for every day.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
YEAR ?= 2020

.PHONY: setup report test test-all quick check bench example gallery wanted clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock requirements-dev.lock setup.cfg pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Exit code 1 means "done, with findings that block": the example year has a county with errors.
report: setup
	$(BIN)/lansrapport run $(YEAR) || [ $$? -eq 1 ]

test: setup
	$(BIN)/python -m pytest -q -n 2 --dist loadscope --no-loadscope-reorder

# All cases of the lists of which `make test` looks at some.
test-all: setup
	LANSRAPPORT_ALL=1 $(BIN)/python -m pytest -q -n 2 --dist loadscope --no-loadscope-reorder

# Lint, types, and the tests that need no other program and no whole workbooks: under a minute on two cores.
quick: check
	$(BIN)/python -m pytest -q -n 2 -m "not libreoffice and not slow and not whole"

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

# Makes the example year's submissions and ledgers again, byte for byte.
example: setup
	$(BIN)/python inputs/2020/make_example.py
	$(BIN)/python inputs/2020/make_earlier.py

# Writes what the check says of every case in tests/errors/, and docs/felkoder.md, anew.
# `make gallery ONLY=RAD-KRAV` makes one case.
gallery: setup
	$(BIN)/python -m tests.errors.make_gallery $(if $(ONLY),--only $(ONLY))

# Writes the list of the texts and messages that the code asks for (toolkit/spec/wanted.json) anew.
# `make wanted ONLY=RAD-KRAV` asks the case of one message what it can be filled with.
wanted: setup
	$(BIN)/python -m tests.spec.make_wanted $(if $(ONLY),--only $(ONLY))

clean:
	rm -rf $(VENV) build *.egg-info
