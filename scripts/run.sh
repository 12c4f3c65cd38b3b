#!/usr/bin/env bash
# make run: builds everything optimised (profile `serve` of Cargo.toml) and serves the demo. OTDELENIE_LISTEN changes the address.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

LISTEN="${OTDELENIE_LISTEN:-127.0.0.1:3000}"
need_rust
# Server and pages side by side: each ends in steps of one core only (linking, whole-program optimisation of a wasm).
say "server: building (cargo build --profile serve)"
cargo build --profile serve --locked --quiet -p server &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
scripts/page.sh
wait "$server" || die "the server did not build"
trap - EXIT
mkdir -p data
say "serving the demo on http://$LISTEN, data in ./data (Ctrl-C stops it)"
exec "$CARGO_TARGET_DIR/serve/server" serve --demo --listen "$LISTEN" --data-dir ./data --site-dir ./dist \
  --database-url sqlite:./data/otdelenie.db --public-url "http://$LISTEN"
