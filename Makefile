.DEFAULT_GOAL := help
.PHONY: help setup site test test-kernels test-models test-nightly test-engines lint format docs man clean

lint := .venv-lint

# The testing library would note the stack at every error that is thrown, the many that are caught among them. In tests
# that build sites, that took longer than all the rest.
# Begun all at once, as it would have them, tests that have made a connection wait for their turn behind hundreds of
# others, and the network library turns in circles meanwhile.
testing := SWT_SWIFT_ERROR_BACKTRACING_ENABLED=0 SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8

# Options for site-build, as in: make site ARGS="--network lenet5 --epochs 3"
ARGS ?=

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing
	@scripts/setup

site: setup ## Train the networks and build the site in output/ (ARGS: options for site-build)
	swift run site-build $(ARGS)

test: ## Install what the tests need, and run them all
	@scripts/setup --tests --models
	swift build --build-tests
	PROGRAMS="$$(swift build --show-bin-path)" scripts/side-by-side \
		"$(testing) swift test --skip-build" scripts/browser-tests scripts/model-tests

test-kernels: ## Test kernels and trainings in a build that checks each access of the kernels to memory
	@scripts/setup
	scripts/checked-kernels

test-models: ## Run the exported models in ONNX Runtime and in Keras, and compare with answers and inspections
	@scripts/setup --models
	scripts/model-tests

test-engines: ## Carry out a study with GNU parallel and with Slurm, and compare
	@scripts/setup --engines
	scripts/test-engines

test-nightly: ## Go through whole nights on this machine, from training to a served site
	@scripts/setup --tests
	scripts/test-nightly

lint: $(lint)/installed ## Check the form of Swift code, JavaScript, scripts and workflows
	scripts/lint

$(lint)/installed: Tests/Lint/requirements.txt
	python3 -m venv $(lint)
	$(lint)/bin/pip install --quiet --requirement $<
	touch $@

format: ## Bring the code into form
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

docs: ## Make the documentation of Learn and Render in .docs/
	scripts/docs

man: ## Make the manual page .man/site-build.1
	swift package --allow-writing-to-package-directory generate-manual --configuration debug
	mkdir -p .man
	cp .build/plugins/GenerateManual/outputs/site-build/site-build.1 .man/

clean: ## Remove what the compiler made; stored runs and the site stay
	rm -rf .build

include Benchmarks/targets.mk
