#!/usr/bin/env bash
# make run: builds everything in release and serves the demo. OTDELENIE_LISTEN changes the address.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

LISTEN="${OTDELENIE_LISTEN:-127.0.0.1:3000}"
scripts/page.sh
need_rust
say "server: building (cargo build --profile serve)"
cargo build --profile serve --locked -p server
mkdir -p data
say "serving the demo on http://$LISTEN, data in ./data (Ctrl-C stops it)"
exec "$CARGO_TARGET_DIR/serve/server" serve --demo --listen "$LISTEN" --data-dir ./data --site-dir ./dist \
  --database-url sqlite:./data/otdelenie.db --public-url "http://$LISTEN"
