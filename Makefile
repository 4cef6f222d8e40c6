# The project's commands; README.md explains them.
PYTHON ?= python3
VENV := .venv/bin/python

.PHONY: demo test check bench audit pictures requirements

demo:  ## install what is missing, load the samples, serve on 127.0.0.1:$PORT
	@$(PYTHON) -m tools.setup
	@$(VENV) -m tools.demo

test:  ## everything: static checks, then all tests on real servers
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tests

check:  ## static checks only
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tests --checks-only

bench:  ## measurements beside raw baselines; CORPUS=laws.jsonl.xz, RECORDS=1000000
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tests.bench $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(RECORDS),--records "$(RECORDS)")

audit:  ## Lighthouse on each kind of page of the demonstration; ONLY="home search"
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tests.lighthouse $(if $(ONLY),--only $(ONLY))

pictures:  ## take the README's pictures anew from the demonstration
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tools.pictures $(if $(ONLY),--only $(ONLY))

requirements:  ## pin requirements*.txt anew from requirements*.in
	@$(PYTHON) -m tools.setup --dev
	@$(VENV) -m tools.requirements
