# make run: the site on this machine.   make test: everything that must hold.
# Needs Python 3.11 or newer and make; the rest comes into .venv.

SHELL := /bin/sh
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
# The first Python that is new enough; PYTHON=/path/to/python3 make ... chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test test-long screenshots pins
.DEFAULT_GOAL := run

run: $(VENV)/installed-run
	@PORT=$(PORT) $(PY) run_local.py

test: $(VENV)/installed-test
	@$(PY) -m tests.run

test-long: $(VENV)/installed-test
	@$(PY) -m tests.run --long

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Waymark needs Python 3.11 or newer, and none was found." >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed-run: $(VENV)/bin/python requirements.txt
	@echo "Installing what Waymark needs (once; a minute or two) ..."
	@$(PIP) --requirement requirements.txt
	@touch $@

$(VENV)/installed-test: $(VENV)/installed-run requirements-dev.txt
	@echo "Installing what the tests need (once) ..."
	@$(PIP) --requirement requirements-dev.txt
	@touch $@

# docs/screenshots/, drawn anew from the demo people.
screenshots: $(VENV)/installed-test
	@$(PY) -m tests.browser.screenshots

# The catalogues of every language in locale/, with the sentences of today; LANGUAGE=de begins one.
messages: $(VENV)/installed-test
	@$(PY) manage.py messages $(if $(LANGUAGE),--add $(LANGUAGE))

# New pins from pyproject.toml: the newest versions that serve Python 3.11 and later.
pins: $(VENV)/bin/python
	@$(PY) -m pip install --quiet uv
	@$(PY) -m uv pip compile --universal --generate-hashes --python-version 3.11 --upgrade \
		--quiet pyproject.toml --output-file requirements.txt
	@$(PY) -m uv pip compile --universal --generate-hashes --python-version 3.11 --upgrade \
		--quiet --group dev --constraint requirements.txt --output-file requirements-dev.txt
