// Clerks at work on PostgreSQL with ten thousand applications and, where asked for, with a million; on SQLite with ten
// thousand. The million takes some minutes to fill: OTDELENIE_BENCH_MILLION=1.
import { join } from 'node:path';
import { House, atEnd, freePort, loaded } from '../lib/house.mjs';

const SMALL = 10_000;
const LARGE = Number(process.env.OTDELENIE_BENCH_APPLICATIONS ?? 1_000_000);
const SECONDS = Number(process.env.OTDELENIE_BENCH_SECONDS ?? 30);

export async function desk({ say }) {
  const postgres = process.env.OTDELENIE_TEST_POSTGRES;
  const rows = beside('sqlite', `desk, SQLite, ${SMALL} applications, 64 clerks`, await measure('sqlite', SMALL, say));
  if (!postgres) {
    say('OTDELENIE_TEST_POSTGRES is not set: SQLite only');
    return rows;
  }
  const small = await measure('postgres', SMALL, say, postgres);
  if (!process.env.OTDELENIE_BENCH_MILLION) {
    say('without OTDELENIE_BENCH_MILLION=1 there is no million');
    return [...rows, ...beside('postgres', `desk, PostgreSQL, ${SMALL} applications, 64 clerks`, small)];
  }
  const large = await measure('postgres', LARGE, say, postgres);
  return [...rows, ...beside('million', `desk, PostgreSQL, ${LARGE} applications, 64 clerks`, large, small)];
}

async function measure(id, applications, say, postgres) {
  const house = new House({ name: `desk-${id}`, port: await freePort() });
  if (postgres) {
    const database = `otdelenie_desk_${process.pid}_${applications}`;
    atEnd(() => loaded('drop', postgres, database));
    house.databaseUrl = (await loaded('create', postgres, database)).url;
  }
  atEnd(() => house.stop());
  const clerks = join(house.folder, 'clerks');
  const { seconds } = await loaded(
    'fill',
    ...['--database-url', house.databaseUrl, '--data-dir', house.dataDir, '--applications', applications, '--out', clerks],
  );
  say(`${id}: ${applications} applications in ${Math.round(seconds)} s`);
  await house.open();
  const plan = ['--address', `127.0.0.1:${house.port}`, '--clerks', clerks, '--applications', applications];
  // The first seconds fill the caches of a server that has just started.
  await loaded('desk', ...plan, '--seconds', 5, '--pause-ms', 1000);
  const { acts } = await loaded('desk', ...plan, '--seconds', SECONDS, '--pause-ms', 1000);
  await house.stop();
  return acts;
}

/** Each act with its 50th and 99th part of a hundred, beside those of the smaller house where there is one. */
function beside(id, section, acts, small) {
  const rows = [];
  for (const [name, run] of Object.entries(acts)) {
    const key = `desk.${id}.${name.replaceAll(/[^a-z]+/g, '_')}`;
    const plain = (figure) => small?.[name]?.[figure];
    const ratio = (figure) => (plain(figure) ? run[figure] / plain(figure) : undefined);
    const common = { section, beside: `${SMALL} of them`, unit: 'ms' };
    rows.push({ id: `${key}.p50`, name: `${name}, p50`, value: run.p50_ms, plain: plain('p50_ms'), ratio: ratio('p50_ms'), ...common });
    rows.push({ id: `${key}.p99`, name: `${name}, p99`, value: run.p99_ms, plain: plain('p99_ms'), ratio: ratio('p99_ms'), limit: 50, ...common });
  }
  const failures = Object.values(acts).reduce((sum, run) => sum + run.failures, 0);
  rows.push({ id: `desk.${id}.failures`, section, name: 'failed', unit: '', value: failures, limit: 0 });
  return rows;
}
