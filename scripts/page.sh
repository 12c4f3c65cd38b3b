#!/usr/bin/env bash
# Builds the browser's half into ./dist, the staff desk into ./dist/desk: wasm, styles, icons, each with its brotli copy. Does nothing when nothing changed.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

need_rust
need_wasm_target
need_node_modules
need_wasm_bindgen
need_trunk

STAMP=.tools/page.stamp
# The joined styles are among what is compared, so they are made first (Trunk would make them in the middle of its build).
sh style/build.sh
WANTED="$(digest .cargo app frontend style NOTICE LICENSES Cargo.toml Cargo.lock Trunk.toml end2end/package-lock.json scripts/brotli.mjs scripts/page.sh scripts/wasm) $(rustc --version) trunk $TRUNK_VERSION"
if [ -e dist/index.html ] && [ "$(cat "$STAMP" 2>/dev/null)" = "$WANTED" ] && ! [ dist/index.html -nt "$STAMP" ]; then
  say "pages: unchanged since the last build"
  exit 0
fi
say "pages: building wasm and styles (trunk build --release)"
# wasm-opt comes from npm (the one Debian packs is too old for this rustc's output), by way of our own cut.
export PATH="$ROOT/scripts/wasm:$PATH"
trunk --quiet build --release
# The staff's target after the citizens': Trunk empties the folder it builds into.
trunk --quiet --config frontend/staff/Trunk.toml build --release
# Trunk's targets share one folder of wasm-bindgen's, so each may be given the scripts of another: only what it imports
# stays, and is preloaded.
find dist -path '*/snippets/*' -name '*.js' | while read -r script; do
  grep -qs "${script#"${script%%/snippets/*}/"}" "${script%%/snippets/*}"/*.js && continue
  rm "$script"
  sed -i "s#<link rel=\"modulepreload\"[^>]* href=\"${script#dist}\"[^>]*>##" dist/index.html dist/desk/index.html
done
find dist -path '*/snippets*' -type d -empty -delete
# The decoder of HEIC, as its authors publish it, with its licence: no part of our wasm, loaded only when a phone's photo needs it.
mkdir -p dist/bench/heic
for file in libheif.js libheif.wasm LICENSE; do cp "$NODE_TOOLS/libheif-js/libheif-wasm/$file" dist/bench/heic/; done
mv dist/bench/heic/LICENSE dist/bench/heic/LICENSE.txt
# Where its source is stands beside it (LGPL 3.0, section 4; GPL 3.0, section 6 d), and whose work else is in the build beside that.
cat >dist/bench/heic/README.txt <<EOF
libheif.js and libheif.wasm are libheif with libde265, unchanged, as the npm package libheif-js $(node -p "require('$NODE_TOOLS/libheif-js/package.json').version") publishes them.
Licence: GNU Lesser General Public License 3.0 (LICENSE.txt).
Source, and how to build it:
  https://github.com/strukturag/libheif
  https://github.com/strukturag/libde265
  https://github.com/catdad-experiments/libheif-emscripten (how the two become these files)
  https://github.com/catdad-experiments/libheif-js (the package)
The files may be replaced by any build with the same interface.
EOF
cp NOTICE dist/NOTICE.txt
cp -R LICENSES dist/
node scripts/brotli.mjs dist
mkdir -p .tools
echo "$WANTED" >"$STAMP"
