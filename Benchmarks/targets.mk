# Included by the Makefile. BENCH holds further options, such as BENCH="--network wide --part training".

peer := .venv-peer

.PHONY: bench bench-peers compare-builds

## Measures training, kernels, scaling and memory; beside Keras once bench-peers has been made.
bench:
	swift run learn-bench $(if $(wildcard $(peer)/installed),--peer $(peer)/bin/python) $(BENCH)

## Installs Keras and TensorFlow for the CPU in a virtual environment of their own.
bench-peers: $(peer)/installed

$(peer)/installed: Benchmarks/peers/requirements.txt
	python3 -m venv $(peer)
	$(peer)/bin/pip install --quiet --requirement $<
	touch $@

## Compares the bits that all kernels and several numbers of threads leave.
compare-builds:
	scripts/compare-builds
