# Foretoken. Needs rustup, Node 20+, make, Python 3 and a C compiler; the rest is found or installed (tools/setup.sh).
# Kept to what GNU make 3.81 and the tools of macOS know.

export PATH := $(CURDIR)/target/tools:$(PATH)

SOURCES := Cargo.toml Cargo.lock Trunk.toml index.html tools/finish.mjs \
  $(shell find src static -type f -not -path 'static/vocab/*' -not -name '.*')
VOCABULARIES := static/vocab/.written

.PHONY: help serve dist test test-all fuzz bench bench-tokens screenshots catalog clean setup
.DELETE_ON_ERROR:

help:
	@echo 'make serve     build the app and serve it on http://127.0.0.1:8080 (PORT=8081 make serve for another port)'
	@echo 'make test      every check: format, clippy, native, wasm, browser'
	@echo 'make test-all  the same, 10,000 random plans against the second evaluator, and 100,000 random texts against the'
	@echo '               published encoders (some minutes)'
	@echo 'make fuzz      ten minutes of random texts and edits, looking for one that is counted wrong'
	@echo 'make dist      build dist/, a folder for any path of any static host'
	@echo 'make bench     measure the first load, the time from a keystroke to a price, bills a second, and counting'
	@echo 'make bench-tokens  only the last: counting against other tokenizers, some minutes'
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
	FORETOKEN_ID_CASES=100000 cargo test --locked --no-default-features --test tokens_ids

# The engine wants options of the nightly compiler, which RUSTC_BOOTSTRAP=1 makes the stable one take. No sanitizer: there is no
# unsafe code to look at.
FUZZ_SECONDS := 600
fuzz: $(VOCABULARIES)
	cargo fuzz --version >/dev/null 2>&1 || cargo install cargo-fuzz --locked --version 0.13.2
	RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none core -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=20

tools/bench_tokens/node_modules/.package-lock.json: tools/bench_tokens/package-lock.json
	npm ci --prefix tools/bench_tokens --no-audit --no-fund
	@touch $@

bench: dist/index.html node_modules/.package-lock.json bench-tokens
	@node tools/bench.mjs
	@cargo run --quiet --locked --profile worker --no-default-features --example bench_billing
	@node tools/bench_module.mjs

# The counters alone, each built with the vocabulary it brings; figures in target/bench/tokens.json.
bench-tokens: $(VOCABULARIES) node_modules/.package-lock.json tools/bench_tokens/node_modules/.package-lock.json | setup
	@node tools/bench_tokens/run.mjs

screenshots: dist/index.html node_modules/.package-lock.json
	UPDATE_SCREENSHOTS=1 node --test --test-reporter=spec --test-name-pattern=screenshots tests/browser/look.test.mjs

catalog:
	python3 tools/catalog.py

clean:
	rm -rf target dist node_modules tools/bench_tokens/node_modules static/vocab test-results
