#!/usr/bin/env bash
# House rules no compiler knows: each is one search that must find nothing.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"
failed=0

# rule WHY COMMAND…: any line the command prints breaks the rule.
rule() {
  local why="$1" found; shift
  found="$("$@")"
  if [ -n "$found" ]; then
    printf 'FAILED  %s\n%s\n' "$why" "$(head -n 20 <<<"$found")"
    failed=1
  fi
}
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do if [ -f "$f" ]; then echo "$f"; fi; done; }
# Rust code as the program sees it: without comments and without the tests at the end of a file.
code() {
  files "$@" | xargs -r -d '\n' awk '
    FNR == 1 { tests = 0 }
    /^#\[cfg\(test\)\]/ { tests = 1 }
    !tests && !/^[[:space:]]*\/\// { sub(/[[:space:]]\/\/ .*/, ""); print FILENAME ":" FNR ":" $0 }'
}
# No match is what is hoped for, not an error.
matching() { LC_ALL=C.UTF-8 grep -P -- "$1" || [ $? -eq 1 ]; }

markup() { code 'app/*.rs' 'frontend/*.rs' | matching 'inner_html|insert_adjacent_html'; }
inline_styles() { code 'app/src/*.rs' 'frontend/*.rs' 'frontend/*.html' | matching '(?<![-_a-z.])style(=[^=]|:[a-z])|<style'; }
wording() { code 'app/src/*.rs' 'app/judge/src/*.rs' 'frontend/*.rs' ':!app/src/text*' ':!app/judge/src/text*' | matching '\p{Cyrillic}'; }
machine_paths() {
  files ':!scripts/house-rules.sh' | xargs -r -d '\n' grep -nHIE '/(root|work|home/[a-z]+)/|\.\./shared' || [ $? -lt 124 ]
}
registry_hosts() { matching '"resolved":' <end2end/package-lock.json; }
# Joined first: their size is looked at too.
looks() { sh style/build.sh && node style/check.mjs; }
long_files() { files '*.rs' '*.ts' '*.css' '*.sh' | xargs -r -d '\n' wc -l | awk '$2 != "total" && $1 > 400 { print $2 ": " $1 " lines" }'; }

rule 'text reaches a page as text nodes only (threat 19)' markup
rule 'styles live in style/: the content policy refuses inline ones (threat 20)' inline_styles
rule 'wording lives in app/src/text and app/judge/src/text' wording
rule 'the project knows no path of the machine it was written on' machine_paths
rule 'package-lock.json names no registry host (npm install --omit-lockfile-registry-resolved)' registry_hosts
rule 'colours keep their contrast in every theme, styles their size (style/check.mjs)' looks
rule 'a file has at most 400 lines' long_files
exit "$failed"
