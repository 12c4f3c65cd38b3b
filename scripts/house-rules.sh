#!/usr/bin/env bash
# House rules no compiler knows: each is one search that must find nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
failed=0

# rule WHY: reads findings on stdin; any line breaks the rule.
rule() {
  local found; found="$(cat)"
  if [ -n "$found" ]; then
    printf 'FAILED  %s\n%s\n' "$1" "$(printf '%s\n' "$found" | head -n 20)"
    failed=1
  fi
}
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do if [ -f "$f" ]; then echo "$f"; fi; done; }
search() { local pattern="$1"; shift; files "$@" | xargs -r -d '\n' grep -nHE -- "$pattern" || true; }
# Rust code as the program sees it: without comments and without the tests at the end of a file.
code() {
  files "$@" | xargs -r -d '\n' awk '
    FNR == 1 { tests = 0 }
    /^#\[cfg\(test\)\]/ { tests = 1 }
    !tests && !/^[[:space:]]*\/\// { sub(/[[:space:]]\/\/ .*/, ""); print FILENAME ":" FNR ":" $0 }'
}

search 'inner_html|set_inner_html|insert_adjacent_html' 'app/*.rs' 'frontend/*.rs' \
  | rule 'text reaches a page as text nodes only (threat 19)'
code 'app/src/*.rs' 'frontend/*.html' | { grep -E '[^_a-z.-]style(=[^=]|:[a-z])|<style' || true; } \
  | rule 'styles live in style/: the content policy refuses inline ones (threat 20)'
code 'app/src/*.rs' ':!app/src/text*' | { LC_ALL=C.UTF-8 grep -P '\p{Cyrillic}' || true; } \
  | rule 'wording lives in app/src/text'
search '/(root|work|home/[a-z]+)/|\.\./shared' ':!scripts/house-rules.sh' ':!*.lock' ':!*.gz' ':!*.tsv' ':!*.csv' ':!*.json' ':!*.jsonl' \
  | rule 'the project knows no path of the machine it was written on'
search '"resolved":' end2end/package-lock.json \
  | rule 'package-lock.json names no registry host (npm install --omit-lockfile-registry-resolved)'
files '*.rs' '*.ts' '*.css' '*.sh' | xargs -r -d '\n' wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines" }' \
  | rule 'a file has at most 400 lines'
exit "$failed"
