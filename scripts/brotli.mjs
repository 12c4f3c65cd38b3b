// Writes FILE.br beside every compressible file of a folder, at the best quality: compressed once here, served many times.
// A copy newer than its file is left alone; a copy that would not be smaller is not kept.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.ttf', '.txt', '.wasm', '.webmanifest', '.xml']);

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node brotli.mjs FOLDER');
  process.exit(2);
}

let before = 0;
let after = 0;
let count = 0;
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSIBLE.has(extname(entry.name))) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const copy = `${path}.br`;
  const made = statSync(copy, { throwIfNoEntry: false });
  if (made && made.mtimeMs >= statSync(path).mtimeMs) continue;
  const content = readFileSync(path);
  const packed = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      // 24 is the largest window every browser accepts.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  if (packed.length >= content.length) {
    rmSync(copy, { force: true });
    continue;
  }
  writeFileSync(copy, packed);
  before += content.length;
  after += packed.length;
  count += 1;
}
if (count > 0) console.error(`── brotli: ${count} files, ${before} → ${after} bytes`);
