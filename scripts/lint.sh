#!/usr/bin/env bash
# make lint: everything that judges the text of the code without running it, one step at a time by name or all of them.
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$ROOT"

format() { cargo fmt --all --check; }
clippy_native() { cargo clippy --locked --workspace --exclude frontend --exclude desk --all-targets -- -D warnings; }
clippy_wasm() { cargo clippy --locked -p frontend -p desk --target wasm32-unknown-unknown -- -D warnings; }
typescript() { (cd end2end && node_modules/.bin/tsc --noEmit); }
house_rules() { scripts/house-rules.sh; }

if [ $# -gt 0 ]; then "$1"; exit; fi
need_rust; need_rust_components; need_wasm_target; need_node_modules
failed=0
for step in format house_rules typescript clippy_native clippy_wasm; do
  say "$step"
  "$step" || { say "$step failed"; failed=1; }
done
exit "$failed"
