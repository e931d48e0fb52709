# Everything a fresh machine needs: `make demo` to see it, `make test` to trust it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
ARGS ?=
# A machine may forbid Python to keep what it compiled; then every process here compiles it all anew.
unexport PYTHONDONTWRITEBYTECODE
# The locks name everything, so pip has nothing to resolve: an older pip would look past them for
# what is asked for with an extra (coverage[toml]) and refuse the newer version that it finds.
# Most of what it installs is never loaded: Python compiles what is, when it is.
PIP = $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-compile

.PHONY: setup demo test check screens bench soak quarter long lock clean browser

setup: $(READY)

# Debian's python3 may come without venv; then it is installed.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); $(call as_root,apt-get update -q && apt-get install -y -q python3-venv) && $(PYTHON) -m venv $(VENV); }

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-build-isolation -e .
	touch $@

$(READY_DEV): requirements-dev.lock $(READY)
	$(PIP) --require-hashes -r requirements-dev.lock
	touch $@

as_root = if [ "$$(id -u)" = 0 ]; then $(1); else sudo sh -c '$(1)'; fi

# The browser tests drive Debian's Chromium.
browser:
	@command -v chromium >/dev/null || { $(call as_root,apt-get update -q && apt-get install -y -q chromium); }

demo: $(READY)
	@$(BIN)/nosurprise demo $(if $(PLATFORM),--platform $(PLATFORM)) $(ARGS)

# Two more than there are processors: some tests wait for processes that they stop or kill.
HANDS = $$(($$(nproc) + 2))

test: $(READY_DEV) browser
	$(BIN)/python -m pytest -q -n auto tests/review --cov --cov-report=term:skip-covered
	$(BIN)/python -m pytest -q -n $(HANDS) --dist worksteal tests --ignore=tests/review $(ARGS)

check: $(READY_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hadolint Dockerfile

screens: $(READY_DEV) browser
	$(BIN)/python -m docs.take_screens
	$(BIN)/python -m docs.dingtalk_screens

# Many more of the seeded histories that `make test` plays: HISTORIES=1000 make soak for fewer.
soak: $(READY_DEV)
	HISTORIES=$${HISTORIES:-50000} $(BIN)/python -m pytest -q -n auto --dist worksteal tests/simulator/test_histories.py $(ARGS)

# A whole quarter, goals to the close with its hard days, for 200 people (`make test`: 18, on Slack
# and on DingTalk), and one of 48 with every message twice and in disorder.
quarter: $(READY_DEV)
	LONG=1 QUARTER_PEOPLE=$${QUARTER_PEOPLE:-200} $(BIN)/python -m pytest -q \
		tests/whole/test_quarter.py tests/whole/test_whole_cycle.py $(ARGS)

# What `make test` leaves out for its time: the longest proofs (marked long).
long: $(READY_DEV)
	LONG=1 $(BIN)/python -m pytest -q -m long tests $(ARGS)

bench: $(READY_DEV)
	$(BIN)/python -m bench $(ARGS)

UV_COMPILE = $(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --no-annotate --python-version 3.11 --extra build

lock: $(READY_DEV)
	$(PIP) uv
	$(UV_COMPILE) --upgrade -o requirements.lock pyproject.toml
	$(UV_COMPILE) --upgrade --extra dev -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .coverage
