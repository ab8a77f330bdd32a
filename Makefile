# landbridge: `make demo` and `make test` are all a newcomer needs. Each target makes what it needs and removes nothing.
PYTHON ?= python3
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := demo
.PHONY: demo serve test check bench bench-peers install lock docs atlas

.venv/core.stamp: requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("landbridge needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.12 demo" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || { echo "making .venv ..."; $(PYTHON) -m venv .venv; }
	@echo "installing the locked core packages into .venv ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/core.txt
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@echo "compiling the kernels of the search, once ..."
	@$(BIN)/landbridge plan BYMSQ PKLHE --units 1x40HC --ready 2026-12-01 --quick --fresh >/dev/null
	@touch $@

.venv/dev.stamp: .venv/core.stamp requirements/dev.txt
	@echo "installing the locked development packages into .venv ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@echo "compiling the kernels of joint planning ..."
	@$(BIN)/python -m landbridge.optimization.warm
	@touch $@

demo: .venv/core.stamp
	@$(BIN)/landbridge demo

.venv/server.stamp: .venv/core.stamp requirements/server.txt
	@echo "installing the locked packages of the server into .venv ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/server.txt
	@touch $@

serve: .venv/server.stamp
	@$(BIN)/landbridge serve $(SERVE)

test: .venv/dev.stamp
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	@$(BIN)/python -m benchmarks

bench-peers: .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@$(BIN)/python -m benchmarks.atlas --peers
	@$(BIN)/python -m benchmarks.routing_peers

install: .venv/dev.stamp
	@echo "landbridge is installed in .venv; try: $(BIN)/landbridge --help"

docs: .venv/core.stamp
	@$(BIN)/python -m tools.make_docs

.venv/atlas.stamp: .venv/core.stamp requirements/atlas.txt
	@echo "installing the locked packages that build the atlas into .venv ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/atlas.txt
	@touch $@

atlas: .venv/atlas.stamp
	@$(BIN)/python -m atlas_build

lock: .venv/dev.stamp
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/core.in -o requirements/core.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/server.in -o requirements/server.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/atlas.in -o requirements/atlas.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/bench.in -o requirements/bench.txt
