# Everything here needs only Python 3.11 or newer and make.
PYTHON ?= python3
DATA := data
REPORT ?= report
DOCUMENTS ?=
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: report test check lint docs sources audit benchmarks lock clean install

report: install  ## build the graph of the plans and write the report folder
	$(VENV)/bin/goldenthread report -o $(REPORT)

test: install lint  ## all tests
	$(RUN) -m pytest -n auto --dist loadfile

lint: install
	$(RUN) -m ruff check graph viz tests benchmarks
	$(RUN) -m mypy -p goldenthread.graph -p goldenthread.viz
	$(RUN) -m mypy tests benchmarks

check: install  ## is the built-in data sound?
	$(VENV)/bin/goldenthread check

docs: install  ## the pages made from the ontology, the columns and the commands, and the pictures
	$(RUN) -m goldenthread.graph.ontology_page
	$(RUN) -m goldenthread.graph.columns_page
	$(RUN) -m goldenthread.graph.commands_page
	$(VENV)/bin/goldenthread draw structure --plan norfolk-2014 -o docs/pictures/structure.svg
	$(VENV)/bin/goldenthread draw learning "Case AF" -o docs/pictures/learning.svg
	$(VENV)/bin/goldenthread draw changes nottingham-2014 nottingham-2016 -o docs/pictures/changes.svg
	$(VENV)/bin/goldenthread draw chain "norfolk-2016 4.2" -o docs/pictures/chain.svg

sources: install  ## digests and phrases of every cited passage; DOCUMENTS=folder with the plans' texts
	$(RUN) -m goldenthread.graph.sources $(DATA) $(DOCUMENTS)

audit: install  ## recount rows and verify digests against the texts; DOCUMENTS=folder
	$(RUN) -m goldenthread.graph.audit $(DATA) $(DOCUMENTS)

benchmarks: install
	$(RUN) benchmarks/startup.py
	$(RUN) benchmarks/overlaps.py
	$(RUN) benchmarks/draw.py
	$(RUN) benchmarks/report.py

lock:  ## pin every requirement by hash; needs uv
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock

$(VENV)/ready: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

install: $(VENV)/ready
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

clean:
	rm -rf build $(VENV) $(REPORT) *.egg-info
