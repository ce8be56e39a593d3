# Everything from a fresh machine on: git, make and Python 3.11 with venv are enough. Each target makes what it needs.
#
#     make demo     render the sample in every language, and check the pages in a browser
#     make test     run the tests
#
# As root on Debian the browser is installed too; elsewhere it is downloaded, or the line to run is told.

PYTHON ?= python3
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PACKAGES := $(VENV)/.packages
BROWSER := $(VENV)/.browser

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
export PIP_NO_INPUT := 1
# Where it is set, each of the hundreds of commands that the tests run would compile us anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fmt docs bench-catalogs bench-render bench-check bench-cluster bench-endurance bench-report clean
.DELETE_ON_ERROR:

help: ## Say what can be made.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(PACKAGES) $(BROWSER) ## Make the virtual environment, and have a browser.
	@echo "Ready: $(BIN)/a11ynews, with $$($(BIN)/a11ynews browser where)"

# Stamps: what is done once is not done again, until the packages that are asked for change.
$(PACKAGES): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is no Python 3.11 or later; install one, or name it: make PYTHON=…" >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV) \
	  || { echo "Python's venv is missing; on Debian run: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

$(BROWSER): $(PACKAGES)
	@$(BIN)/a11ynews browser install
	@touch $@

demo: $(PACKAGES) ## Render the sample in every language and check the pages.
	@$(BIN)/a11ynews render
	@echo
	@status=0; \
	if $(MAKE) --no-print-directory $(BROWSER); then $(BIN)/a11ynews check || status=$$?; \
	else status=2; echo "The pages are rendered, but not checked: there is no browser." >&2; fi; \
	echo; echo "The pages, to open in any browser:"; find "$$PWD/site" -name '*.html' | sort | sed 's/^/  /'; \
	exit $$status

test: $(PACKAGES) $(BROWSER) ## Run the tests.
	@$(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: $(PACKAGES) ## Look over the code: style, format, types, and who imports whom.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: $(PACKAGES) ## Bring the code into its format.
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

docs: $(PACKAGES) $(BROWSER) ## Make the documents a site in docs/_site/, and check it.
	@$(BIN)/sphinx-build -q -W --keep-going docs docs/_site
	@cd docs && ../$(BIN)/a11ynews check --thorough _site
	@echo "The documents, to open in any browser: $$PWD/docs/_site/index.html"

bench-catalogs: $(PACKAGES) ## Measure an update of catalogs, beside pybabel and msgmerge.
	@$(BIN)/python bench/catalogs.py

bench-render: $(PACKAGES) ## Measure a whole site, beside Hugo, Eleventy, Pelican and Sphinx.
	@$(BIN)/python bench/render.py

bench-check: $(PACKAGES) $(BROWSER) ## Measure a check of pages, beside axe-core's own programs, pa11y and Lighthouse.
	@$(BIN)/python bench/check.py $(BENCH_ARGS)

bench-endurance: $(PACKAGES) $(BROWSER) ## Check 5,000 pages in one process, and watch its memory.
	@$(BIN)/python bench/endurance.py $(BENCH_ARGS)

bench-report: $(PACKAGES) ## Measure what reports of very many findings cost, and shards that are put together.
	@$(BIN)/python bench/report.py $(BENCH_ARGS)

bench-cluster: $(PACKAGES) $(BROWSER) ## Measure a check on one and two workers of a cluster, and model more.
	@$(BIN)/python bench/cluster.py $(BENCH_ARGS)

clean: ## Remove everything that was made.
	rm -rf $(VENV) site .a11ynews dist docs/_site docs/reference .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
