#!/usr/bin/env bash
# make run: builds everything optimised (profile `serve` of Cargo.toml) and serves the demo. OTDELENIE_LISTEN changes the address.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

LISTEN="${OTDELENIE_LISTEN:-127.0.0.1:3000}"
need_rust
# Server and pages side by side: each ends in steps of one core only (linking, whole-program optimisation of a wasm).
# Each in a process group of its own, so that Ctrl-C or a failure of either ends all that the other has started.
set -m
say "server: building (cargo build --profile serve)"
cargo build --profile serve --locked --quiet -p server &
server=$!
scripts/page.sh &
pages=$!
trap 'kill -- "-$server" "-$pages" 2>/dev/null || true' EXIT
wait -n || die "the build failed"
wait -n || die "the build failed"
trap - EXIT
set +m
mkdir -p data
say "serving the demo on http://$LISTEN, data in ./data (Ctrl-C stops it)"
exec "$CARGO_TARGET_DIR/serve/server" serve --demo --listen "$LISTEN" --data-dir ./data --site-dir ./dist \
  --database-url sqlite:./data/otdelenie.db --public-url "http://$LISTEN"
