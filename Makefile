# Nothing but Python (3.11 or later) and make is assumed. Everything is installed into .venv.
.PHONY: help demo test browser edition check lint types layers bench pictures screenshots docs docs-site format clean

VENV := .venv
BIN := $(VENV)/bin
DATA := ../shared/data

help:
	@echo "make demo       show a cluster, from the edition in the package, on the embedded engine"
	@echo "make test       run all tests, on the embedded engine and on a real Neo4j server"
	@echo "make edition    build the shipped edition from the public files in DATA, and compare it"
	@echo "make check      lint, format, types and layers"
	@echo "make format     put the code into its form"
	@echo "make bench      measure, and write docs/performance.md; BEFORE=COMMIT asks that one too"
	@echo "make pictures   draw every example of every question into build/pictures/index.html"
	@echo "make screenshots  look at every view of the explorer: build/screenshots/index.html"
	@echo "make docs       write the reference pages from the registries"
	@echo "make docs-site  build the site of docs/ into site/, offline"
	@echo "make clean      remove the environment and the caches"

demo: $(VENV)/.user
	@$(BIN)/clusteratlas demo

# A missing server must not pass for a green run, hence NEO4J_REQUIRED. One worker has the server.
test: $(VENV)/.dev browser
	NEO4J_REQUIRED=1 $(BIN)/python -m pytest -q -n auto --dist loadgroup $(PYTEST)

browser:
	@sh .ci/install_browser

# Every year takes minutes; the tests build two of them.
edition: $(VENV)/.dev
	$(BIN)/clusteratlas build --data $(DATA) --out build/us-2021
	$(BIN)/clusteratlas edition diff clusteratlas/editions/us-2021 build/us-2021

check: lint types layers

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/python .ci/pyright_all.py

layers: $(VENV)/.dev
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev browser
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks --organizations
	$(BIN)/python -m benchmarks.figures
	$(BIN)/python -m benchmarks.scale
	$(BIN)/python -m benchmarks.explorer
	$(BIN)/python -m pip install -q --disable-pip-version-check --group bench
	$(BIN)/python -m benchmarks.indices
	$(if $(BEFORE),$(BIN)/python -m benchmarks.before $(BEFORE))

pictures: $(VENV)/.dev
	$(BIN)/python -m benchmarks.pictures --store :memory:

screenshots: $(VENV)/.dev browser
	$(BIN)/python -m benchmarks.screenshots

docs: $(VENV)/.dev
	$(BIN)/python -m clusteratlas.cli.reference --write

docs-site: $(VENV)/.dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "site/index.html is the first page"

clean:
	rm -rf $(VENV) site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.python:
	@sh .ci/make_venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25.1"
	@touch $@

$(VENV)/.user: pyproject.toml | $(VENV)/.python
	@echo "installing clusteratlas into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.python
	@echo "installing clusteratlas and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[fast,server,spark,py2neo]" --group dev --group docs
	@touch $@ $(VENV)/.user
