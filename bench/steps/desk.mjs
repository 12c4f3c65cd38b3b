// Clerks at work, and citizens at home, on PostgreSQL with ten thousand applications and, where asked for, with a million; on
// SQLite with ten thousand. The million takes some minutes to fill: OTDELENIE_BENCH_MILLION=1.
import { join } from 'node:path';
import { House, atEnd, freePort, loaded } from '../lib/house.mjs';

const SMALL = 10_000;
const LARGE = Number(process.env.OTDELENIE_BENCH_APPLICATIONS ?? 1_000_000);
/** Citizens who send an application and look at their pages. */
const CITIZENS = 600;
const SECONDS = Number(process.env.OTDELENIE_BENCH_SECONDS ?? 30);

export async function desk({ say }) {
  const postgres = process.env.OTDELENIE_TEST_POSTGRES;
  const sqlite = told('sqlite', 'SQLite', SMALL, await measure('sqlite', SMALL, say));
  if (!postgres) {
    say('OTDELENIE_TEST_POSTGRES is not set: SQLite only');
    return sqlite;
  }
  const small = await measure('postgres', SMALL, say, postgres);
  if (!process.env.OTDELENIE_BENCH_MILLION) {
    say('without OTDELENIE_BENCH_MILLION=1 there is no million');
    return [...sqlite, ...told('postgres', 'PostgreSQL', SMALL, small)];
  }
  const large = await measure('postgres', LARGE, say, postgres);
  return [...sqlite, ...told('million', 'PostgreSQL', LARGE, large, small)];
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
  const drafts = join(house.folder, 'drafts');
  await loaded('prepare', ...['--database-url', house.databaseUrl, '--data-dir', house.dataDir, '--first', applications, '--count', CITIZENS, '--out', drafts]);
  const home = await loaded('citizens', ...['--address', `127.0.0.1:${house.port}`, '--database-url', house.databaseUrl, '--drafts', drafts]);
  await house.stop();
  return { clerks: acts, citizens: home.acts };
}

function told(id, database, applications, seen, small) {
  const house = `${database}, ${applications} applications`;
  return [
    ...beside(`desk.${id}`, `desk, ${house}, 64 clerks`, seen.clerks, small?.clerks, 50),
    ...beside(`home.${id}`, `citizens, ${house}, 16 at once`, seen.citizens, small?.citizens),
  ];
}

/** Each act with its 50th and 99th part of a hundred, beside those of the smaller house where there is one. */
function beside(id, section, acts, small, limit) {
  const rows = [];
  for (const [name, run] of Object.entries(acts)) {
    const key = `${id}.${name.replaceAll(/[^a-z]+/g, '_')}`;
    const plain = (figure) => small?.[name]?.[figure];
    const ratio = (figure) => (plain(figure) ? run[figure] / plain(figure) : undefined);
    const common = { section, beside: `${SMALL} of them`, unit: 'ms' };
    rows.push({ id: `${key}.p50`, name: `${name}, p50`, value: run.p50_ms, plain: plain('p50_ms'), ratio: ratio('p50_ms'), ...common });
    rows.push({ id: `${key}.p99`, name: `${name}, p99`, value: run.p99_ms, plain: plain('p99_ms'), ratio: ratio('p99_ms'), limit, ...common });
  }
  const failures = Object.values(acts).reduce((sum, run) => sum + run.failures, 0);
  rows.push({ id: `${id}.failures`, section, name: 'failed', unit: '', value: failures, limit: 0 });
  return rows;
}
