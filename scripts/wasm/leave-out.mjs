// node leave-out.mjs FILE: takes out of a wasm the code that nothing of ours ever calls and no linker can drop, because tables
// of functions hold its address: `AnyView` and `AnyAttribute` (tachys) can hydrate piece by piece and from <template>s, and we
// hydrate the whole page in one go. A call would trap, as any panic does here. docs/performance.md, «Bytes».
import { readFileSync, writeFileSync } from 'node:fs';
import { read, write } from './module.mjs';

const UNUSED = /\bhydrate_async\b|\bhydrate_from_template\b/;
/** No locals; `unreachable`; `end`. */
const TRAP = Buffer.from([0x00, 0x00, 0x0b]);

const [file] = process.argv.slice(2);
const wasm = read(readFileSync(file));
const unused = wasm.functions.filter((one) => UNUSED.test(one.name));
const bytes = unused.reduce((sum, one) => sum + one.code.length, 0);
for (const one of unused) one.code = TRAP;
if (unused.length) writeFileSync(file, write(wasm));
process.stderr.write(`${file.split('/').at(-1)}: ${unused.length} functions left out, ${(bytes / 1000).toFixed(0)} KB\n`);
