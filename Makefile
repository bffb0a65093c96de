# Two commands do everything a newcomer needs: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
# For what reads the settings and touches no server.
NOWHERE := DEBUG=yes DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost
TO ?= screenshots
WORDS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: help setup demo test e2e screenshots attacks check lock fmt clean

help: ## What can be made
	@grep -E '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

setup: .venv/installed.stamp $(WORDS) ## Install into .venv what demo and tests need

.venv/installed.stamp: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: apt-get install python3 python3-venv"; exit 1; }
	@echo "Installing into .venv (once; about half a minute) …"
	@$(PYTHON) -m venv .venv || { echo "Please install the venv module: apt-get install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: .venv/installed.stamp requirements-dev.txt
	@echo "Installing the tools for check and browser tests …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

%.mo: %.po .venv/installed.stamp
	@$(BIN)/pybabel -q compile -i $< -o $@

demo: setup ## Run the whole system here, with a fictional country in it
	@$(BIN)/python manage.py demo

test: setup ## Run the tests (the attacks and the browser have commands of their own)
	@$(BIN)/python -m pytest -n auto --dist worksteal --ignore=tests/browser --ignore=tests/attacks
	@echo "Left out: the attacks on every promise (make attacks) and the browser (make e2e)."

e2e: .venv/dev.stamp $(WORDS) ## Run the browser tests in Chromium
	@command -v chromium >/dev/null || { echo "Chromium is needed: apt-get install --no-install-recommends chromium"; exit 1; }
	@$(BIN)/python -m pytest tests/browser -n auto --maxprocesses 4 --dist worksteal

screenshots: .venv/dev.stamp $(WORDS) ## Write pictures of every page to a folder: make screenshots TO=folder
	@TO=$(TO) $(BIN)/python -m pytest tests/browser/screenshots.py -n auto --maxprocesses 4 --dist worksteal

attacks: .venv/dev.stamp $(WORDS) ## Attack each promise of docs/safety.md, and print how it went
	@$(BIN)/python -m tests.attacks -n auto --dist worksteal

check: .venv/dev.stamp $(WORDS) ## Format, lint, import contracts, types, migrations, deployment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(NOWHERE) $(BIN)/mypy
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=no SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  ALLOWED_HOSTS=alongside.example.org SITE_URL=https://alongside.example.org \
	  DEFAULT_FROM_EMAIL=hello@example.org DATABASE_URL=postgres://nobody@localhost/none REDIS_URL=redis://localhost \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

fmt: .venv/dev.stamp ## Format code and templates
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

lock: .venv/dev.stamp ## Compile the requirements from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group local --group test --universal --generate-hashes --no-header -o requirements.txt
	$(BIN)/uv pip compile --group lint --group browser -c requirements.txt --universal --generate-hashes --no-header -o requirements-dev.txt

clean: ## Remove what make has made
	rm -rf .venv staticfiles .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
