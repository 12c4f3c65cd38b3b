#!/usr/bin/env bash
# make test: installs what is missing, runs every check and test, and closes with one line: N passed, N failed, N skipped.
# A check that gives only yes or no (formatting, lints, a build) counts as one.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"
export CARGO_TERM_COLOR=never

LOGS="$CACHE/test-logs"; mkdir -p "$LOGS"
passed=0 failed=0 skipped=0 finished=0 started_postgres=0
table=()

finish() {
  local status=$?
  if [ "$started_postgres" = 1 ]; then scripts/postgres.sh stop || true; fi
  # Left before the end (a tool could not be installed, Ctrl-C): that is a failure too.
  if [ "$finished" = 0 ]; then failed=$((failed + 1)); fi
  if [ ${#table[@]} -gt 0 ]; then printf '\n'; printf '%s\n' "${table[@]}"; fi
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  if [ "$failed" -gt 0 ] || [ "$status" -ne 0 ]; then exit 1; fi
}
trap finish EXIT

# Counters read a stage's log and exit status and print: passed failed skipped.
count_one() { if [ "$2" = 0 ]; then echo 1 0 0; else echo 0 1 0; fi; }
count_cargo() {
  awk -v status="$2" '
    /^test result: / {
      for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed/) p += $(i - 1)
        if ($i ~ /^failed/) f += $(i - 1)
        if ($i ~ /^ignored/) s += $(i - 1)
      }
    }
    # Failed without a failed test: it did not compile, or it crashed.
    END { if (status != 0 && f == 0) f = 1; print p + 0, f + 0, s + 0 }' "$1"
}
count_playwright() {
  node -e '
    const { existsSync, readFileSync } = require("node:fs");
    const [file, status] = process.argv.slice(1);
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).stats : {};
    const failed = unexpected + flaky;
    console.log(expected, status !== "0" && failed === 0 ? 1 : failed, skipped);' "$LOGS/playwright.json" "$2"
}

# stage NAME COUNTER COMMAND…: runs it, shows and keeps its output, adds to the sums; answers whether it succeeded.
stage() {
  local name="$1" counter="$2" log status=0 begun=$SECONDS counts; shift 2
  log="$LOGS/${name// /-}.log"
  say "$name"
  "$@" 2>&1 | tee "$log" || status=${PIPESTATUS[0]}
  read -ra counts <<<"$("$counter" "$log" "$status")"
  passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  table+=("$(printf '%-16s %5d passed %4d failed %4d skipped %5d s' "$name" "${counts[@]}" $((SECONDS - begun)))")
  return "$status"
}
# Without what it needs a stage cannot say anything; it is not run, and counts as skipped.
without() { skipped=$((skipped + 1)); table+=("$(printf '%-16s not run: %s' "$1" "$2")"); }

wasm_tests() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner \
    cargo test --locked -p domain --target wasm32-unknown-unknown --lib --tests --no-fail-fast
}
browser_tests() {
  rm -f "$LOGS/playwright.json"
  (cd end2end && OTDELENIE_SERVER_BIN="$CARGO_TARGET_DIR/debug/server" PLAYWRIGHT_JSON_OUTPUT_FILE="$LOGS/playwright.json" \
    node_modules/.bin/playwright test --reporter=list,json)
}

begun=$SECONDS
need_rust; need_rust_components; need_wasm_target; need_node_modules; need_wasm_bindgen; need_trunk; need_chromium; need_java; need_pdftotext
if ! scripts/postgres.sh status; then started_postgres=1; fi
OTDELENIE_TEST_POSTGRES="$(scripts/postgres.sh start)"
export OTDELENIE_TEST_POSTGRES
say "tools are ready ($((SECONDS - begun)) s); PostgreSQL: $OTDELENIE_TEST_POSTGRES"

stage "format" count_one scripts/lint.sh format || true
stage "house rules" count_one scripts/lint.sh house_rules || true
stage "typescript" count_one scripts/lint.sh typescript || true
stage "clippy" count_one scripts/lint.sh clippy_native || true
stage "clippy wasm" count_one scripts/lint.sh clippy_wasm || true

built=0
# All targets in one build: the tests and the server of the browser tests then share every dependency.
if stage "build" count_one cargo build --locked --workspace --exclude frontend --exclude desk --all-targets; then
  built=1
  stage "cargo test" count_cargo cargo test --locked --workspace --exclude frontend --exclude desk --no-fail-fast || true
else
  without "cargo test" "the build failed"
fi
stage "wasm test" count_cargo wasm_tests || true
if stage "pages" count_one scripts/page.sh && [ "$built" = 1 ]; then
  stage "browser test" count_playwright browser_tests || true
else
  without "browser test" "the pages or the server did not build"
fi
finished=1
