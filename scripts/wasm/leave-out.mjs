// node leave-out.mjs FILE: takes out of a wasm the code that nothing of ours ever calls and no linker can drop, because tables
// of functions hold its address: `AnyView` (tachys) can hydrate asynchronously, waiting where something is loaded, and we do not, in steps or out of them. A call
// would trap, as any panic does here. docs/performance.md, «Bytes».
import { readFileSync, writeFileSync } from 'node:fs';
import { read, write } from './module.mjs';

// No more than these: where two functions have the same body the compiler keeps one, under the name of either, so that what is
// called «…from_template» may well be at work. Bodies that build or poll their own futures are nobody else's.
const UNUSED = /\bany_view::IntoAny>::into_any::hydrate_async\b/;
/** No locals; `unreachable`; `end`. */
const TRAP = Buffer.from([0x00, 0x00, 0x0b]);

const [file] = process.argv.slice(2);
const name = file.split('/').at(-1);
const wasm = read(readFileSync(file));
const unused = wasm.functions.filter((one) => UNUSED.test(one.name));
// Found by name: where names are missing, or have become others, this would do nothing and nobody would know.
const wrong = !wasm.named ? 'no names of functions' : /^(frontend|rooms|desk)[-_.]/.test(name) && !unused.length ? `nothing is called ${UNUSED.source}` : '';
if (wrong) {
  process.stderr.write(`${name}: ${wrong}\n`);
  process.exit(1);
}
const bytes = unused.reduce((sum, one) => sum + one.code.length, 0);
for (const one of unused) one.code = TRAP;
if (unused.length) writeFileSync(file, write(wasm));
process.stderr.write(`${name}: ${unused.length} functions left out, ${(bytes / 1000).toFixed(0)} KB\n`);
