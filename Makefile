# `make chat` and `make test` are all that is needed; both may be run again and do only what is left.

PYTHON ?= python3
PORT ?= 8000
MODEL ?=
BIN := .venv/bin
# llama-cpp-python has no wheel on the public index: it is built once and kept outside the repository.
WHEELS ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/assistant-ia-ville/wheels
LLAMA := llama-cpp-python==0.3.36
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --find-links "$(WHEELS)"

ifneq ($(wildcard ../shared/corpus/SOURCES.tsv),)
export ASSISTANT_MIRROR ?= $(abspath ../shared/corpus)
endif

.PHONY: chat install model index serve test lint types check bench eval eval-search clean

chat: install model index serve

install: .venv/.installed

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.11 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3-venv is missing: on Debian, apt install python3-venv" >&2; exit 1; }
	@touch $@

.venv/.llama: .venv/.python
	@mkdir -p "$(WHEELS)"
	@ls "$(WHEELS)"/llama_cpp_python-0.3.36-*.whl >/dev/null 2>&1 || { \
	  echo "Building llama-cpp-python (3 to 5 minutes, once)…"; \
	  CMAKE_ARGS="-DLLAVA_BUILD=OFF -DGGML_NATIVE=OFF" CMAKE_BUILD_PARALLEL_LEVEL=$$(getconf _NPROCESSORS_ONLN) \
	  $(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps -w "$(WHEELS)" "$(LLAMA)"; }
	@touch $@

.venv/.installed: .venv/.llama pyproject.toml constraints.txt
	@echo "Installing…"
	@$(PIP) -e .
	@touch $@

.venv/.developed: .venv/.installed
	@$(PIP) -e '.[dev]'
	@touch $@

model: install
ifneq ($(MODEL),)
	@$(BIN)/assistant models pull "$(MODEL)"
endif

index: install
	@$(BIN)/assistant ingest

serve: install
	@$(if $(MODEL),ASSISTANT_CHAT_MODEL="$(MODEL)") $(BIN)/assistant serve --port $(PORT)

test: .venv/.developed
	@$(BIN)/python -m pytest

lint: .venv/.developed
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/.developed
	@$(BIN)/mypy

check: lint types test

bench: .venv/.developed index
	@$(BIN)/python -m benchmarks.speed

eval: install index
	@$(BIN)/assistant eval tests/evaluation/questions.jsonl

eval-search: .venv/.developed index
	@$(BIN)/python -m benchmarks.search_quality

clean:
	rm -rf .venv .data
