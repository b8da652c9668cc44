# Two commands: `make lab` opens the course, `make test` tests what was changed and a part of the rest.
# The rest is for maintainers; `make help` lists everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv installs in a quarter of the time; pip does the same where uv cannot (an own package index in pip's settings, say).
INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) || $(BIN)/python -m pip install --quiet $(1)
# A file's tests stay on one worker, and files keep the order of conftest.py, the longest first.
PYTEST = $(BIN)/python -m pytest --numprocesses=2 --dist=loadscope --no-loadscope-reorder
TESTS_OF_A_LESSON = $(addprefix tests/,test_exercises.py test_lessons.py test_lessons_derive.py)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where Python may not keep what it has compiled, every process compiles TensorFlow again: eight seconds of processor time.
unexport PYTHONDONTWRITEBYTECODE
# glibc on Linux: keep what a training step frees.  TensorFlow's pipelines make the allocator give it all back (it calls
# mallopt for a leak of Python 3.11), and the next step fetches it page by page: up to half of a training's time.
export MALLOC_ARENA_MAX := 1
export MALLOC_MMAP_THRESHOLD_ := 33554432
export MALLOC_TOP_PAD_ := 268435456

.DEFAULT_GOAL := help
.PHONY: help lab test test-all test-colab check setup setup-test lint notebooks exercises mutants faces outline lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

lab: setup  ## install on first use; then bring your copy of the lessons, my_course/, up to date and open it in JupyterLab
	@$(BIN)/python -m tools.lab $(LAB_FLAGS)

test: setup-test lint  ## style and unit tests; of the notebooks and other slow tests what was changed, and a fifth of the rest
	$(PYTEST) $(TEST_FLAGS)

test-all: setup-test lint  ## style and every test; a part of the notebooks with Colab's versions too, more if CI=true
	$(PYTEST) --every-test $(TEST_FLAGS)

test-colab: setup-test  ## every notebook with Colab's versions
	COLAB_NOTEBOOKS=all $(PYTEST) tests/colab $(TEST_FLAGS)

check: setup-test lint  ## one lesson, its exercises and their checks: make check LESSON=06
	$(if $(wildcard notebooks/$(LESSON)_*.ipynb),,$(error Which lesson? make check LESSON=06))
	$(PYTEST) $(wildcard notebooks/$(LESSON)_*.ipynb notebooks/solutions/$(LESSON)_*.ipynb) $(TESTS_OF_A_LESSON) \
		-k "$(LESSON)_ or [$(LESSON)- or [$(patsubst 0%,%,$(LESSON)). or [$(patsubst 0%,%,$(LESSON))] or current"

setup: $(VENV)/installed
setup-test: $(VENV)/installed-test

$(VENV)/bin/python:
	@$(PYTHON) tools/check_python.py
	@echo "Creating the environment $(VENV) (a few minutes, once) ..."
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet uv
	$(call INSTALL,--requirement requirements.lock)
	$(call INSTALL,--no-deps --no-build-isolation --editable .)
	@touch $@

$(VENV)/installed-test: requirements-test.lock $(VENV)/installed
	$(call INSTALL,--requirement requirements-test.lock)
	@touch $@

$(VENV)/installed-render: requirements-render.txt $(VENV)/installed-test
	$(call INSTALL,--requirement requirements-render.txt)
	@touch $@

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

notebooks: setup-test  ## execute every lesson (one: NOTEBOOK=notebooks/05_full_pipeline.ipynb; all outputs again: FRESH=1)
	$(BIN)/python -m tools.notebooks execute $(if $(FRESH),--fresh) $(NOTEBOOK)

exercises: setup-test  ## make notebooks/exercises from notebooks/solutions
	$(BIN)/python -m tools.exercises build

mutants: setup-test  ## try the exercises' checkers with solutions that are wrong in one place: minutes (or some: EXERCISES="3 5.2")
	$(BIN)/python -m tools.mutants $(EXERCISES)

faces: $(VENV)/installed-render  ## render the people of data/rendered again, from where an interrupted run stopped
	$(BIN)/python -m tools.rendered_set build

outline: setup-test  ## write the lessons' tables, heads and setup cells from course.toml, then the exercises
	$(BIN)/python -m tools.outline --write $(OUTLINE_FLAGS)
	$(BIN)/python -m tools.exercises build

lock: setup-test  ## resolve the requirements again for Python 3.11 to 3.13
	$(BIN)/python -m tools.lock

clean:  ## remove the environments and caches; lessons, your copy of them and data stay
	rm -rf $(VENV) .venv-colab .pytest_cache .ruff_cache
