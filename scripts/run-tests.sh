#!/usr/bin/env bash
# All Python tests; run by with-services.py, so that PostgreSQL and Redis are there.
set -uo pipefail
workers=${1:-2}
status=0
run() { echo "── $1" >&2; shift; "$@" || status=1; }
py() { .venv/bin/python -m pytest "$@"; }
run "property, integration, guards (SQLite)" \
  py -n "$workers" --dist loadfile tests/property tests/integration tests/guards
run "integration (PostgreSQL)" \
  env TEST_DATABASE=postgres .venv/bin/python -m pytest -n "$workers" --dist loadfile -m "not sqlite_only" tests/integration
run "browser" py tests/browser
exit $status
