# Two commands do all the set-up on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Tests in two processes; PYTEST_WORKERS=0 runs them in one.
PYTEST_WORKERS ?= 2

.PHONY: demo test lint eval train bench lock wheels venv messages clean

$(VENV)/.core: requirements/core.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Tawthiq needs Python 3.11 or newer: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

venv: $(VENV)/.dev

demo: $(VENV)/.core
	$(BIN)/tawthiq demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS)

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

bench: $(VENV)/.dev
	$(BIN)/python -m bench

# Needs gettext (Debian: gettext). Compiled catalogues are committed (docs/adr/0004).
messages:
	for catalogue in src/tawthiq/web/locale/*/LC_MESSAGES; do msgfmt --check --output-file=$$catalogue/django.mo $$catalogue/django.po || exit 1; done

lock:
	$(PYTHON) tools/lock.py

wheels: requirements/dev.txt
	$(PYTHON) -m pip download --quiet --require-hashes -r requirements/dev.txt --dest .wheels

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis out
