// Pages and files a second over 256 kept connections, beside the least the same server can answer.
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { House, loaded, siteDir } from '../lib/house.mjs';
import { median } from '../lib/numbers.mjs';

const SECONDS = 5;
const CONNECTIONS = 256;

export async function pages({ runs, say }) {
  const house = await House.start({ name: 'pages', production: true });
  await sleep(1000);
  const before = house.memory().now;
  const style = readdirSync(siteDir).find((name) => name.endsWith('.css'));
  const paths = [
    ['home', '/', 'home page'],
    ['form', '/services/post/registration/rehearsal', 'the form'],
    ['file', `/${style}`, 'a file (styles, brotli)'],
    ['least', '/healthz', 'the least answer (/healthz)'],
  ];
  const found = new Map(paths.map(([id]) => [id, []]));
  for (let run = 0; run < Math.min(runs, 3); run += 1) {
    for (const [id, path, name] of paths) {
      say(`round ${run + 1}: ${name}`);
      found.get(id).push(await loaded('pages', '--address', `127.0.0.1:${house.port}`, '--path', path, '--connections', CONNECTIONS, '--seconds', SECONDS));
    }
  }
  await sleep(3000);
  const after = house.memory();
  await house.stop();
  const section = `answers a second, ${CONNECTIONS} connections`;
  const middle = (id, figure) => median(found.get(id).map((run) => run[figure]));
  const least = middle('least', 'per_second');
  const rows = [];
  for (const [id, , name] of paths) {
    const rate = middle(id, 'per_second');
    const page = id === 'home' || id === 'form';
    rows.push({ id: `pages.${id}.rate`, section, beside: '/healthz', name, unit: '/s', more: true, value: rate, plain: least, ratio: rate / least, limit: page ? 2000 : undefined });
    rows.push({ id: `pages.${id}.p99`, section, name: `${name}, p99`, unit: 'ms', value: middle(id, 'p99_ms'), limit: page ? 100 : undefined });
  }
  const failures = [...found.values()].flat().reduce((sum, run) => sum + run.failures, 0);
  rows.push({ id: 'pages.failures', section, name: 'failed answers', unit: '', value: failures, limit: 0 });
  rows.push({ id: 'pages.memory.before', section, name: 'memory before', unit: 'MB', value: before });
  rows.push({ id: 'pages.memory.after', section, name: 'memory 3 s after', unit: 'MB', value: after.now });
  rows.push({ id: 'pages.memory.most', section, name: 'memory at most', unit: 'MB', value: after.most });
  return rows;
}
