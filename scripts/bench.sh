#!/usr/bin/env bash
# make bench: builds what `make run` serves, measures it against a plain page and bare transactions, prints one table and writes
# bench/last.json.
#   make bench ARGS="bytes size paint start pages submit desk"   chooses steps (all of these by default)
#   make bench ARGS=hour        memory over an hour of load; OTDELENIE_BENCH_MINUTES=60
#   OTDELENIE_BENCH_MILLION=1   the step desk with a million applications too (some minutes more)
#   OTDELENIE_BENCH_RUNS=5      runs of each page; OTDELENIE_BENCH_DIR=/tmp  where databases are made: the disk that is measured
#   OTDELENIE_SERVER_BIN, OTDELENIE_LOAD_BIN, OTDELENIE_SITE_DIR  use what is built already
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"
# `make bench ARGS=…` hands them over in the environment.
read -ra steps <<<"$* ${ARGS:-}"

started_postgres=0
finish() { if [ "$started_postgres" = 1 ]; then scripts/postgres.sh stop || true; fi; }
trap finish EXIT

need_node_modules
need_chromium
if [ -z "${OTDELENIE_SITE_DIR:-}" ]; then scripts/page.sh; fi
export OTDELENIE_SITE_DIR="${OTDELENIE_SITE_DIR:-$ROOT/dist}"
if [ -z "${OTDELENIE_SERVER_BIN:-}" ] || [ -z "${OTDELENIE_LOAD_BIN:-}" ]; then
  need_rust
  say "server and load: building (cargo build --profile serve)"
  cargo build --profile serve --locked -p server --bin server --example load
fi
export OTDELENIE_SERVER_BIN="${OTDELENIE_SERVER_BIN:-$CARGO_TARGET_DIR/serve/server}"
export OTDELENIE_LOAD_BIN="${OTDELENIE_LOAD_BIN:-$CARGO_TARGET_DIR/serve/examples/load}"
if [ ${#steps[@]} -eq 0 ] || [[ " ${steps[*]} " =~ \ (submit|desk)\  ]]; then
  if ! scripts/postgres.sh status; then started_postgres=1; fi
  OTDELENIE_TEST_POSTGRES="$(scripts/postgres.sh start)"
  export OTDELENIE_TEST_POSTGRES
fi
node bench/run.mjs "${steps[@]}"
