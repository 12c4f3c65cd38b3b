// Whose code the wasm is: by crate and by function, from the linker's output with its names.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteDir } from '../lib/house.mjs';
import { anatomy } from '../lib/wasm.mjs';

const LARGEST = 15;

export async function size({ say }) {
  const linked = join(process.env.CARGO_TARGET_DIR ?? 'target', 'wasm32-unknown-unknown', 'wasm-release');
  const rows = [];
  for (const name of existsSync(linked) ? readdirSync(linked).filter((file) => file.endsWith('.wasm')) : []) {
    const found = anatomy(join(linked, name));
    if (!found) {
      say(`${name} has no names`);
      continue;
    }
    const shipped = readdirSync(siteDir).filter((file) => file.startsWith(name.replace('.wasm', '-')) && file.endsWith('_bg.wasm'));
    const now = shipped.reduce((sum, file) => sum + readFileSync(join(siteDir, file)).length, 0);
    const share = (bytes) => `${((100 * bytes) / found.total).toFixed(1)} %`;
    const section = (what) => `${name} by ${what}, as linked: ${(found.total / 1000).toFixed(0)} KB of code, ${(now / 1000).toFixed(0)} KB shipped in all`;
    for (const [what, list] of [['crate', found.crates], ['function', found.functions]]) {
      for (const { name: whose, bytes, copies } of list.slice(0, LARGEST)) {
        const note = what === 'function' && copies > 1 ? `${share(bytes)}, ${copies} copies` : share(bytes);
        rows.push({ id: `size.${name}.${whose}`, section: section(what), beside: '', name: whose.slice(0, 110), unit: 'KB', value: bytes, note });
      }
    }
  }
  if (!rows.length) say(`no linked wasm in ${linked}: build the pages first`);
  return rows;
}
