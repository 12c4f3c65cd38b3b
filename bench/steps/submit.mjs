// Submissions that are durable when answered, beside bare transactions of the same database in the same run.
import { join } from 'node:path';
import { House, atEnd, freePort, loaded } from '../lib/house.mjs';
import { median } from '../lib/numbers.mjs';

const CLIENTS = [1, 16, 128];
/** One round: enough of them for a second or so, each client several times. */
const SUBMISSIONS = [200, 600, 1280];

export async function submit({ runs, say }) {
  const postgres = process.env.OTDELENIE_TEST_POSTGRES;
  const rounds = Math.min(runs, 3);
  const rows = await measure('sqlite', 'SQLite', rounds, say);
  if (!postgres) say('OTDELENIE_TEST_POSTGRES is not set: SQLite only');
  else rows.push(...(await measure('postgres', 'PostgreSQL', rounds, say, postgres)));
  return rows;
}

async function measure(id, name, rounds, say, postgres) {
  const house = new House({ name: id, port: await freePort() });
  let bareUrl = `sqlite:${join(house.dataDir, 'bare.db')}`;
  if (postgres) {
    const database = `otdelenie_bench_${process.pid}`;
    atEnd(() => loaded('drop', postgres, database));
    house.databaseUrl = (await loaded('create', postgres, database)).url;
    bareUrl = house.databaseUrl;
  }
  atEnd(() => house.stop());
  const drafts = join(house.folder, 'drafts');
  const count = SUBMISSIONS.reduce((sum, n) => sum + n, 0) * rounds;
  const { per_second: disk } = await loaded('disk', house.dataDir);
  say(`${name}: ${count} citizens with drafts`);
  await loaded('prepare', '--database-url', house.databaseUrl, '--data-dir', house.dataDir, '--count', count, '--out', drafts);
  await house.open();
  say(`${name}: ${rounds} rounds at ${CLIENTS.join(', ')} clients`);
  const found = await loaded(
    'submissions',
    ...['--address', `127.0.0.1:${house.port}`, '--database-url', house.databaseUrl, '--bare-url', bareUrl, '--drafts', drafts],
    ...['--clients', CLIENTS, '--submissions', SUBMISSIONS, '--rounds', rounds],
  );
  const memory = house.memory();
  await house.stop();

  const section = `submissions, ${name}`;
  const rows = [];
  for (const level of found.levels) {
    const middle = (figure) => median(level.rounds.map((round) => round[figure]));
    const at = `${level.clients} ${level.clients === 1 ? 'client' : 'clients'}`;
    const key = `submit.${id}.${level.clients}`;
    rows.push({ id: `${key}.rate`, section, beside: 'bare transaction', name: at, unit: '/s', more: true, value: middle('submissions'), plain: middle('bare'), ratio: middle('ratio'), goal: 0.5 });
    rows.push({ id: `${key}.p50`, section, name: `${at}, p50`, unit: 'ms', value: level.p50_ms, plain: level.bare_p50_ms });
    rows.push({ id: `${key}.p99`, section, name: `${at}, p99`, unit: 'ms', value: level.p99_ms, plain: level.bare_p99_ms, limit: 250 });
    rows.push({ id: `${key}.settled`, section, name: `${at}, with all their jobs done`, unit: '/s', more: true, value: middle('settled') });
  }
  const lost = found.acknowledged - found.stored;
  rows.push({ id: `submit.${id}.lost`, section, name: 'acknowledged and not stored, or stored twice', unit: '', value: Math.abs(lost), limit: 0 });
  rows.push({ id: `submit.${id}.failures`, section, name: 'failed', unit: '', value: found.levels.reduce((sum, level) => sum + level.failures, 0), limit: 0 });
  rows.push({ id: `submit.${id}.undecided`, section, name: 'not approved', unit: '', value: found.stored - found.approved, limit: 0 });
  rows.push({ id: `submit.${id}.memory`, section, name: 'memory after the load', unit: 'MB', value: memory.now });
  rows.push({ id: `submit.${id}.disk`, section, name: 'durable writes of 4 KB the disk takes, one after the other', unit: '/s', more: true, value: disk });
  return rows;
}
