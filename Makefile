# Two commands do all the set-up on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ORACLES := .venv-oracles
CHECKERS := .venv-checkers
# Tests in two processes; PYTEST_WORKERS=0 runs them in one.
PYTEST_WORKERS ?= 2

.PHONY: demo test test-postgresql oracles checkers lint eval train train-links bench hostile fuzz lock wheels venv messages clean

$(VENV)/.core: requirements/core.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Tawthiq needs Python 3.11 or newer: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

# Without resolving: the file pins everything, and pip fails on readability-lxml's wish for an extra that lxml no longer has.
$(VENV)/.bench: requirements/bench.txt $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/.fuzz: requirements/fuzz.txt $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	touch $@

# Others' tools that judge what we write, apart from our own environment. Where they cannot be had, their tests skip and say so.
$(ORACLES)/.ready: requirements/oracles.txt
	test -x $(ORACLES)/bin/python || $(PYTHON) -m venv $(ORACLES)
	$(ORACLES)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/oracles.txt && touch $@ \
	  || echo "others' tools cannot be installed here: the tests that need them skip"

oracles: $(ORACLES)/.ready

$(CHECKERS)/.ready: requirements/checkers.txt
	test -x $(CHECKERS)/bin/python || $(PYTHON) -m venv $(CHECKERS)
	$(CHECKERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/checkers.txt && touch $@ \
	  || echo "others' checkers cannot be installed here: the tests that need them skip"

checkers: $(CHECKERS)/.ready

venv: $(VENV)/.dev

demo: $(VENV)/.core
	$(BIN)/tawthiq demo

test: $(VENV)/.dev $(ORACLES)/.ready $(CHECKERS)/.ready
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS)
	$(MAKE) --no-print-directory test-postgresql

# What keeps rows, once more with each archive in a PostgreSQL database of its own (tests/either_database.py).
test-postgresql: $(VENV)/.dev
	TAWTHIQ_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n $(PYTEST_WORKERS) -m "not browser" \
	  tests/archive tests/casework tests/web tests/cli/test_serve_team.py tests/cli/test_erase.py tests/cli/test_authority.py \
	  tests/cli/test_link_archive.py tests/cli/test_read.py tests/cli/test_search.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/sizes.py
	$(BIN)/python tools/licences.py

eval: $(VENV)/.dev
	$(BIN)/python -m eval.check

# Fits the weights of the reading again; deterministic, some minutes on one core.
train: $(VENV)/.dev
	$(BIN)/python -m training eval/corpus $(wildcard eval/additions)

# Fits the weights of links again, after those of the reading; deterministic, a minute.
train-links: $(VENV)/.dev
	$(BIN)/python -m training.link_weights

# Other extractors are installed to be measured beside ours in the same run.
bench: $(VENV)/.bench
	$(BIN)/python -m bench

# Every hostile page in a process of its own: seconds and megabytes; fails where one breaks the bar.
hostile: $(VENV)/.dev
	$(BIN)/python bench/hostile.py

# Coverage-guided, ten minutes; FUZZ_SECONDS=60 for a shorter run. What it finds is in out/fuzz/.
FUZZ_SECONDS ?= 600
fuzz: $(VENV)/.fuzz
	$(BIN)/python -m fuzz.page $(FUZZ_SECONDS)

# Needs gettext (Debian: gettext). Compiled catalogues are committed (docs/adr/0004).
messages:
	for catalogue in src/tawthiq/web/locale/*/LC_MESSAGES; do msgfmt --check --output-file=$$catalogue/django.mo $$catalogue/django.po || exit 1; done

lock:
	$(PYTHON) tools/lock.py

wheels: requirements/dev.txt
	$(PYTHON) -m pip download --quiet --require-hashes -r requirements/dev.txt --dest .wheels

clean:
	rm -rf $(VENV) $(ORACLES) $(CHECKERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis out
