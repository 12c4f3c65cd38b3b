#!/bin/sh
# Makes golos-1.woff2 from the npm package. Raise the number, wherever `git grep golos-` finds it, when the content
# changes: the file is served as immutable. Needs npm and Python 3.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q fonttools==4.68.0 brotli==1.2.1
(cd "$work" && npm pack --silent @fontsource-variable/golos-text@5.3.0 >/dev/null && tar xzf ./*.tgz)
"$work/venv/bin/python" subset.py "$work/package/files" golos-1.woff2
cp "$work/package/LICENSE" OFL.txt
