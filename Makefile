# SPDX-License-Identifier: Apache-2.0
# Every verb is a script in scripts/; this file only names them.

.DEFAULT_GOAL := help
.SILENT:
MAKEFLAGS += --no-print-directory

PREFIX ?= /usr/local

.PHONY: help setup build demo test up check install clean

help: ## list the verbs
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing to build and test
	scripts/setup test

build: ## build everything, tests included
	scripts/setup build
	scripts/build

demo: ## send a real workspace through the whole pipeline (KEEP=1 leaves it up)
	scripts/demo

test: ## run all tests
	scripts/setup test
	scripts/build
	scripts/test

up: build ## start the product on this machine (ARGS='--port 9000')
	exec .build/debug/tlao-codex up $(ARGS)

check: ## do what continuous integration does: format, rules, build, tests
	scripts/setup test
	scripts/check-rules
	scripts/check
	scripts/build
	scripts/test

install: ## build for production and install into PREFIX (default /usr/local)
	scripts/setup build
	scripts/install "$(PREFIX)"

clean: ## remove what was built and what demos left
	rm -rf .build .demo
