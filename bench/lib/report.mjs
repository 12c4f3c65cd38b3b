// The table, the JSON file, and the comparison with the last one recorded.
import { readFileSync, writeFileSync } from 'node:fs';
import { written } from './numbers.mjs';

const FILE = process.env.OTDELENIE_BENCH_FILE ?? new URL('../last.json', import.meta.url);
/** Differences below this are the machine's mood. */
const MOOD = 1.15;

/** Whether a row reaches its goal; undefined when it has none. */
function reached(row) {
  const { ratio, goal, value, limit, more } = row;
  const checks = [];
  const beyond = (is, wanted) => (more ? is >= wanted : is <= wanted);
  if (goal !== undefined && goal !== null && ratio !== undefined) checks.push(beyond(ratio, goal));
  if (limit !== undefined && limit !== null) checks.push(beyond(value, limit));
  return checks.length ? checks.every(Boolean) : undefined;
}

const wantedText = ({ goal, limit, more, unit }) => {
  const sign = more ? '≥' : '≤';
  const parts = [];
  if (goal !== undefined && goal !== null) parts.push(`${sign} ${written(goal, '×')}`);
  if (limit !== undefined && limit !== null) parts.push(`${sign} ${written(limit, unit)}`);
  return parts.join(', ');
};

/** One table: the ratio first, then the figure, what it is compared with, and the goal. */
export function table(rows, { cores, runs }) {
  const lines = [`«Отделение», make bench: ${cores} cores, load and server on the same machine, medians of ${runs} runs`, ''];
  let section;
  for (const row of rows) {
    if (row.section !== section) {
      section = row.section;
      lines.push('', section, `  ${'ratio'.padStart(7)} ${'measured'.padStart(12)} ${(row.beside ?? 'plain page').padStart(16)}   goal`);
    }
    const done = reached(row);
    const cells = [
      written(row.ratio, '×').padStart(7),
      written(row.value, row.unit).padStart(12),
      (row.plain === undefined ? '' : written(row.plain, row.unit)).padStart(16),
    ];
    const mark = done === undefined ? ' ' : done ? '✓' : '✗';
    lines.push(`  ${cells.join(' ')} ${mark} ${wantedText(row).padEnd(18)} ${row.name}${row.note ? `  (${row.note})` : ''}`.trimEnd());
  }
  const judged = rows.map(reached).filter((done) => done !== undefined);
  lines.push('', `${judged.filter(Boolean).length} of ${judged.length} goals reached`);
  return lines.join('\n');
}

function last() {
  try {
    return JSON.parse(readFileSync(FILE, 'utf8'));
  } catch {
    return { rows: [] };
  }
}

/** What became worse or better than recorded; ratios where there are some, since they hardly depend on the machine. */
export function compare(rows) {
  const before = new Map(last().rows.map((row) => [row.id, row]));
  const changes = [];
  for (const row of rows) {
    const old = before.get(row.id);
    if (!old) continue;
    const [is, was, unit] = row.ratio && old.ratio ? [row.ratio, old.ratio, '×'] : [row.value, old.value, row.unit];
    if (!is || !was) continue;
    const factor = row.more ? was / is : is / was;
    if (factor < MOOD && factor > 1 / MOOD) continue;
    changes.push({ factor, text: `  ${written(was, unit)} → ${written(is, unit)}  ${row.section}: ${row.name}` });
  }
  const worse = changes.filter(({ factor }) => factor > 1).sort((a, b) => b.factor - a.factor);
  const better = changes.filter(({ factor }) => factor < 1).sort((a, b) => a.factor - b.factor);
  const told = (title, list) => (list.length ? ['', title, ...list.map(({ text }) => text)] : []);
  if (!before.size) return ['', 'Nothing was recorded before.'];
  if (!changes.length) return ['', 'Nothing is worse or better than recorded by more than 15 %.'];
  return [...told('Worse than recorded:', worse), ...told('Better than recorded:', better)];
}

/** Keeps the new figures, each with the number of runs it comes from; those of steps that did not run stay. */
export function record(rows, { runs, ...machine }) {
  const ran = new Set(rows.map((row) => row.step));
  const kept = last().rows.filter((row) => !ran.has(row.step));
  const tidy = (value) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
  const all = [...kept, ...rows.map((row) => ({ ...row, runs }))].map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, tidy(value)])));
  writeFileSync(FILE, `${JSON.stringify({ machine, rows: all }, null, 1)}\n`);
}
