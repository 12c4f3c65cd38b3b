# shellcheck shell=bash
# The tools a build needs, each found or installed. A tool on PATH in the right version is used as it is;
# what we install goes to our own cache, so nobody's other version is replaced.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

TRUNK_VERSION=0.21.14 # every 0.22 asks for a newer rustc than ours
NODE_TOOLS="$ROOT/end2end/node_modules"
export PATH="$CACHE/tools/bin:$PATH"

locked_version() { awk -v name="\"$1\"" '$1 == "name" && $3 == name { getline; gsub(/"/, "", $3); print $3; exit }' "$ROOT/Cargo.lock"; }
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

need_rust() {
  have cc || die "a C compiler is needed (Debian: apt-get install build-essential)"
  have cargo || die "Rust is needed: https://rustup.rs"
  local wanted found
  wanted="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml")"
  found="$(cd "$ROOT" && rustc --version 2>/dev/null | cut -d' ' -f2 || true)"
  if [ -z "$found" ] || ! at_least "$wanted" "$found"; then
    have rustup || die "rustc $wanted or newer is needed (found: ${found:-none})"
    say "installing Rust $wanted: the code needs it (found: ${found:-none})"
    rustup toolchain install "$wanted" --profile minimal --component clippy,rustfmt
    export RUSTUP_TOOLCHAIN="$wanted"
  fi
}

need_rust_components() {
  have rustup || return 0
  local component
  for component in clippy rustfmt; do
    if ! rustup component list --installed | grep -q "^$component"; then
      say "installing $component: formatting and lints are part of the tests"
      rustup component add "$component"
    fi
  done
}

need_wasm_target() {
  if [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then return; fi
  say "installing the Rust target wasm32-unknown-unknown: the pages run in the browser"
  rustup target add wasm32-unknown-unknown
}

# cargo_tool WHY NAME ARGUMENTS…
cargo_tool() {
  local why="$1" name="$2"; shift 2
  say "installing $name (cargo install, a few minutes, once): $why"
  # A build folder of its own, so that the tool neither fills nor disturbs the project's.
  CARGO_TARGET_DIR="$CACHE/tools-build" cargo install "$name" --root "$CACHE/tools" --force --quiet "$@"
  rm -rf "$CACHE/tools-build"
}

need_wasm_bindgen() {
  local wanted; wanted="$(locked_version wasm-bindgen)"
  if have wasm-bindgen-test-runner && [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $wanted" ]; then return; fi
  # Not --locked: the lock file shipped with this version names a crate that was withdrawn.
  # Optimised a little: it works for some seconds in each build, and would take minutes to build in full.
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 cargo_tool "makes the wasm loadable, in the version Cargo.lock names" wasm-bindgen-cli --version "$wanted"
}

need_trunk() {
  if [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK_VERSION" ]; then return; fi
  # Unoptimised: built in half the time, and it spends its life waiting for other programs. Without its features: they are
  # for fetching tools, which we give it.
  CARGO_PROFILE_DEV_DEBUG=0 cargo_tool "builds the pages' wasm, styles and icons" trunk --version "$TRUNK_VERSION" --locked --debug --no-default-features
}

need_node() {
  have node && have npm || die "Node.js 20 or newer is needed"
  at_least v20 "$(node --version)" || die "Node.js 20 or newer is needed (found $(node --version))"
}

# npm packages of end2end, installed again only when the lock file changed.
need_node_modules() {
  need_node
  local stamp="$NODE_TOOLS/.installed" wanted
  wanted="$(sha256sum <"$ROOT/end2end/package-lock.json")"
  if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
    say "installing the npm packages of end2end: wasm-opt, the browser driver, the accessibility and HTML checkers"
    # No install scripts: they would download a browser and a Java we take from the system.
    (cd "$ROOT/end2end" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    echo "$wanted" >"$stamp"
  fi
}

need_chromium() {
  CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}"
  if [ -z "$CHROMIUM" ]; then
    apt_install "the browser tests run in it" chromium
    CHROMIUM="$(command -v chromium)"
  fi
  # Until ours is there the pages stand in a font that people have.
  if ! have fc-list || [ -z "$(fc-list 'Liberation Sans')" ]; then
    apt_install "the browser's Arial" fontconfig fonts-liberation
  fi
  export CHROMIUM
}

need_java() {
  if have java; then return; fi
  apt_install "the HTML checker (vnu) is a Java program" default-jre-headless
}

need_pdftotext() {
  if have pdftotext; then return; fi
  apt_install "the browser tests read the receipt with it" poppler-utils
}
