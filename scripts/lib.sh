# shellcheck shell=bash
# What the scripts share: where things live, how to say what is being done, how to install what is missing.
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/otdelenie"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
mkdir -p "$CACHE" "$CARGO_TARGET_DIR"

say() { printf '%s\n' "── $*" >&2; }
die() { printf '%s\n' "error: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else die "need root for: $* (no sudo here)"; fi
}

# apt_install WHY PACKAGE…: installs through apt-get, refreshing its lists only when they do not know the packages.
apt_install() {
  local why="$1"; shift
  have apt-get || die "$why needs the packages $*, and this system has no apt-get: install them by hand"
  say "installing $* (apt-get): $why"
  local env=(env DEBIAN_FRONTEND=noninteractive)
  if ! as_root "${env[@]}" apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold "$@" >"$CACHE/apt.log" 2>&1; then
    as_root "${env[@]}" apt-get update -q >>"$CACHE/apt.log" 2>&1 || true
    as_root "${env[@]}" apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold "$@" >>"$CACHE/apt.log" 2>&1 \
      || { tail -n 20 "$CACHE/apt.log" >&2; die "apt-get could not install $*"; }
  fi
}

# digest PATH…: one hash over the names and contents of everything below the paths (paths that do not exist count as empty).
digest() {
  local path
  for path in "$@"; do
    if [ -e "$path" ]; then find "$path" -type f -not -path '*/target/*' -not -path '*/node_modules/*' -print0; fi
  done | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d' ' -f1
}
