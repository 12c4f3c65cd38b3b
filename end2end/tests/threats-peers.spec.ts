// Bad company: rows 33 (slow peers and broken framing) and 34 (providers that are down).
import { setTimeout as sleep } from 'node:timers/promises';
import { Citizen, signUpForm } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { BEHIND_A_PROXY, Client } from '../fixtures/http';
import { Outbox } from '../fixtures/outbox';
import { person } from '../fixtures/people';
import { Server } from '../fixtures/server';
import { talk, type Heard } from '../fixtures/raw';

/** The server gives a head 15 s and a body 20 s; the rest is for a busy machine. */
const PATIENCE = 40_000;
const ready = async (baseURL: string): Promise<number> => (await fetch(`${baseURL}/readyz`)).status;

test('row 33: a request names one host, and nothing is made of the name', async ({ baseURL, outbox, server }) => {
  const get = (hosts: string): Promise<Heard> => talk(server.port, `GET /login HTTP/1.1\r\n${hosts}Connection: close\r\n\r\n`, { waitMs: 10_000 });
  const ours = `Host: 127.0.0.1:${server.port}\r\n`;
  const refused: [string, string][] = [['none', ''], ['two', `${ours}Host: evil.example\r\n`], ['the same twice', ours + ours]];
  for (const [what, hosts] of refused) expect((await get(hosts)).status, what).toBe(400);
  expect((await get(ours)).status).toBe(200);

  // Pages, redirects and letters know the service's own address only.
  const who = person();
  const client = new Client(baseURL!);
  const foreign = { host: 'evil.example', 'x-forwarded-host': 'evil.example', origin: baseURL! };
  const answers = [
    await client.get('/', foreign),
    await client.get('/cabinet', foreign),
    await client.get('/nowhere', foreign),
    await client.form('/register', signUpForm(who), foreign),
    await client.form('/register/phone', { code: await outbox.code(who.phone) }, foreign),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 303, 404, 303, 303]);
  for (const { headers, body } of answers) expect(JSON.stringify(headers) + body).not.toContain('evil.example');
  expect(new URL(await outbox.link(who.email)).origin).toBe(baseURL);
});

