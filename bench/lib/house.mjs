// Servers to measure: each on a free port, in a temporary folder of its own, gone when the bench is.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const server = process.env.OTDELENIE_SERVER_BIN;
export const load = process.env.OTDELENIE_LOAD_BIN;
export const siteDir = process.env.OTDELENIE_SITE_DIR;

/** What has to be undone at the end, however it comes. */
const cleanups = [];
export const atEnd = (undo) => cleanups.push(undo);
export async function cleanUp() {
  for (const undo of cleanups.splice(0).reverse()) await undo();
}

let root;
/** A new folder below the bench's own, which goes at the end. */
export function folder(name) {
  if (!root) {
    root = mkdtempSync(join(process.env.OTDELENIE_BENCH_DIR ?? tmpdir(), 'otdelenie-bench-'));
    atEnd(() => {
      rmSync(root, { recursive: true, force: true });
      root = undefined;
    });
  }
  return mkdtempSync(join(root, `${name}-`));
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Runs the load generator and reads what it says. */
export async function loaded(...args) {
  const { stdout } = await promisify(execFile)(load, args.map(String), { timeout: 1_500_000, maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

/** Settings without the demonstration: outside systems are named, and nobody is there. */
const PRODUCTION = `demo = false
[registries]
url = "http://127.0.0.1:9/"
token = "bench"
[sms]
url = "http://127.0.0.1:9/"
api_id = "bench"
[mail]
url = "smtp://127.0.0.1:9"
from = "bench@example.org"
[postal]
url = "http://127.0.0.1:9/"
token = "bench"
[operator]
name = "ООО «Отделение»"
inn = "7707083893"
ogrn = "1027700132195"
address = "101000, г. Москва, ул. Мясницкая, д. 26"
email = "bench@example.org"
`;

const alive = (port) =>
  new Promise((done) => {
    get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (answer) => {
      answer.resume();
      done(answer.statusCode === 200);
    }).on('error', () => done(false));
  });

export class House {
  constructor({ name = 'house', port, publicUrl, databaseUrl, production = false }) {
    this.folder = folder(name);
    this.dataDir = join(this.folder, 'data');
    this.port = port;
    this.publicUrl = publicUrl ?? `http://127.0.0.1:${port}`;
    this.databaseUrl = databaseUrl ?? `sqlite:${join(this.dataDir, 'otdelenie.db')}`;
    this.production = production;
    mkdirSync(this.dataDir, { recursive: true });
    writeFileSync(join(this.folder, 'settings.toml'), PRODUCTION);
  }

  static async start(options = {}) {
    const house = new House({ ...options, port: options.port ?? (await freePort()) });
    atEnd(() => house.stop());
    if (house.production) await house.command('keys', 'init');
    await house.open();
    return house;
  }

  arguments() {
    const own = ['--data-dir', this.dataDir, '--database-url', this.databaseUrl, '--site-dir', siteDir];
    return [...own, ...(this.production ? ['--config', join(this.folder, 'settings.toml')] : ['--demo'])];
  }

  command(...words) {
    return promisify(execFile)(server, [...words, ...this.arguments()], { cwd: this.folder, timeout: 60_000 });
  }

  /** Starts the process: milliseconds until it is ready to serve. */
  async open() {
    const log = createWriteStream(join(this.folder, 'server.log'), { flags: 'a' });
    const begun = performance.now();
    const args = ['serve', ...this.arguments(), '--listen', `127.0.0.1:${this.port}`, '--public-url', this.publicUrl];
    // One line a request is what a server in earnest writes too.
    this.process = spawn(server, args, { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    this.process.stderr.pipe(log);
    while (!(await alive(this.port))) {
      if (this.process.exitCode !== null) throw new Error(`the server ended with ${this.process.exitCode}:\n${this.log()}`);
      if (performance.now() - begun > 120_000) throw new Error(`the server is not ready:\n${this.log()}`);
      await sleep(1);
    }
    return performance.now() - begun;
  }

  /** Resident bytes of the process, now and at most, and how much of it is its own. */
  memory() {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    const bytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024;
    return { now: bytes('VmRSS'), most: bytes('VmHWM'), own: bytes('RssAnon') };
  }

  log() {
    return readFileSync(join(this.folder, 'server.log'), 'utf8').slice(-4000);
  }

  async stop() {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(late);
  }
}
