# Two commands for a fresh machine: make demo, make test. They need Python 3.11 or newer and make.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
export PORT

.PHONY: help setup demo test test-postgres test-browser test-examples test-contract test-concurrency test-wheel bench lint openapi messages password lock clean

help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup:
	@$(PYTHON) scripts/setup.py
	@$(VENV)/python cms/catalogues.py

demo: setup ## Set up, load the real content, serve on http://127.0.0.1:8000/ (PORT=8010 for another port)
	@$(VENV)/python scripts/demo.py

test: setup ## Set up and run the tests that need no service
	@$(VENV)/python -m pytest -n 2 --dist loadscope
	@echo "Left out: PostgreSQL and Redis (make test-postgres), browser (make test-browser), examples (make test-examples), contract (make test-contract), feed under concurrency (make test-concurrency), wheel (make test-wheel)."

test-postgres: setup ## Run the same tests on PostgreSQL (and Redis), at 127.0.0.1 unless DATABASE_URL says else
	@DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/family_centres} CACHE_URL=$${CACHE_URL:-rediscache://127.0.0.1:6379/1} $(VENV)/python -m pytest -n 2 --dist loadscope -m "not browser and not wheel and not examples and not contract and not concurrency"

test-browser: setup ## Run the tests in Chromium
	@$(VENV)/python -m pytest -m browser

test-examples: setup ## Run the examples of docs/integrators.md (needs curl, jq, PHP 8, Node, Chromium)
	@$(VENV)/python -m pytest -m examples

test-concurrency: setup ## Follow the feed while many processes write, on SQLite and PostgreSQL
	@$(VENV)/python -m pytest -m concurrency -s

test-wheel: setup ## Build the wheel and try it in a stock Wagtail project
	@$(VENV)/python -m pytest -m wheel

test-contract: setup ## Try the running API against its OpenAPI document (Schemathesis)
	@$(VENV)/python -m pytest -m contract tests/test_contract.py

bench: setup ## Measure beside stock Wagtail (COUNT=500 centres, DATABASE=sqlite or postgres, SECONDS=5 each)
	@$(VENV)/python -m benchmarks.run

lint: setup ## Check style, types, templates, import arrows, migrations, catalogues and bulk writes
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	git ls-files '*.html' | xargs $(VENV)/djade --target-version 5.2 --check
	$(VENV)/lint-imports
	DJANGO_SETTINGS_MODULE=cms.settings.test $(VENV)/python -W ignore manage.py makemigrations --check --dry-run
	$(VENV)/python cms/catalogues.py --check
	$(VENV)/python -W ignore scripts/bulk_writes.py

openapi: setup ## Renew docs/openapi.json, the document of the API
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(VENV)/python -W ignore manage.py openapi --write docs/openapi.json

messages: setup ## Renew the catalogues (needs GNU gettext)
	@for app in cms home centres feedback; do (cd $$app && ../$(VENV)/django-admin makemessages -l it -l en --no-location --no-obsolete); done

password: setup ## Give an account a new password: make password USER=editor
	@$(VENV)/python -W ignore manage.py create_accounts --file var/accounts.txt --reset "$(USER)"

lock: ## Renew the lock file (needs uv)
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --all-extras --group dev --python-version 3.11 --upgrade --output-file requirements.lock

clean: ## Remove the environment, keep the data below var/
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache
