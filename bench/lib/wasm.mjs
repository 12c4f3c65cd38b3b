// Reads a wasm file as the linker left it, with its names: how many bytes of code each crate and each function has.
import { readFileSync } from 'node:fs';
import { read } from '../../scripts/wasm/module.mjs';

const SIGNS = { LT: '<', GT: '>', RF: '&', BP: '*', C: ',', LP: '(', RP: ')', SP: '@', u20: ' ', u27: "'", u3b: ';', u5b: '[', u5d: ']', u7b: '{', u7d: '}', u7e: '~' };

/** `_ZN3app2ui4form9form_view17h…E` is `app::ui::form::form_view`; other names stay as they are. */
function readable(mangled) {
  if (!mangled.startsWith('_ZN')) return mangled;
  const parts = [];
  for (let rest = mangled.slice(3), digits; (digits = /^\d+/.exec(rest)?.[0]); ) {
    parts.push(rest.slice(digits.length, digits.length + Number(digits)));
    rest = rest.slice(digits.length + Number(digits));
  }
  if (/^h[0-9a-f]{16}$/.test(parts.at(-1))) parts.pop();
  return parts.map((part) => part.replace(/^_\$/, '$').replace(/\$(\w+)\$/g, (all, sign) => SIGNS[sign] ?? all).replaceAll('..', '::')).join('::');
}

/** Whose code it is: `<app::Form as …>::fmt` is app's; of anything (`<T as tachys::…>`) it is the trait's. */
function crateOf(name) {
  const own = /^<?[&*(\[<]*(?:mut |dyn |const )*([a-z_]\w*)::/.exec(name) ?? / as ([a-z_]\w*)::/.exec(name);
  return own ? own[1] : 'other';
}

/** Sizes by crate and by function (all copies of a generic one together), largest first; `null` when the file has no names. */
export function anatomy(path) {
  const wasm = read(readFileSync(path));
  if (!wasm.named) return null;
  const crates = new Map(), functions = new Map();
  let total = 0;
  for (const one of wasm.functions) {
    const name = readable(one.name);
    // Descriptions for wasm-bindgen, which it takes out again.
    if (/__wbindgen_describe|wasm_bindgen::describe|::describe$/.test(name)) continue;
    const { length } = one.code;
    total += length;
    for (const [sizes, key] of [[crates, crateOf(name)], [functions, name]]) {
      const known = sizes.get(key) ?? { name: key, bytes: 0, copies: 0 };
      sizes.set(key, { name: key, bytes: known.bytes + length, copies: known.copies + 1 });
    }
  }
  const largest = (sizes) => [...sizes.values()].sort((a, b) => b.bytes - a.bytes);
  return { total, crates: largest(crates), functions: largest(functions) };
}
