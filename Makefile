# `make site` and `make test` do everything on a fresh machine with a Swift toolchain. ARGS goes to site-build.

.PHONY: site test lint format clean help

## Installs what is missing, trains what has not been trained yet, and makes the site in output/.
site: setup
	swift run site-build $(ARGS)

## Installs what is missing and runs all tests.
test: setup
	swift test

.PHONY: setup
setup:
	@scripts/setup

## Checks the form of all Swift code.
lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

## Brings all Swift code into form.
format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

## Removes what was built; runs and the site stay.
clean:
	rm -rf .build

## Lists the targets.
help:
	@awk '/^## / { text = substr($$0, 4); next } \
	  /^[a-z-]+:/ && text { sub(/:.*/, ""); printf "%-16s %s\n", $$0, text } { text = "" }' $(MAKEFILE_LIST)

include Benchmarks/targets.mk
