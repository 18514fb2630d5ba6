# Everything that this repository can do, one word each. Needs Go 1.26; `make test` fetches the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := check

export CGO_ENABLED := 0
# A clone owned by someone else (a container) must build too, and to the same bytes.
export GOFLAGS := $(strip $(GOFLAGS) -buildvcs=false)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
GO_FOLDERS  := main.go internal codebooks bench scripts
FUZZTIME    ?= 60s
BENCH       ?= .

.PHONY: build form check test soak bench clean

# Two programs, each one file: the same bytes from the same commit on any machine.
build:
	GOOS=linux GOARCH=amd64 go build -trimpath -ldflags='-s -w' -o bin/foljsam .
	GOOS=windows GOARCH=amd64 go build -trimpath -ldflags='-s -w' -o bin/foljsam.exe .
	ls -l bin

# Before every commit: form, vet, staticcheck, quick tests. Under two minutes when warm.
check: form
	go test -short -json ./... | go run ./scripts/tally

form:
	@unformed=$$(gofmt -l $(wildcard $(GO_FOLDERS))); \
	  if [ -n "$$unformed" ]; then echo "run gofmt -w on:" $$unformed; exit 1; fi
	go vet ./...
	GOOS=windows go vet . ./internal/...
	go run $(STATICCHECK) ./...

# Everything, also on a bare machine: fetches what is missing, then form, all tests, browser tests.
test:
	scripts/setup
	$(MAKE) --no-print-directory form
	go test -json ./... | go run ./scripts/tally
	scripts/browser

# Long runs: every fuzz target for FUZZTIME each, then the tests that wait for FOLJSAM_SOAK.
soak:
	FUZZTIME=$(FUZZTIME) scripts/soak

# Our own benchmarks. BENCH=Name chooses; bench/ tells how to run the other engines beside ours.
bench:
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

clean:
	rm -rf bin out demo-rapport
