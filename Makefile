# What one does with this repository. On a fresh Debian machine with Go and make,
# `make demo` and `make test` need nothing before them.

GO    ?= go
URLS  ?=
BENCH ?= .

LIBCURL  ?=
DURATION ?= 60s
SEED     ?=
WATCH    ?= -race

# The libcurls that `make test` runs on: the system's, and flavours where .ci/flavours has made them.
ON ?= system newest newest-gnutls 8.22.0-multi

# Where Go's own archive puts itself, for shells that do not know it yet.
export PATH := $(PATH):/usr/local/go/bin

.PHONY: help demo test test-flavour matrix stress bench generate flavours ci need
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: need ## fetch from a local server with many goroutines, or from URLS="..."
	@echo "building and running the demo"; set -f; $(GO) run ./curl/internal/demo $$URLS

test: need ## formatting, vet, and all tests: under the race detector on the system's libcurl, then on three more (ON="...")
	@bad=$$(gofmt -l .) && test -z "$$bad" || { echo "not gofmt-formatted: $$bad"; exit 1; }
	$(GO) vet ./...
	@GO='$(GO)' .ci/whole $(ON)

test-flavour: need ## what every build of libcurl has to do, on the one at LIBCURL=/path/to/libcurl.so.4
	@test -n "$(LIBCURL)" || { echo 'which one? make test-flavour LIBCURL=/path/to/libcurl.so.4'; exit 1; }
	$(GO) run ./curl/internal/flavour/matrix -library '$(LIBCURL)'

matrix: flavours ## the same on all flavours, and the table of it in the README
	$(GO) run ./curl/internal/flavour/matrix -flavours "$$(.ci/flavours --folder)/flavours.tsv" -write README.md

stress: need ## random calls from many goroutines for DURATION=60s (SEED=n repeats one, WATCH=-asan or tsan for -race)
	GOCURL_STRESS=$(DURATION) GOCURL_STRESS_SEED=$(SEED) $(if $(filter tsan,$(WATCH)),.ci/tsan) \
	    $(GO) test -count=1 -timeout 0 -v -run '^TestRandomCalls$$' $(filter-out tsan,$(WATCH)) ./curl

bench: need ## measure beside the same work in C, then alone (BENCH=regexp picks some, PROFILE=1 says where the time goes)
	$(GO) run ./curl/internal/bench -run '$(BENCH)' $(if $(PROFILE),-profile)
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./curl

generate: ## write generated code anew from headers/
	$(GO) generate ./...

flavours: ## real libcurl releases for the tests, kept in the user's cache
	.ci/flavours

ci: ## everything CI does
	bash .ci/run

need:
	@.ci/need gcc libc6-dev libcurl4 ca-certificates
