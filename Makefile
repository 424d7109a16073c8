# planchat, from a clean copy to a running app: `make run`.

PORT ?= 8501
PYTEST_ARGS ?= -q
WORKERS ?= 2
EVAL_ARGS ?=
TRAIN_ARGS ?=

TORCH := torch==2.13.0
ROOMS := answering briefing corpus evals ingestion retrieval training app.py cli.py
BIN := .venv/bin
# A file goes whole to one worker: its tests share a server. Each worker computes on one core, which it has to itself.
TESTS = OMP_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --durations=25

# The first of these that starts; python3.11 is what the lock was made with.
PYTHON ?= $(shell for p in python3.11 python3; do $$p -c pass 2>/dev/null && { echo $$p; break; }; done)

# A stamp names the content that was installed, so a changed lock installs again and an unchanged one takes no time.
RUN_STAMP := .venv/run-$(shell cat requirements.lock pyproject.toml | cksum | cut -d' ' -f1).stamp
TEST_STAMP := .venv/test-$(shell cat requirements.lock requirements-test.lock pyproject.toml | cksum | cut -d' ' -f1).stamp

.PHONY: help run test test-all eval train lint index clean
.DEFAULT_GOAL := help

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: index ## Install, build the index and open the app on PORT (8501)
	@$(BIN)/streamlit run app.py --server.port $(PORT)

index: $(RUN_STAMP) ## Bring the index up to date with the corpus
	@$(BIN)/planchat ingest || { [ $$? -eq 1 ] && echo "Not every source was indexed: see above." >&2; }

test: lint ## Install what is missing, then check style, types and tests (a sample of what sweeps many cases)
	@$(TESTS) $(PYTEST_ARGS) || { echo "Stopped: a test failed." >&2; exit 1; }

test-all: lint ## The same with every case of every sweep
	@$(TESTS) --sweep $(PYTEST_ARGS) || { echo "Stopped: a test failed." >&2; exit 1; }

lint: $(TEST_STAMP) ## Check style and types
	@$(BIN)/ruff check . || { echo "Stopped: ruff found something to correct." >&2; exit 1; }
	@$(BIN)/ruff format --check . || { echo "Stopped: run '$(BIN)/ruff format .' first." >&2; exit 1; }
	@$(BIN)/mypy $(ROOMS) || { echo "Stopped: mypy found a wrong type." >&2; exit 1; }

eval: $(RUN_STAMP) ## Measure the answers against the questions in evals/
	@$(BIN)/python -m evals $(EVAL_ARGS)

train: $(TEST_STAMP) ## Learn embedder, judge and thresholds anew (TRAIN_ARGS: see training/__main__.py)
	@$(BIN)/python -m training $(TRAIN_ARGS)

clean: ## Remove the index and what tools leave behind (.venv stays)
	@rm -rf .planchat build dist planchat.egg-info .mypy_cache .ruff_cache .pytest_cache
	@find . -path ./.venv -prune -o -type d -name __pycache__ -exec rm -rf {} +

$(RUN_STAMP):
	@[ -n "$(PYTHON)" ] || { echo "planchat needs Python 3.11 or later, and no python3 was found." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "planchat needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "planchat needs Python's venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing planchat into .venv (some minutes the first time)."
	@rm -f .venv/run-*.stamp
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet $(TORCH)
	@$(BIN)/python -m pip install --quiet -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_STAMP): $(RUN_STAMP)
	@echo "Installing the test tools into .venv."
	@rm -f .venv/test-*.stamp
	@$(BIN)/python -m pip install --quiet -r requirements.lock -r requirements-test.lock
	@touch $@
