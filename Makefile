.DEFAULT_GOAL := help
.PHONY: help setup site test test-models test-engines lint format clean

# Options for site-build, as in: make site ARGS="--network lenet5 --epochs 3"
ARGS ?=

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing
	@scripts/setup

site: setup ## Train the networks and build the site in output/ (ARGS: options for site-build)
	swift run site-build $(ARGS)

test: setup ## Run the tests
	swift test
	$(MAKE) test-models

test-models: ## Run the exported models in ONNX Runtime and in Keras, and compare
	@scripts/setup --models
	scripts/model-tests

test-engines: ## Carry out a study with GNU parallel and with Slurm, and compare
	@scripts/setup --engines
	scripts/test-engines

lint: ## Check the form of the code
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: ## Bring the code into form
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

clean: ## Remove what the compiler made; stored runs and the site stay
	rm -rf .build

include Benchmarks/targets.mk
