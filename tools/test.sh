#!/usr/bin/env bash
# Every check of the project, one after the other; a failure does not hide the next. Called by `make test`. The last lines say
# what passed, what failed and what could not run here. Under CI=true nothing may be left out. Runs on bash 3.2 (macOS).
cd "$(dirname "$0")/.." || exit 1

passed=0; failed=''; left_out=''

title() { printf '\n── %s ──\n' "$1"; }

check() { # check NAME COMMAND...: runs one check and remembers how it went
  local name=$1 from=$SECONDS; shift
  title "$name"
  if "$@"; then
    passed=$((passed + 1))
    printf '%s: passed in %d s\n' "$name" $((SECONDS - from))
  else
    failed="$failed
  $name: failed (run again with: $*)"
    printf '%s: FAILED\n' "$name"
    return 1
  fi
}

leave_out() { # leave_out NAME REASON
  left_out="$left_out
  $1: left out; $2"
}

native='--locked --no-default-features'
wasm='--locked --target wasm32-unknown-unknown'

check 'format' cargo fmt --check
check 'clippy, native' cargo clippy $native --all-targets -- -D warnings
check 'clippy, browser' cargo clippy $wasm --lib --bins --test wasm -- -D warnings
check 'clippy, second opinion' cargo clippy $wasm --no-default-features --features opinion --bin opinion -- -D warnings
check 'native tests' cargo test $native --quiet --no-fail-fast --lib --tests
check 'doctests' cargo test $native --quiet --doc
check 'schemas of the types' cargo test $native --features schema --quiet --test schema
check 'schemas, Node' node --test --test-reporter=spec tests/schema/*.test.mjs
check 'Python tests, second evaluator' python3 -m unittest discover -s tests/oracle -t tests/oracle
if ls tools/test_*.py >/dev/null 2>&1; then
  check 'Python tests' python3 -m unittest discover -s tools -t tools
fi

check 'release build' make --no-print-directory dist
built=$?
if [ $built -eq 0 ]; then
  check 'module, Node' node --test --test-reporter=spec tests/module/*.test.mjs
else
  leave_out 'module, Node' 'the release build failed'
fi

if browser=$(node tools/browser.mjs --install); then
  export CHROME=$browser CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER='node tools/wasm-runner.mjs'
  check 'wasm tests' cargo test $wasm --no-default-features --test wasm
  if [ $built -eq 0 ]; then
    check 'browser tests' node --test --test-reporter=spec --test-concurrency=1 tests/browser/*.test.mjs
  else
    leave_out 'browser tests' 'the release build failed'
  fi
else
  leave_out 'wasm tests' "$browser"
  leave_out 'browser tests' "$browser"
fi

title 'in all'
printf '%s%s\n' "$failed" "$left_out" | sed '/^$/d'
count() { printf '%s' "$1" | grep -c ':'; }
printf '%d passed, %d failed, %d left out\n' "$passed" "$(count "$failed")" "$(count "$left_out")"
[ -z "$failed" ] || exit 1
[ -z "$left_out" ] || [ "${CI:-}" != true ]
