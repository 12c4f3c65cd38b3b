#!/usr/bin/env bash
# make e2e: the browser tests alone, on the pages and the development build of the server.
# Arguments go to Playwright: scripts/e2e.sh --project=phone registration
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

scripts/page.sh
need_chromium
need_java
need_pdftotext
cargo build --locked --workspace --exclude frontend --exclude desk --all-targets
cd end2end
exec env OTDELENIE_SERVER_BIN="${OTDELENIE_SERVER_BIN:-$CARGO_TARGET_DIR/debug/server}" node_modules/.bin/playwright test "$@"
