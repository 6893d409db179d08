SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
PYTEST := $(BIN)/python -m pytest
# Node and npm come from PyPI and stand in the virtual environment.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
WORKERS ?= 2

.PHONY: help setup run worker test check unit format lock build watch screens catalogue \
	bench-pages clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 18

# --- installing -------------------------------------------------------------
$(BIN)/uv: requirements-bootstrap.txt
	@python3 -m venv $(VENV)
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-bootstrap.txt
	@touch $@

$(VENV)/.runtime: requirements.txt | $(BIN)/uv
	@echo "Installing Python packages …" >&2
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package-lock.json .npmrc | $(VENV)/.runtime
	@echo "Installing front-end packages …" >&2
	@npm ci --silent --no-audit --no-fund
	@touch $@

FRONTEND := $(shell find frontend -type f -not -name '*.test.ts' 2>/dev/null)
static/dist/manifest.json: $(FRONTEND) package.json node_modules/.installed
	@echo "Building the front end …" >&2
	@node frontend/build.mjs

setup: $(VENV)/.runtime static/dist/manifest.json ## Install everything that running needs

build: static/dist/manifest.json ## Build the front end

watch: node_modules/.installed ## Build the front end again at each change
	@node frontend/build.mjs --watch

# --- running ----------------------------------------------------------------
run: setup ## Serve Cojam on 127.0.0.1:8000 (HOST, PORT; DEMO=0 starts empty)
	@exec $(FLASK) serve

worker: setup ## Do background work alone (for an installation with several processes)
	@exec $(FLASK) worker

# --- checking ---------------------------------------------------------------
check: $(VENV)/.dev node_modules/.installed ## Format, lint, types, contracts, unit tests (< 60 s)
	@ruff format --check --quiet . || { echo "run: make format" >&2; exit 1; }
	@ruff check --quiet .
	@djlint --quiet --lint templates
	@npm run --silent check & tsc=$$!; \
	  mypy >$(VENV)/mypy.log 2>&1 || { tail -n 40 $(VENV)/mypy.log; kill $$tsc 2>/dev/null; exit 1; }; \
	  wait $$tsc
	@lint-imports --no-cache >$(VENV)/imports.log 2>&1 || { grep -vE 'KEPT' $(VENV)/imports.log; exit 1; }
	@$(BIN)/python scripts/check-catalogue.py
	@$(PYTEST) tests/unit
	@echo "check: all well" >&2

unit: $(VENV)/.dev ## Unit tests alone
	@$(PYTEST) tests/unit

test: setup $(VENV)/.dev ## Everything: checks, unit, property, integration (twice), guards, browser, TypeScript
	@scripts/test-deps.sh
	@$(MAKE) --no-print-directory check
	@npm test --silent
	@$(BIN)/python scripts/with-services.py scripts/run-tests.sh $(WORKERS)

format: $(VENV)/.dev ## Format Python and sort imports
	@ruff format --quiet . && ruff check --quiet --fix .

screens: setup $(VENV)/.dev ## Take the pictures in docs/screens
	@scripts/test-deps.sh
	@MAKE_SCREENS=1 $(BIN)/python scripts/with-services.py $(PYTEST) tests/browser/test_screens.py

catalogue: $(VENV)/.dev ## Extract the strings for translation
	@$(BIN)/python scripts/check-catalogue.py --write

lock: $(BIN)/uv ## Lock the requirements anew
	@for f in requirements-bootstrap requirements requirements-dev; do \
	  uv pip compile -q --generate-hashes --no-header --python-version 3.11 $$f.in -o $$f.txt; done

bench-pages: setup $(VENV)/.dev ## CPU and queries of each page with 10,000 ideas
	@$(BIN)/python -m bench.pages

clean: ## Remove what was installed and built (never instance/)
	@rm -rf $(VENV) node_modules static/dist
