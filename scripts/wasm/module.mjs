// A wasm file in its parts, with the names of its functions: for the size report and for what is left out of it.
// The format: https://webassembly.github.io/spec/core/binary/

const CUSTOM = 0, IMPORTS = 2, CODE = 10, FUNCTION_NAMES = 1, HEADER = 8;

export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get more() {
    return this.at < this.bytes.length;
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
  block() {
    return this.take(this.number());
  }
  text() {
    return Buffer.from(this.block()).toString('utf8');
  }
}

function number(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) | 128);
  }
}

/** How many functions come from outside: they have the first numbers. */
function imported(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.block();
    reader.block();
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
}

function namesIn(bytes, names) {
  const reader = new Reader(bytes);
  if (reader.text() !== 'name') return;
  while (reader.more) {
    const kind = reader.take(1)[0];
    const part = new Reader(reader.block());
    if (kind !== FUNCTION_NAMES) continue;
    for (let left = part.number(); left > 0; left -= 1) names.set(part.number(), part.text());
  }
}

/** The file's sections in order, and its own functions: name (empty where there is none) and code. */
export function read(bytes) {
  const reader = new Reader(bytes);
  const sections = [], names = new Map(), functions = [];
  let first = 0;
  for (reader.at = HEADER; reader.more; ) {
    const id = reader.take(1)[0];
    const body = reader.block();
    sections.push({ id, body });
    if (id === IMPORTS) first = imported(body);
    if (id === CUSTOM) namesIn(body, names);
    if (id !== CODE) continue;
    const part = new Reader(body);
    for (let left = part.number(); left > 0; left -= 1) functions.push({ code: part.block() });
  }
  functions.forEach((one, index) => (one.name = names.get(first + index) ?? ''));
  return { header: bytes.subarray(0, HEADER), sections, functions, named: names.size > 0 };
}

/** The same file with the functions as they are now. */
export function write({ header, sections, functions }) {
  const code = Buffer.concat([number(functions.length), ...functions.flatMap((one) => [number(one.code.length), one.code])]);
  const parts = sections.map(({ id, body }) => (id === CODE ? { id, body: code } : { id, body }));
  return Buffer.concat([header, ...parts.flatMap(({ id, body }) => [Buffer.from([id]), number(body.length), body])]);
}
