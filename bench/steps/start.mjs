// From the start of the process to the first /readyz that answers, on a database that is migrated; and what it then holds.
import { setTimeout as sleep } from 'node:timers/promises';
import { House } from '../lib/house.mjs';
import { median } from '../lib/numbers.mjs';

export async function start({ runs }) {
  const rows = [];
  for (const [id, name, production] of [['own', 'without stand-ins', true], ['demo', 'demonstration', false]]) {
    const house = await House.start({ name: 'start', production });
    const times = [], idle = [];
    for (let run = 0; run < Math.max(runs, 5); run += 1) {
      await house.stop();
      times.push(await house.open());
      await sleep(2000);
      idle.push(house.memory());
    }
    await house.stop();
    const section = 'start and rest';
    rows.push({ id: `start.${id}.ms`, section, beside: '', name: `start to ready, ${name}`, unit: 'ms', value: median(times), limit: production ? 300 : undefined });
    rows.push({ id: `start.${id}.rss`, section, name: `memory at rest, ${name}`, unit: 'MB', value: median(idle.map(({ now }) => now)), limit: production ? 60_000_000 : undefined });
    rows.push({ id: `start.${id}.own`, section, name: `of it its own, not the program file's, ${name}`, unit: 'MB', value: median(idle.map(({ own }) => own)) });
  }
  return rows;
}
