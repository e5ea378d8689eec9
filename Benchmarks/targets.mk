# Included by the Makefile. BENCH holds further options, such as BENCH="--network wide --part training".

peer := .venv-peer

.PHONY: bench bench-peers bench-laboratory compare-builds

bench: ## Measure training, kernels, scaling and memory, beside Keras once bench-peers was made
	swift run learn-bench $(if $(wildcard $(peer)/installed),--peer $(peer)/bin/python) $(BENCH)

bench-peers: $(peer)/installed ## Install Keras and TensorFlow for the CPU in .venv-peer

$(peer)/installed: Benchmarks/peers/requirements.txt
	python3 -m venv $(peer)
	$(peer)/bin/pip install --quiet --requirement $<
	touch $@

SITE ?= output

bench-laboratory: ## Time the networks of a site in Chromium, where `make test` has been (SITE: its folder)
	.venv-browser/bin/python Benchmarks/browser/laboratory.py $(SITE)

compare-builds: ## Compare the bits that all kernels and several numbers of threads leave
	scripts/compare-builds