test('row 33: half heads, half bodies and silence come to an end', async ({ baseURL, server }) => {
  const head = (length: number): string => `POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${baseURL}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;
  const drip = (write: (text: string) => boolean): void => {
    const timer = setInterval(() => write('x') || clearInterval(timer), 1_000);
  };
  const cases: [string, Promise<Heard>][] = [
    ['a silent socket', talk(server.port, '', { waitMs: PATIENCE })],
    ['one byte', talk(server.port, 'G', { waitMs: PATIENCE })],
    ['half the preface of HTTP/2', talk(server.port, 'PRI * HTTP/2.0\r\n\r\n', { waitMs: PATIENCE })],
    ['half a head', talk(server.port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ', { waitMs: PATIENCE })],
    ['a head that drips', talk(server.port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ', { waitMs: PATIENCE, more: drip })],
    ['half a body', talk(server.port, `${head(100)}login=a`, { waitMs: PATIENCE })],
    ['no body', talk(server.port, head(100), { waitMs: PATIENCE })],
    ['a body that drips', talk(server.port, head(60_000), { waitMs: PATIENCE, more: drip })],
    ['half a chunk', talk(server.port, `${head(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked')}40\r\nlogin=`, { waitMs: PATIENCE })],
    ['silence after an answer', talk(server.port, 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n', { waitMs: PATIENCE })],
  ];
  const crowd = Promise.all(Array.from({ length: 200 }, () => talk(server.port, 'GET / HTTP/1.1\r\nHost: a\r\nX-', { waitMs: PATIENCE })));
  await sleep(1_000);
  const started = performance.now();
  expect((await new Client(baseURL!).get('/')).status, 'others are served meanwhile').toBe(200);
  expect(performance.now() - started).toBeLessThan(3_000);
  const open: string[] = [];
  for (const [what, heard] of cases) if (!(await heard).closed) open.push(what);
  expect(open, `still open after ${PATIENCE} ms`).toEqual([]);
  expect((await crowd).filter(({ closed }) => !closed).length, 'of 200 slow peers').toBe(0);
  expect(await ready(baseURL!)).toBe(200);
});

test('row 33: broken framing is refused or closed, and hurts nobody', async ({ baseURL, server }) => {
  const form = `Origin: ${baseURL}\r\nContent-Type: application/x-www-form-urlencoded\r\n`;
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  const smuggled = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
  const cases: [string, string | Buffer, number[]][] = [
    ['a header of 100 KB', `GET / HTTP/1.1\r\n${host}X-A: ${'a'.repeat(100_000)}\r\n\r\n`, [400, 431]],
    ['200 headers', `GET / HTTP/1.1\r\n${host}${Array.from({ length: 200 }, (_, i) => `X-${i}: a\r\n`).join('')}\r\n`, [400, 431]],
    ['an address of 100 KB', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${host}\r\n`, [400, 414, 431]],
    ['two hosts', `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, [400]],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', [400]],
    ['two lengths', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: 5\r\nContent-Length: 6\r\n\r\nlogin=`, [400]],
    ['a length that is no number', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: five\r\n\r\nlogin`, [400]],
    ['a negative length', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: -5\r\n\r\nlogin`, [400]],
    ['a length beyond numbers', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: 99999999999999999999999\r\n\r\nlogin`, [400, 413]],
    // RFC 9112, 6.1: refuse, or obey the chunks (an empty form here) and close; a second answer is a hole.
    ['length and chunks', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`, [400, 422]],
    ['an unknown coding', `POST /login HTTP/1.1\r\n${host}${form}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`, [400, 501]],
    ['a chunk that is no number', `POST /login HTTP/1.1\r\n${host}${form}Transfer-Encoding: chunked\r\n\r\nzz\r\nlogin\r\n0\r\n\r\n`, [400, 413]],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n`, [400]],
    ['a folded header', `GET / HTTP/1.1\r\n${host}X-A: a\r\n b\r\n\r\n`, [400]],
    ['a zero byte', Buffer.from(`GET / HTTP/1.1\r\n${host}X-A: a\0b\r\n\r\n`), [400]],
    ['HTTP/0.9', 'GET /\r\n', [400]],
    ['HTTP/3.0', `GET / HTTP/3.0\r\n${host}\r\n`, [400, 505]],
    ['rubbish', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0xff, 0x0d, 0x0a, 0x0d, 0x0a]), [400]],
    ['a declared body of 1 MB', `POST /login HTTP/1.1\r\n${host}${form}Content-Length: 1000000\r\nConnection: close\r\n\r\n${'a'.repeat(70_000)}`, [413]],
  ];
  const wrong: string[] = [];
  for (const [what, bytes, wanted] of cases) {
    const { status, closed, text } = await talk(server.port, bytes, { waitMs: 3_000 });
    const answers = [...text.matchAll(/HTTP\/1\.[01] \d{3}/g)].length;
    const fine = status === null ? closed : wanted.includes(status);
    if (!fine || answers > 1 || (what === 'length and chunks' && !closed)) wrong.push(`${what}: status ${status}, ${answers} answers, ${closed ? 'closed' : 'open'}`);
  }
  expect(wrong).toEqual([]);
  expect(await ready(baseURL!)).toBe(200);

  const over = await new Client(baseURL!).api('offices/find', { query: 'а'.repeat(40_000) });
  expect(over.status, 'a body over 64 KB').toBe(413);
  // In chunks nobody says beforehand how much there will be; little enough that the answer is not lost to a reset.
  for (const [path, kind] of [['/login', 'x-www-form-urlencoded'], ['/api/accounts/login', 'json'], ['/demo/registries', 'x-www-form-urlencoded']] as const) {
    const head = `POST ${path} HTTP/1.1\r\n${host}Origin: ${baseURL}\r\nContent-Type: application/${kind}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const chunks = `8000\r\n${'a'.repeat(0x8000)}\r\n`.repeat(2) + '1\r\na\r\n0\r\n\r\n';
    const { status, text } = await talk(server.port, head + chunks, { waitMs: 5_000, until: 'OTD-5004' });
    expect([status, text.includes('OTD-5004')], `${path} over 64 KB in chunks`).toEqual([413, true]);
  }
  const body = await talk(server.port, `GET /healthz HTTP/1.1\r\n${host}Content-Length: 5\r\nConnection: close\r\n\r\nhello`, { waitMs: 3_000 });
  expect([200, 400], 'a GET with a body').toContain(body.status);
  expect([...body.text.matchAll(/HTTP\/1\.1 /g)].length, 'is one request').toBe(1);
});

test('row 33: fifty megabytes in chunks are cut off early', async ({ baseURL, server }) => {
  for (const path of ['/login', '/api/accounts/login']) {
    const kind = path === '/login' ? 'application/x-www-form-urlencoded' : 'application/json';
    const chunk = Buffer.from(`10000\r\n${'a'.repeat(65_536)}\r\n`);
    let sent = 0;
    const heard = await talk(server.port, `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${baseURL}\r\nContent-Type: ${kind}\r\nTransfer-Encoding: chunked\r\n\r\n`, {
      waitMs: 15_000,
      more: (write) => {
        const pump = (): void => {
          for (let i = 0; i < 8 && sent < 50 << 20; i++) {
            if (!write(chunk)) break;
            sent += chunk.length;
          }
          if (sent < 50 << 20) setTimeout(pump, 5);
          else write('0\r\n\r\n');
        };
        pump();
      },
    });
    // The answer may be lost to the reset that cuts off a peer who still sends.
    expect([413, null], `${path} after ${sent} bytes`).toContain(heard.status);
    expect(heard.closed, path).toBe(true);
    expect(sent, path).toBeLessThan(20 << 20);
  }
  expect(await ready(baseURL!)).toBe(200);
});

for (const mode of ['down', 'garbage'] as const) {
  test(`row 34: SMS and mail ${mode} lose nothing and send nothing twice`, async () => {
    const server = await Server.start(BEHIND_A_PROXY);
    try {
      await Promise.all([sms(server, mode), mail(server, mode)]);
    } finally {
      await server.dispose();
    }
  });
}

async function turn(baseURL: string, registry: 'sms' | 'mail', mode: string): Promise<void> {
  expect((await new Client(baseURL).form('/demo/registries', { registry, mode, delay_ms: '0' })).status).toBe(303);
}

/** Two tries to send have come to nothing since the server began. */
async function triedTwice(server: Server, metric: RegExp): Promise<void> {
  await expect.poll(() => server.counted(metric), { timeout: 60_000 }).toBeGreaterThan(1);
}

/** Sign-up while no SMS goes out: the form is taken, and the code comes later. */
async function sms(server: Server, mode: string): Promise<void> {
  const { baseURL } = server;
  const [outbox, client, who] = [new Outbox(baseURL), new Client(baseURL), person()];
  const other = await Citizen.registering(baseURL, { outbox });
  const code = await outbox.code(other.person.phone);
  await turn(baseURL, 'sms', mode);
  expect((await client.form('/register', signUpForm(who))).status, 'the form is taken all the same').toBe(303);
  expect((await client.get('/register/phone')).status).toBe(200);
  expect((await other.client.form('/register/phone', { code })).headers.location, 'and others go on').toBe('/cabinet');
  await triedTwice(server, /^sms_total\{result="(?!sent)/);
  expect(await outbox.to(who.phone)).toEqual([]);
  await turn(baseURL, 'sms', 'ok');
  const message = await outbox.next(who.phone, undefined, 60_000);
  expect((await client.form('/register/phone', { code: message.code! })).headers.location).toBe('/cabinet');
  await sentOnce(outbox, who.phone, 1);
}

/** The code comes, the letter does not, until later. */
async function mail(server: Server, mode: string): Promise<void> {
  const { baseURL } = server;
  const outbox = new Outbox(baseURL);
  await turn(baseURL, 'mail', mode);
  const who = person();
  const client = new Client(baseURL);
  expect((await client.form('/register', signUpForm(who))).status).toBe(303);
  const { code } = await outbox.next(who.phone, undefined, 60_000);
  expect((await client.form('/register/phone', { code: code! })).headers.location).toBe('/cabinet');
  await triedTwice(server, /^letters_total\{result="(?!sent)/);
  expect(await outbox.to(who.email)).toEqual([]);
  await turn(baseURL, 'mail', 'ok');
  const letter = await outbox.next(who.email, undefined, 60_000);
  expect((await client.form(new URL(letter.link!).pathname)).status).toBe(303);
  await sentOnce(outbox, who.email, 2);
}

async function sentOnce(outbox: Outbox, address: string, count: number): Promise<void> {
  await expect.poll(async () => (await outbox.to(address)).length).toBe(count);
  // A repeat would come with the next try of the queue.
  await sleep(4_000);
  const texts = (await outbox.to(address)).map(({ text }) => text);
  expect([texts.length, new Set(texts).size], `messages to one address`).toEqual([count, count]);
}
