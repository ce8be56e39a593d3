# Two commands do everything on a fresh machine (git, make, Python 3.11 with venv): `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SITE := site

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fmt bench-catalogs clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/browser ## make .venv with everything, and a browser

# The packages, again when what is wanted changes.
$(VENV)/packages: pyproject.toml
	@echo "Setting up $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

# The browser, once. Without one nothing that needs it can be done, and that is said in one line.
$(VENV)/browser: $(VENV)/packages
	@$(BIN)/a11ynews browser install
	@touch $@

demo: $(VENV)/packages ## render and check the sample news, and say where to look
	@echo "Rendering the sample …"
	@$(BIN)/a11ynews render --out $(SITE)
	@echo "Look at it: open the files above in a browser, for instance file://$(CURDIR)/$(SITE)/en/tum-polimi-partnership.html"
	@$(MAKE) --no-print-directory $(VENV)/browser
	@echo "Checking it …"
	@$(BIN)/a11ynews check $(SITE)

test: setup ## run all tests
	@$(BIN)/python -m pytest -n 2 -q

check: $(VENV)/packages ## lint, types, import contract
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: $(VENV)/packages ## put the code into its usual form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean: ## take away what was made
	rm -rf $(VENV) $(SITE) .a11ynews dist
