# Foretoken. Needs rustup, Node 20+, make, Python 3 and a C compiler; the rest is found or installed (tools/setup.sh).
# Kept to what GNU make 3.81 and the tools of macOS know.

export PATH := $(CURDIR)/target/tools:$(PATH)

SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html tools/finish.mjs \
  $(shell find src static -type f -not -path 'static/vocab/*' -not -name '.*')
VOCABULARIES := static/vocab/.written

.PHONY: help serve dist test test-all bench screenshots catalog clean setup
.DELETE_ON_ERROR:

help:
	@echo 'make serve     build the app and serve it on http://127.0.0.1:8080 (PORT=8081 make serve for another port)'
	@echo 'make test      every check: format, clippy, native, wasm, browser'
	@echo 'make test-all  the same, and 10,000 random plans against the second evaluator (some minutes)'
	@echo 'make dist      build dist/, a folder for any path of any static host'
	@echo 'make bench     measure the first load, the time from a keystroke to a price, and bills a second'
	@echo 'make screenshots  take the picture in the README, and those to be looked at in test-results/'
	@echo 'make catalog   update the prices in static/catalog'
	@echo 'make clean     delete what was built (not the tools in ~/.cache/foretoken)'

serve: dist/index.html
	@node tools/serve.mjs dist

dist: dist/index.html

# The tools are looked at each time, but only newer sources build.
dist/index.html: $(SOURCES) $(VOCABULARIES) node_modules/.package-lock.json | setup
	@# Trunk 0.21 takes NO_COLOR=1 for a mistake.
	env -u NO_COLOR trunk build
	@touch $@

setup:
	@tools/setup.sh

# Tokens and licences come with crates whose versions Cargo.toml pins.
$(VOCABULARIES): $(wildcard examples/vocabularies/*.rs src/tokens/vocabulary/*.rs) Cargo.toml | setup
	cargo run --quiet --locked --no-default-features --example vocabularies -- static/vocab
	@touch $@

node_modules/.package-lock.json: package-lock.json
	@# pdf.js would draw with a native canvas in Node; it only reads here, and in a browser.
	npm ci --no-audit --no-fund --omit=optional
	@touch $@

test: node_modules/.package-lock.json | setup
	@tools/test.sh

test-all: test
	FORETOKEN_ORACLE_CASES=10000 cargo test --locked --no-default-features --test billing_oracle

bench: dist/index.html node_modules/.package-lock.json
	@node tools/bench.mjs
	@cargo run --quiet --locked --profile worker --no-default-features --example bench_billing
	@node tools/bench_module.mjs

screenshots: dist/index.html node_modules/.package-lock.json
	UPDATE_SCREENSHOTS=1 node --test --test-reporter=spec --test-name-pattern=screenshots tests/browser/look.test.mjs

catalog:
	python3 tools/catalog.py

clean:
	rm -rf target dist node_modules static/vocab test-results
