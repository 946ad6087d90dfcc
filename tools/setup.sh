#!/usr/bin/env bash
# Finds or installs what the build needs and links it into target/tools: the wasm32 target, Trunk, wasm-bindgen-cli. What is on
# the PATH at the right version is taken as it is; the rest is built once per user, for all clones, into a cache folder.
# Quick when there is nothing to do. Runs on bash 3.2 (macOS).
set -eu
cd "$(dirname "$0")/.."

trunk_version=$(sed -n 's/^trunk-version = "=\(.*\)"/\1/p' Trunk.toml)
bindgen_version=$(sed -n 's/^wasm-bindgen = .*"=\([0-9.]*\)".*/\1/p' Cargo.toml)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/foretoken/tools
links=target/tools

say() { printf '%s\n' "$*" >&2; }

command -v cargo >/dev/null || { say "cargo is missing: install Rust from https://rustup.rs"; exit 1; }
command -v node >/dev/null || { say "node is missing: install Node.js 20 or newer"; exit 1; }

if [ ! -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ]; then
  say "Adding the wasm32 target"
  rustup target add wasm32-unknown-unknown
fi

fits() { # fits PROGRAM VERSION: does it run, and say that version?
  [ -x "$1" ] && "$1" --version 2>/dev/null | grep -qwF "$2"
}

# link NAME VERSION PACKAGE [cargo install options]: points target/tools/NAME at a program of that version.
link() {
  name=$1; version=$2; package=$3; shift 3
  if fits "$links/$name" "$version"; then return; fi
  found=$(command -v "$name" || true)
  if ! fits "${found:-/nonexistent}" "$version"; then
    found=$cache/$package-$version/bin/$name
    [ -x "$found" ] || found=$cache/bin/$name
  fi
  if ! fits "$found" "$version"; then
    say "Installing $package $version into $cache (once per user; minutes)"
    cargo install --locked --root "$cache/$package-$version" "$package" --version "$version" "$@"
    found=$cache/$package-$version/bin/$name
  fi
  mkdir -p "$links"
  ln -sf "$found" "$links/$name"
}

# Trunk runs for a second a build: compile it quickly rather than well.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
link trunk "$trunk_version" trunk --no-default-features --features rustls
unset CARGO_PROFILE_RELEASE_LTO CARGO_PROFILE_RELEASE_OPT_LEVEL CARGO_PROFILE_RELEASE_CODEGEN_UNITS
link wasm-bindgen "$bindgen_version" wasm-bindgen-cli
link wasm-bindgen-test-runner "$bindgen_version" wasm-bindgen-cli
