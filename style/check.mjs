// node style/check.mjs: what the eye cannot check: contrast of every pair of colours used together, in every theme, and the
// size of the joined styles (`sh style/build.sh` first). Prints a line for each that is wrong, nothing when all is well.
// WCAG 2.2: 4.5 for text, 3 for edges and marks; the version for low vision promises 7 for text.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const HERE = dirname(fileURLToPath(import.meta.url));
const CSS = readFileSync(join(HERE, 'tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
const TEXT = 4.5, MARK = 3, LARGE_TEXT = 7;
const BUDGET = 9 * 1024;

const pairs = (inks, grounds, least) => inks.flatMap((ink) => grounds.map((ground) => ({ ink, ground, least })));
const KINDS = ['ok', 'wait', 'bad'];
const PAIRS = [
  ...pairs(['ink', 'ink-2', 'accent', 'accent-2'], ['paper', 'surface', 'surface-2'], TEXT),
  ...pairs(['ink', 'accent', 'accent-2'], ['accent-bg'], TEXT),
  ...pairs(['accent-ink'], ['accent', 'accent-2'], TEXT),
  ...pairs(['strip-ink'], ['strip'], TEXT),
  ...KINDS.flatMap((kind) => pairs([kind], [`${kind}-bg`, 'surface', 'paper'], TEXT)),
  ...pairs(['ink', 'ink-2', 'accent'], KINDS.map((kind) => `${kind}-bg`), TEXT),
  ...pairs(['bad-2'], ['surface'], TEXT),
  ...pairs(['bad-ink'], ['bad'], TEXT),
  ...pairs(['field-line'], ['paper', 'surface', 'surface-2'], MARK),
  // The ring: its ink edge against its yellow, or its yellow where the ground is ink.
  ...pairs(['ink'], ['focus'], MARK),
  ...pairs(['focus'], ['strip'], MARK),
];

/** The colours of the one block that begins like this. */
function block(name, start) {
  const found = [...CSS.matchAll(new RegExp(`${start.source}\\s*\\{([^}]*)\\}`, 'g'))];
  if (found.length !== 1) throw new Error(`tokens.css has ${found.length} blocks for ${name}`);
  return Object.fromEntries([...found[0][1].matchAll(/--([\w-]+):\s*(#[0-9a-f]{3,6})\b/g)].map(([, token, colour]) => [token, colour]));
}

function luminance(colour) {
  const digits = colour.length === 7 ? colour.slice(1) : [...colour.slice(1)].map((digit) => digit + digit).join('');
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const part = parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, two) {
  const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const light = block('light', /@layer tokens \{\s*:root/);
const themes = {
  light,
  dark: { ...light, ...block('dark', /prefers-color-scheme: dark\)\s*\{\s*:root/) },
  'low vision': { ...light, ...block('low vision', /:root\[data-vision="large"\]/) },
};
for (const [theme, colours] of Object.entries(themes)) {
  for (const pair of PAIRS) {
    const least = theme === 'low vision' && pair.least === TEXT ? LARGE_TEXT : pair.least;
    // In the dark the ring's ink edge is as light as its yellow; the yellow alone then stands against the ground.
    const { ink, ground } = theme === 'dark' && pair.ground === 'focus' ? { ink: 'focus', ground: 'surface' } : pair;
    const ratio = contrast(colours[ink], colours[ground]);
    if (ratio < least) console.log(`${ink} on ${ground}, ${theme}: ${ratio.toFixed(2)}, at least ${least}`);
  }
}
const size = brotliCompressSync(readFileSync(join(HERE, '../frontend/generated.css'))).length;
if (size > BUDGET) console.log(`frontend/generated.css: ${size} bytes in brotli, at most ${BUDGET}`);
