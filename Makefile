# Two commands for somebody who has just cloned this: `make demo` and `make test`.
# They need Python 3.11 or newer with its venv module, make, and a package index that pip can reach.
PYTHON ?= python3
UV     ?= uv
JOBS   ?= 2
VENV   := .venv
ifeq ($(OS),Windows_NT)
BIN    := $(VENV)/Scripts
else
BIN    := $(VENV)/bin
endif
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NEEDED := dsar needs Python 3.11 or newer. Name one: make PYTHON=python3.12
LOCK   := pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes --no-emit-index-url

.PHONY: help demo test check bench lock clean distclean

help:
	@echo 'make demo       set up, replay the model case, say where its letters and its dossier are'
	@echo 'make test       set up, run every check'
	@echo 'make check      the same without the tests: linters, types, layers, letters, law'
	@echo 'make bench      times, each beside a floor measured in the same run'
	@echo 'make lock       write requirements*.txt anew (needs uv); UPGRADE=--upgrade takes newer versions'
	@echo 'make clean      remove what was made; make distclean also removes $(VENV)'

demo: $(VENV)/.run
	$(BIN)/dsar demo --out dsar-demo

# A file goes to one worker as a whole, since what its tests share is made once; the files come in their own order.
# Some tests start dsar hundreds of times: it is compiled beforehand, also where the environment forbids writing bytecode.
test: check
	$(BIN)/python -m compileall -q src
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dsar letters check
	$(BIN)/dsar law check

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(BENCH)

# The three files agree: the first is resolved, the other two are held to its versions.
lock:
	$(UV) $(LOCK) $(UPGRADE) pyproject.toml --group dev -o requirements-dev.txt
	$(UV) $(LOCK) -c requirements-dev.txt pyproject.toml -o requirements.txt
	$(UV) $(LOCK) -c requirements-dev.txt --group build -o requirements-build.txt

clean:
	rm -rf dsar-demo dist build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)

# What running dsar takes; the build backend is locked too, so that the installation asks for nothing else.
$(VENV)/.run: requirements.txt requirements-build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("$(NEEDED)" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.txt -r requirements-build.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# What the checks take on top.
$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@
