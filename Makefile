.DEFAULT_GOAL := help
.PHONY: help setup site test lint format clean

# Options for site-build, as in: make site ARGS="--network lenet5 --epochs 3"
ARGS ?=

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing
	@scripts/setup

site: setup ## Train the networks and build the site in output/ (ARGS: options for site-build)
	swift run site-build $(ARGS)

test: ## Install what the tests need, and run them all
	@scripts/setup --tests
	swift test
	scripts/browser-tests

lint: ## Check the form of the code
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: ## Bring the code into form
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

clean: ## Remove what the compiler made; stored runs and the site stay
	rm -rf .build

include Benchmarks/targets.mk
