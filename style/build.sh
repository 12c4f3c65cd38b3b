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
# What a page with a form looks like comes inside it on a first visit, the rest of the styles after it. The order is that of
# the whole, so that both ways end alike.
parts() { for name in "$@"; do echo "ui/$name.css"; done; }
first="tokens.css base.css layout.css $(parts badge button card choice field footer header notice)"
rest="$(parts details dialog search stamp steps table track) features/*.css print.css"
# Unquoted: lists of names.
join ../frontend/generated.css layers.css typeface.css $first $rest
join ../frontend/first.css layers.css $first
join ../frontend/rest.css layers.css $rest
for sheet in ui/*.css; do
  case " $(echo $first $rest) " in *" $sheet "*) ;; *) echo "style/build.sh: $sheet is in neither list" >&2; exit 1 ;; esac
done
# The staff desk loads this one beside it; citizens do not.
join ../frontend/staff/staff.css staff/*.css
