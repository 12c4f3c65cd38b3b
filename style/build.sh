#!/bin/sh
# Joins the style sheets in layer order into one file for Trunk: one request instead of twenty.
# Comments and indentation go; everything else is left as written, so no minifier can change its meaning.
set -eu
cd "$(dirname "$0")"

# join OUT FILES…
join() {
  out=$1; shift
  cat "$@" |
  awk '{ sub(/^[ \t]+/, ""); text = text $0 "\n" }
    END {
      while ((start = index(text, "/*")) > 0) {
        rest = substr(text, start + 2)
        text = substr(text, 1, start - 1) substr(rest, index(rest, "*/") + 2)
      }
      gsub(/\n+/, "\n", text)
      printf "%s", text
    }' >"$out.new"
  # Left alone when nothing changed, or `trunk watch` would wake itself for ever.
  if cmp -s "$out.new" "$out"; then rm "$out.new"; else mv "$out.new" "$out"; fi
}
join ../frontend/generated.css layers.css tokens.css base.css layout.css ui/*.css features/*.css print.css
# The staff desk loads this one beside it; citizens do not.
join ../frontend/staff/staff.css staff/*.css
