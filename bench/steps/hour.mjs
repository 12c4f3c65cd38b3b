// Memory and descriptors over an hour of load, with the demonstration's stand-ins: pages one after the other without haste, and
// every five minutes a crowd of citizens whose applications are checked and decided. Runs when asked for by name.
import { readdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { House, atEnd, freePort, loaded } from '../lib/house.mjs';

const MINUTES = Number(process.env.OTDELENIE_BENCH_MINUTES ?? 60);
const PAGES_A_SECOND = 150;
const CROWD = 100;
const BETWEEN_CROWDS_MS = 300_000;
const PATHS = ['/', '/services/post/registration/rehearsal', '/login', '/register', '/offices?q=Казань', '/help', '/healthz'];

export async function hour({ say }) {
  const house = new House({ name: 'hour', port: await freePort() });
  atEnd(() => house.stop());
  const crowds = Math.max(Math.round((MINUTES * 60_000) / BETWEEN_CROWDS_MS), 1);
  const drafts = [];
  for (let crowd = 0; crowd < crowds; crowd += 1) {
    const file = join(house.folder, `drafts-${crowd}`);
    await loaded('prepare', '--database-url', house.databaseUrl, '--data-dir', house.dataDir, '--first', crowd * CROWD, '--count', CROWD, '--out', file);
    drafts.push(file);
  }
  await house.open();
  say(`${MINUTES} minutes`);
  const pages = new Reader(house.port);
  const end = performance.now() + MINUTES * 60_000;
  const seen = [];
  const sent = { failures: 0, acknowledged: 0, stored: 0 };
  for (const file of drafts) {
    const next = Math.min(performance.now() + (MINUTES * 60_000) / crowds, end);
    const found = await loaded(
      'submissions',
      ...['--address', `127.0.0.1:${house.port}`, '--database-url', house.databaseUrl, '--bare-url', `sqlite:${join(house.dataDir, 'bare.db')}`],
      ...['--drafts', file, '--clients', 16, '--submissions', CROWD, '--rounds', 1],
    );
    sent.failures += found.levels[0].failures;
    sent.acknowledged += found.acknowledged;
    // Of all crowds so far.
    sent.stored = found.stored;
    // At rest from the crowd, and still under the load of pages.
    await sleep(Math.max(next - performance.now() - 1000, 0));
    seen.push({ ...house.memory(), descriptors: readdirSync(`/proc/${house.process.pid}/fd`).length });
    say(`${(seen.at(-1).now / 1e6).toFixed(1)} MB, its own ${(seen.at(-1).own / 1e6).toFixed(1)}, ${seen.at(-1).descriptors} descriptors, ${pages.answered} pages`);
    await sleep(Math.max(next - performance.now(), 0));
  }
  await pages.stop();
  await house.stop();

  const [first, last] = [seen[0], seen.at(-1)];
  const section = `${MINUTES} minutes of load`;
  const name = 'after the last crowd';
  return [
    { id: 'hour.own', section, beside: 'after the first', name: `memory of its own, ${name}`, unit: 'MB', value: last.own, plain: first.own, ratio: last.own / first.own, goal: 1.1 },
    { id: 'hour.rss', section, name: `memory with the program file, ${name}`, unit: 'MB', value: last.now, plain: first.now, ratio: last.now / first.now },
    { id: 'hour.most', section, name: 'memory at most', unit: 'MB', value: last.most },
    { id: 'hour.descriptors', section, name: `descriptors, ${name}`, unit: '', value: last.descriptors, plain: first.descriptors, ratio: last.descriptors / first.descriptors },
    { id: 'hour.pages', section, name: 'pages', unit: '', more: true, value: pages.answered },
    { id: 'hour.sent', section, name: 'applications sent', unit: '', more: true, value: crowds * CROWD },
    { id: 'hour.failures', section, name: 'failed: pages, applications; acknowledged and not stored', unit: '', value: pages.failures + sent.failures + Math.abs(sent.acknowledged - sent.stored), limit: 0 },
  ];
}

/** Asks for one page after the other, so many a second, until it is stopped. */
class Reader {
  answered = 0;
  failures = 0;
  #asked = 0;
  #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(port) {
    const begun = performance.now();
    this.timer = setInterval(() => {
      const due = Math.floor(((performance.now() - begun) / 1000) * PAGES_A_SECOND);
      while (this.#asked < due) this.#ask(port, PATHS[this.#asked++ % PATHS.length]);
    }, 20);
  }

  #ask(port, path) {
    const failed = () => (this.failures += 1);
    const asked = get({ host: '127.0.0.1', port, path: encodeURI(path), agent: this.#agent, headers: { 'accept-encoding': 'br' } }, (answer) => {
      answer.resume().on('error', failed);
      if (answer.statusCode === 200) this.answered += 1;
      else failed();
    });
    asked.on('error', failed);
  }

  async stop() {
    clearInterval(this.timer);
    const end = performance.now() + 10_000;
    while (this.answered + this.failures < this.#asked && performance.now() < end) await sleep(50);
    this.failures += this.#asked - this.answered - this.failures;
    this.#agent.destroy();
  }
}
