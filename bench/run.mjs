// make bench: runs the steps asked for (all by default), prints one table, writes bench/last.json, and says what
// became worse since the last one recorded there.
import { cpus } from 'node:os';
import { cleanUp } from './lib/house.mjs';
import { compare, record, table } from './lib/report.mjs';

const USUAL = ['bytes', 'size', 'paint', 'start', 'pages', 'submit', 'desk'];
/** `hour` takes one: only when it is asked for. */
const STEPS = [...USUAL, 'hour'];
const wanted = process.argv.slice(2).filter((word) => word);
const unknown = wanted.filter((word) => !STEPS.includes(word));
if (unknown.length) {
  console.error(`unknown: ${unknown.join(' ')}; the steps are ${STEPS.join(' ')}`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => cleanUp().finally(() => process.exit(130)));

const runs = Number(process.env.OTDELENIE_BENCH_RUNS ?? 5);
const rows = [];
let failed = 0;
for (const step of wanted.length ? STEPS.filter((name) => wanted.includes(name)) : USUAL) {
  const begun = performance.now();
  const say = (text) => console.error(`── ${step}: ${text}`);
  say('begins');
  try {
    const { [step]: measure } = await import(`./steps/${step}.mjs`);
    rows.push(...(await measure({ runs, say })).map((row) => ({ step, ...row })));
  } catch (error) {
    failed += 1;
    console.error(`── ${step}: failed: ${error.stack ?? error}`);
  } finally {
    await cleanUp();
  }
  say(`${Math.round((performance.now() - begun) / 1000)} s`);
}
const worse = compare(rows);
console.log(table(rows, { cores: cpus().length, runs }));
console.log(worse.join('\n'));
record(rows, { cores: cpus().length, model: cpus()[0]?.model ?? '', runs });
process.exit(failed ? 1 : 0);
