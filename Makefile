# make run    the web application on http://127.0.0.1:8000 (PORT=… for another port)
# make test   everything that is proven on every change
# make lint   style, types, import contracts, templates
# make bench  speed, as tables
# make shots  the pictures of the README and docs
# make nightly  long proofs

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The browsers of the tests wait more than they work: four at a time fill two cores. Files are begun in their order, the
# browser's first: xdist would leave those with few and long tests to the end, where one worker is alone.
JOBS ?= 4
# Where this is set, every process of the tests would compile all modules anew: half of what it takes to start one.
unexport PYTHONDONTWRITEBYTECODE
NODE_PATH_FIRST = $$($(BIN)/python -m tests.tools.node)
WITH_NODE = PATH="$(NODE_PATH_FIRST):$$PATH"

.PHONY: run test checks node-tests lint style types bench shots nightly format clean install install-dev system

run: install
	@$(BIN)/wholekey serve --port $(PORT)

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Wholekey needs Python 3.11 or newer; name one with make PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@echo "Making a virtual environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Wholekey …"
	@$(PIP) install --editable '.[parquet,proof]' || $(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing what the tests need …"
	@$(PIP) install --group dev
	@touch $@

system: install-dev
	@$(BIN)/python -m tests.tools.system_packages

tests/node/node_modules/.package-lock.json: tests/node/package-lock.json | $(VENV)/installed-dev
	@$(WITH_NODE) npm ci --prefix tests/node --no-audit --no-fund --loglevel=error

# What uses one core each goes side by side: the types take as long as all other checks.
test: install-dev
	@$(MAKE) --no-print-directory -j2 types checks
	$(WITH_NODE) $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "not slow" tests

nightly: install-dev system tests/node/node_modules/.package-lock.json
	$(WITH_NODE) WHOLEKEY_EXAMPLES=3000 $(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder tests

checks: style system node-tests

node-tests: tests/node/node_modules/.package-lock.json
	$(WITH_NODE) node --test $$(find tests/js -name '*.test.js' | sort)

lint: style types

types: install-dev
	$(BIN)/mypy designer exporters

style: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run

format: install-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install-dev system
	$(WITH_NODE) $(BIN)/python -m bench

shots: install-dev system
	$(BIN)/python -m docs.shots

clean:
	rm -rf $(VENV) build *.egg-info tests/node/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
