# The paper's commands. `make help` lists them.
# PYTHON= chooses the interpreter, VENV= the folder it is set up in (default: the first Python >= 3.11, .venv).
VENV ?= .venv
PYTHON ?=
PORT ?= 8000
HOST ?= 127.0.0.1
DEBUG ?=
DB ?=
ARGS ?=
SIZE ?= small
QUICK ?=

export PYTHON VENV
python := $(VENV)/bin/python
lock := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help run test check lint format bench judge messages lock setup setup-dev

help: ## this list
	@echo "make run    [PORT=8000] [HOST=127.0.0.1] [DEBUG=1]   set up and serve the paper with its demo"
	@echo "make test   [ARGS='tests/articles -k x'] [DB=sqlite|postgres]   the tests, on both databases"
	@echo "make check  everything CI runs: lint, import direction, migrations, deploy checks, tests"
	@echo "make format put the Python code in order"
	@echo "make bench  [SIZE=small|full] [ARGS='--profile --start --keep FOLDER']   each goal of speed beside its measure"
	@echo "make judge  [QUICK=1]   outside checkers on the served pages, Lighthouse too unless QUICK=1"
	@echo "make messages   collect new texts into locale (needs gettext)/ and compile them"
	@echo "make lock   write requirements*.txt from requirements*.in (needs uv)"

setup:
	@sh .ci/venv requirements.txt

setup-dev:
	@sh .ci/venv requirements-dev.txt

run: setup
	@HOST="$(HOST)" PORT="$(PORT)" DEBUG="$(DEBUG)" DEMO="$${DEMO-1}" exec $(python) manage.py serve

test: setup-dev
	@DB="$(DB)" exec $(python) tests/run.py $(ARGS)

check: lint test

lint: setup-dev
	@$(python) tests/lint.py

format: setup-dev
	@$(VENV)/bin/ruff check --fix --exit-zero --quiet .
	@$(VENV)/bin/ruff format .

bench: setup-dev
	@$(python) -m benchmarks --size $(SIZE) $(ARGS)

judge: setup-dev
	@sh tests/judge/install
	@exec $(python) -m tests.judge $(if $(QUICK),--quick)

# The texts in the code are English, so the English catalogue is filled from them (msgen).
messages: setup-dev
	@for domain in django djangojs; do \
		DEBUG=1 $(python) manage.py makemessages --domain $$domain --locale ko --locale en \
			--no-location --no-obsolete --ignore var; \
		msgen --no-wrap -o locale/en/LC_MESSAGES/$$domain.po locale/en/LC_MESSAGES/$$domain.po; \
	done
	@DEBUG=1 $(python) manage.py compilemessages --ignore .venv

lock:
	@$(lock) $(ARGS) requirements.in --output-file requirements.txt
	@$(lock) $(ARGS) requirements-dev.in --output-file requirements-dev.txt
	@$(lock) $(ARGS) tests/judge/requirements.in --output-file tests/judge/requirements.txt
