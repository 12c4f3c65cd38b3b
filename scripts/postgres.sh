#!/usr/bin/env bash
# A PostgreSQL of our own for the tests: own port, own data folder, loopback only, never the system's cluster.
#   scripts/postgres.sh start   installs it if missing, starts it, prints the URL of the test database
#   scripts/postgres.sh url     prints the URL
#   scripts/postgres.sh status  answers by its exit status whether it runs
#   scripts/postgres.sh stop    stops it (the data stays)
# OTDELENIE_PG_PORT and OTDELENIE_PG_DIR change the port (54329) and the folder.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PORT="${OTDELENIE_PG_PORT:-54329}"
DIR="${OTDELENIE_PG_DIR:-${TMPDIR:-/tmp}/otdelenie-pg-$(id -u)}"
DATABASE=otdelenie_test
URL="postgres://postgres@127.0.0.1:$PORT/$DATABASE"

# The newest server programs on this machine; Debian keeps them off PATH.
find_bin() {
  local found
  found="$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)"
  if [ -z "$found" ] && have initdb; then found="$(readlink -f "$(command -v initdb)")"; fi
  if [ -n "$found" ]; then dirname "$found"; fi
}

# PostgreSQL refuses to run as root, so root hands over to the package's own account.
as_pg() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

ready() { as_pg "$BIN/pg_isready" -q -h 127.0.0.1 -p "$PORT"; }
sql() { as_pg "$BIN/psql" -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PORT" -U postgres "$@"; }

install() {
  BIN="$(find_bin)"
  if [ -n "$BIN" ]; then return; fi
  # Debian's package would start a cluster of its own on 5432; nobody asked for one.
  if have apt-get && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  apt_install "the storage tests run on PostgreSQL too" postgresql
  BIN="$(find_bin)"
  [ -n "$BIN" ] || die "PostgreSQL was installed, but its programs are not in /usr/lib/postgresql"
}

start() {
  # Two starts at once (two test runs) must not both create the data folder; the server itself must not inherit the lock.
  exec 9>"$CACHE/postgres.lock"
  flock 9
  install
  if [ ! -s "$DIR/data/PG_VERSION" ]; then
    say "creating a PostgreSQL data folder in $DIR"
    mkdir -p "$DIR"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$DIR"; fi
    as_pg "$BIN/initdb" -D "$DIR/data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$CACHE/initdb.log" \
      || { cat "$CACHE/initdb.log" >&2; die "initdb failed"; }
  fi
  if ! ready; then
    # 200 connections: the tests run in parallel, each with a pool of its own. fsync stays on: durability is what is tested.
    as_pg "$BIN/pg_ctl" -D "$DIR/data" -l "$DIR/server.log" -w -t 60 -s start \
      -o "-p $PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200 -c fsync=on" 9>&- \
      || { as_pg tail -n 20 "$DIR/server.log" >&2; die "PostgreSQL did not start on port $PORT"; }
  fi
  [ "$(sql -d postgres -c "SELECT 1 FROM pg_database WHERE datname = '$DATABASE'")" = 1 ] \
    || sql -d postgres -c "CREATE DATABASE $DATABASE"
  echo "$URL"
}

stop() {
  BIN="$(find_bin)"
  if [ -n "$BIN" ] && as_pg "$BIN/pg_ctl" -D "$DIR/data" status >/dev/null 2>&1; then
    as_pg "$BIN/pg_ctl" -D "$DIR/data" -m fast -w -s stop
  fi
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  url) echo "$URL" ;;
  status) BIN="$(find_bin)"; [ -n "$BIN" ] && ready ;;
  *) die "usage: scripts/postgres.sh start|status|stop|url" ;;
esac
