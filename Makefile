# Everything a person types. `make run` and `make test` set up what is missing first.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
export DJANGO_SETTINGS_MODULE := config.settings

.PHONY: help run setup setup-dev test test-long lint format audit lock clean

help:
	@echo "make run        set up, then start Văn thư with its demonstration sector"
	@echo "make test       set up, then run the tests (browser tests too)"
	@echo "make test-long  the tests that take long"
	@echo "make lint       all checks of the code;  make format  repairs what can be repaired"
	@echo "make lock       resolve the packages named in pyproject.toml anew"
	@echo "make clean      remove everything that set-up and runs made, the demonstration's data included"

run: setup
	@$(BIN)/vanthu up

setup:
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py dev

test: setup-dev
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-long: setup-dev
	@$(BIN)/pytest -m long -rP

lint: setup-dev
	@$(BIN)/python tools/lint.py

format: setup-dev
	@$(BIN)/ruff check -q --fix-only
	@$(BIN)/ruff format -q
	@find src -name '*.html' -exec $(BIN)/djade {} +

audit: setup-dev
	@$(BIN)/python tools/audit.py

COMPILE = $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.12 \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
lock: setup-dev
	$(COMPILE) --group setup -o requirements/uv.txt
	$(COMPILE) pyproject.toml --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --group build -c requirements/dev.txt -o requirements/runtime.txt

clean:
	@if [ -x $(BIN)/vanthu ]; then $(BIN)/vanthu forget; fi
	@rm -rf .venv var node_modules tests/browser/node_modules src/vanthu/web/static/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
