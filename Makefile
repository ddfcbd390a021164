# Every target sets up what it needs in .venv; only Python 3.11+ and make are assumed.
.PHONY: song studio studio-build studio-check test test-corpus check smoke bench evaluate docs gallery fuzz gpu-check clean help
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet -c constraints.txt
OUT ?= song
STYLE ?= bossa
SEED ?= 1
CHORDS ?=
SHARDS ?= build/shards
BENCH ?=
BUNDLE ?= small
export OUT STYLE SEED CHORDS

help:
	@echo "make song    write a piece into song/ (STYLE=bossa SEED=1 CHORDS='| Dm7 G7 | Cmaj7 |')"
	@echo "make studio  open the studio in the browser"
	@echo "make test    run every test            make check   the quick ones, style and types"
	@echo "make smoke   one way through all parts make bench   measure speed"
	@echo "make docs    rebuild the reference     make gallery render docs/gallery again"
	@echo "make test-corpus  build and check the corpus (MOTET_CORPUS: its archives; SHARDS: where to)"
	@echo "make evaluate  measure the model into docs/quality.md (SHARDS=folder BENCH=folder BUNDLE=small)"
	@echo "make gpu-check  prove that training runs from a bare tree (SHARDS=folder weighs a corpus)"
	@echo "make studio-build  build the studio's page (needs Node); make studio-check  check it, as CI does"
	@echo "make fuzz    12,700 damaged files      make clean   remove .venv and song/"

song: .venv/.installed
	@$(BIN)/motet compose $(if $(CHORDS),--chords "$$CHORDS") --style "$$STYLE" --seed "$$SEED" --output "$$OUT/"

studio: .venv/.installed
	@$(BIN)/motet studio --open

studio/node_modules/.package-lock.json: studio/package.json studio/package-lock.json
	@cd studio && npm ci --no-audit --no-fund --loglevel=error

studio-build: .venv/.installed studio/node_modules/.package-lock.json
	@$(BIN)/python tools/openapi.py && cd studio && npm run --silent api && npm run --silent build

studio-check: .venv/.installed studio/node_modules/.package-lock.json
	@$(BIN)/python tools/openapi.py --check
	@cd studio && npm run --silent api && npm run --silent check && npm run --silent test && npm run --silent build
	@git diff --exit-code --stat -- studio/src/lib/schema.d.ts src/motet/server/page || \
		{ echo "The page is not the one that its source makes; run make studio-build and commit it."; exit 1; }
	@test -z "$$(git status --porcelain -- src/motet/server/page)" || \
		{ echo "The build makes files that are not committed; run make studio-build and commit them."; exit 1; }

# Browser tests need a Chromium; where it can be had without asking, it is installed, else they are skipped.
.venv/.chromium: | .venv/bin/python
	@command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && \
		  apt-get -qq update >/dev/null 2>&1 && apt-get -qq install -y --no-install-recommends chromium >/dev/null 2>&1; } || \
		echo "No Chromium: the studio's browser tests are skipped."
	@touch $@

test: .venv/.installed-test .venv/.chromium
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/pytest -q -n 2 --dist worksteal

test-corpus: .venv/.installed-test
	@$(BIN)/motet corpus build --output "$(SHARDS)"
	@$(BIN)/motet corpus check --output "$(SHARDS)"

check: .venv/.installed-test
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/pytest -q -n 2 -m "not slow"

smoke: .venv/.installed-test
	@$(BIN)/pytest -q tests/smoke

bench: .venv/.installed-test
	@for file in benchmarks/speed/*.py; do $(BIN)/python "$$file" || exit 1; done

evaluate: .venv/.installed-test
	@$(BIN)/motet evaluate --all --shards "$(SHARDS)" $(if $(BENCH),--bench "$(BENCH)") --bundle "$(BUNDLE)" --results benchmarks/results

docs: .venv/.installed
	@$(BIN)/python docs/build.py

gallery: .venv/.installed
	@$(BIN)/python docs/gallery/build.py

fuzz: .venv/.installed
	@for kind in midi musicxml kern abc json; do \
		$(BIN)/python tools/fuzz_$$kind.py --count 2500 || exit 1; done
	@$(BIN)/python tools/fuzz_audio.py --count 200

gpu-check: .venv/.installed-test
	@$(BIN)/python tools/gpu_check.py $(if $(SHARDS),--shards "$(SHARDS)")

clean:
	@rm -rf .venv song .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Motet needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
		  echo "Install one and say: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Making the environment .venv ..."
	@$(PYTHON) -m venv .venv || \
		{ echo "python3 -m venv failed; on Debian and Ubuntu: apt install python3-venv"; exit 1; }

.venv/.installed: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Motet and what it needs into .venv (about a minute, once) ..."
	@$(PIP) -e .
	@touch $@

.venv/.installed-test: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Motet, its tests and its tools into .venv (about two minutes, once) ..."
	@$(PIP) -e '.[test,dev,train,audio]'
	@touch $@ .venv/.installed
