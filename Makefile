.PHONY: help setup run test lint bench
BIN := .venv/bin
export VIDEO

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup:  ## create .venv and whatever system libraries are missing
	@installer/setup.sh run

run: setup  ## analyze VIDEO=path, or the demonstration recording, and open the window on it
	@$(BIN)/crimeview demo $${VIDEO:+"$$VIDEO"}

test:  ## the whole test suite
	@installer/setup.sh test
	@$(BIN)/python -m pytest

lint:  ## format, style, types, layers
	@installer/setup.sh test
	@$(BIN)/ruff format --check && $(BIN)/ruff check && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

bench:  ## every measurement the documentation quotes
	@installer/setup.sh test
	@for script in benchmarks/*.py; do echo "== $$script" && $(BIN)/python $$script || exit 1; done
