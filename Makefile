# Thin names for scripts/; each script says what it does and installs what is missing.
# Build output goes to CARGO_TARGET_DIR, by default to the user's cache folder.
SHELL := bash
CARGO_TARGET_DIR ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/otdelenie/target
export CARGO_TARGET_DIR

.DEFAULT_GOAL := help
.PHONY: help run test bench fmt lint e2e

help: ## say what there is
	@sed -n 's/^\([a-z0-9]*\):.*## /make \1	/p' Makefile | expand -t 14

run: ## build everything optimised and serve the demo on http://127.0.0.1:3000
	@scripts/run.sh

test: ## every check and test, closed by one line of sums
	@scripts/test.sh

bench: ## sizes, paints, submissions per second, memory, start-up
	@scripts/bench.sh

fmt: ## format the Rust code
	@cargo fmt --all

lint: ## formatting, house rules, types of the browser tests, clippy
	@scripts/lint.sh

e2e: ## the browser tests alone; ARGS go to Playwright: make e2e ARGS="--project=phone"
	@scripts/e2e.sh $(ARGS)
