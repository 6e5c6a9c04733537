# Each target sets up .venv by itself. PYTHON is the interpreter to make it with: 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
SHARED := --numprocesses=auto --maxprocesses=4 --dist=worksteal
ENDING := -o faulthandler_timeout=900 -o faulthandler_exit_on_timeout=true
SITE := $(BIN)/python -m sphinx --quiet --fresh-env --fail-on-warning --keep-going -d docs/site/.doctrees docs docs/site

.PHONY: report test stress check docs bench clean

report: $(READY)  ## build the example report
	$(BIN)/cpreport build examples/july-2023.xlsx

test: $(READY)  ## run the tests, on as many processors as there are, up to four
	$(BIN)/python -m pytest $(SHARED)

stress: $(READY)  ## run the tests that take minutes: kills, full disks, large files, LibreOffice, random months, mutants, many examples
	$(BIN)/python -m pytest $(SHARED) $(ENDING) tests/stress
	$(BIN)/python -m pytest $(SHARED) $(ENDING) -m hypothesis --hypothesis-profile=thorough

check: $(READY)  ## lint, formatting, types, whether the rules' pages and the outputs in the docs are up to date, and the site's links
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m docs.make_rules --check
	$(BIN)/python -m docs.make_outputs --check
	$(SITE)

docs: $(READY)  ## write what is made from the rules, the outputs in the pages, and the site in docs/site; a broken link is an error
	$(BIN)/python -m docs.make_rules
	$(BIN)/python -m docs.make_outputs
	$(SITE)

bench: $(READY)  ## measure, against the usual ways of making the same report
	$(BIN)/python -m benchmarks.run

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

clean:
	rm -rf .venv dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
