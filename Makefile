# `make help` lists the commands. Each does its own set-up first.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# A variable of some container images; with it every start compiles our modules again.
unexport PYTHONDONTWRITEBYTECODE
export RASA_TELEMETRY_ENABLED := false

HEPB := .venv/bin/hepb
PYTHON := .venv/bin/python
RUFF := .venv/bin/ruff

.PHONY: help setup run test test-fast lint format lock docs bench eval eval-baselines clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-15s %s\n", $$1, $$2}' Makefile

setup: ## make .venv with the locked dependencies, the command hepb and the sentence encoder
	@scripts/setup.sh

run: setup ## train if needed, serve the page and print its address (PORT, HOST, ACTION_PORT)
	@$(HEPB) train
	@$(HEPB) serve

test: setup lint ## run the linter and every test: fast, thorough, live servers and browser
	@scripts/chromium.sh
	@scripts/tesseract.sh
	@scripts/speech-dispatcher.sh
	@scripts/axe.sh
	@$(PYTHON) -m pytest tests $(ARGS)

test-fast: setup ## run the tests that need no Rasa, server or browser, nor long
	@$(PYTHON) -m pytest tests/fast -n 2 $(ARGS)

lint: setup ## check style and format
	@$(RUFF) check --quiet .
	@$(RUFF) format --quiet --check .

format: setup ## put the code into the format that lint wants
	@$(RUFF) check --quiet --fix-only .
	@$(RUFF) format --quiet .

lock: ## resolve requirements/*.in again (ARGS="--upgrade-package NAME")
	@scripts/lock.sh $(ARGS)

docs: setup ## generate docs/guidelines.md, docs/review.md and the pictures in docs/pictures
	@$(HEPB) docs $(ARGS)
	@$(HEPB) pictures $(ARGS)

bench: setup ## measure this assistant beside the bot that `rasa init` makes; writes docs/bench.json
	@$(HEPB) bench $(ARGS)

eval: setup ## measure understanding and answers; writes docs/evaluation.json
	@$(HEPB) eval $(ARGS)

eval-baselines: setup ## the same with the slow baselines, to var/evaluation-baselines.json
	@$(HEPB) eval --baselines $(ARGS)

clean: ## remove the environment, models and databases
	@rm -rf .venv .build .rasa models var
