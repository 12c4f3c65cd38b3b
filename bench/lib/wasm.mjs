// Reads a wasm file as the linker left it, with its names: how many bytes of code each crate and each function has.
import { readFileSync } from 'node:fs';

const NAMES = 0, IMPORTS = 2, CODE = 10;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  take(length) {
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }
  text() {
    return Buffer.from(this.take(this.number())).toString('utf8');
  }
}

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

const importsOf = (bytes) => {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    const kind = reader.take(1)[0];
    if (kind === 0) {
      functions += 1;
      reader.number();
    } else if (kind === 3) reader.take(2);
    else {
      if (kind === 1) reader.take(1);
      const limits = reader.number();
      reader.number();
      if (limits & 1) reader.number();
    }
  }
  return functions;
};

function functionNames(bytes) {
  const reader = new Reader(bytes);
  const names = new Map();
  while (reader.at < bytes.length) {
    const kind = reader.take(1)[0];
    const part = new Reader(reader.take(reader.number()));
    if (kind !== 1) continue;
    for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.text());
  }
  return names;
}

/** Sizes by crate and by function (all copies of a generic one together), largest first; `null` when the file has no names. */
export function anatomy(path) {
  const reader = new Reader(readFileSync(path));
  reader.at = 8;
  let imported = 0, names, code;
  while (reader.at < reader.bytes.length) {
    const id = reader.take(1)[0];
    const body = reader.take(reader.number());
    if (id === IMPORTS) imported = importsOf(body);
    if (id === CODE) code = body;
    if (id === NAMES) {
      const part = new Reader(body);
      if (part.text() === 'name') names = functionNames(body.subarray(part.at));
    }
  }
  if (!names || !code) return null;
  const part = new Reader(code);
  const crates = new Map(), functions = new Map();
  let total = 0;
  for (let index = imported, left = part.number(); left > 0; left -= 1, index += 1) {
    const { length } = part.take(part.number());
    const name = readable(names.get(index) ?? '');
    // Descriptions for wasm-bindgen, which it takes out again.
    if (/__wbindgen_describe|wasm_bindgen::describe|::describe$/.test(name)) continue;
    total += length;
    for (const [sizes, key] of [[crates, crateOf(name)], [functions, name]]) {
      const known = sizes.get(key) ?? { name: key, bytes: 0, copies: 0 };
      sizes.set(key, { name: key, bytes: known.bytes + length, copies: known.copies + 1 });
    }
  }
  const largest = (sizes) => [...sizes.values()].sort((a, b) => b.bytes - a.bytes);
  return { total, crates: largest(crates), functions: largest(functions) };
}
