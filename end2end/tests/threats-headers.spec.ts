// What every answer carries: rows 20 (content policy), 21 (framing) and 23 (what a device may keep).
import { readdirSync } from 'node:fs';
import { Citizen } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { Client, type Answer } from '../fixtures/http';
import { STEPS } from '../fixtures/journey';
import { siteDir } from '../fixtures/server';

/** What holds for any answer whatever. */
function expectGuarded(what: string, { headers }: Answer): void {
  const policy = String(headers['content-security-policy']);
  const got = {
    sniffing: headers['x-content-type-options'],
    opener: headers['cross-origin-opener-policy'],
    resource: headers['cross-origin-resource-policy'],
    framed: headers['x-frame-options'],
    referrer: headers['referrer-policy'],
    server: headers.server ?? headers['x-powered-by'],
  };
  expect(got, what).toEqual({ sniffing: 'nosniff', opener: 'same-origin', resource: 'same-origin', framed: 'DENY', referrer: 'same-origin', server: undefined });
  expect(policy, what).not.toMatch(/unsafe-inline|[^-]unsafe-eval|'unsafe-hashes'|\*|https?:/);
}

/** A page runs only scripts with its own nonce. */
function nonceOf(what: string, answer: Answer): string {
  expectGuarded(what, answer);
  const policy = String(answer.headers['content-security-policy']);
  const directives = new Map(policy.split(';').map((part) => part.trim()).map((part) => [part.split(' ')[0]!, part.split(' ').slice(1)]));
  const nonce = /^'nonce-([\w-]{16,}={0,2})'$/.exec(directives.get('script-src')?.[0] ?? '')?.[1];
  expect(nonce, `${what}: ${policy}`).toBeTruthy();
  expect(directives.get('default-src'), what).toEqual(["'none'"]);
  expect(directives.get('script-src')!.slice(1), what).toEqual(["'strict-dynamic'", "'wasm-unsafe-eval'"]);
  expect(directives.get('frame-ancestors'), what).toEqual(["'none'"]);
  expect(directives.get('base-uri'), what).toEqual(["'none'"]);
  expect(directives.get('form-action'), what).toEqual(["'self'"]);
  expect(answer.headers['content-type'], what).toBe('text/html; charset=utf-8');
  const scripts = [...answer.body.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length, `${what} has scripts`).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`)), `${what}: every script has the nonce`).toEqual([]);
  expect(answer.body.match(/<[^>]*\son[a-z]+=|<[^>]*\sstyle="|href="javascript:/g), `${what}: nothing inline`).toBeNull();
  return nonce!;
}

test('rows 20, 21, 23: every page, call, file and error is guarded', async ({ baseURL, outbox }) => {
  const guest = new Client(baseURL!);
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const submitted = await citizen.draft('review');
  await citizen.submit(submitted);
  const card = await citizen.settled(submitted);
  const draft = await citizen.draft('review');
  const pending = await citizen.atCode();
  const registering = (await Citizen.registering(baseURL!, { outbox })).client;
  const waiting = new Map<string, Client>([['/login/code', pending], ['/register/phone', registering]]);

  const open = ['/', '/services', '/services/post/registration', '/services/post/registration/rehearsal', '/search?q=почта', '/offices', '/offices?q=630099', '/offices/630099', '/help', '/help/errors', '/help/errors/OTD-3101', '/support', '/status', '/verify', `/verify/${card.number}`, '/verify/2026-2222-2222', '/tracking', '/recover', '/register', '/register/phone', '/register/email/abc', '/login', '/login?next=//evil.example', '/login/code', '/nowhere', '/%D1%91', '/shell'];
  const own = ['/cabinet', '/cabinet/profile', '/cabinet/consents', '/cabinet/journal', '/cabinet/security', '/cabinet/data', '/cabinet/access', '/cabinet/receipts', '/applications', '/applications/new', `/applications/${submitted}`, '/applications/absent', ...[...STEPS, 'review'].map((step) => `/applications/${draft}/edit/${step}`)];
  const nonces: string[] = [];
  for (const path of [...open, ...own]) {
    const client = own.includes(path) ? citizen.client : (waiting.get(path) ?? guest);
    for (let time = 0; time < 2; time++) {
      const answer = await client.get(encodeURI(decodeURI(path)));
      if (answer.status === 303) expectGuarded(path, answer);
      else nonces.push(nonceOf(path, answer));
      expect([200, 303, 404, 422], path).toContain(answer.status);
      expect(answer.headers['cache-control'], path).toBe('no-store');
      expect(answer.headers['access-control-allow-origin'], path).toBeUndefined();
    }
  }
  expect(new Set(nonces).size, 'no nonce twice').toBe(nonces.length);
  expect(nonces.length).toBeGreaterThan(70);

  // Pages that repeat what was typed, and refusals of every kind.
  const replay = await guest.form('/login', { login: 'x', password: '' });
  nonceOf('a form with errors', replay);
  expect(replay.status).toBe(422);
  const refusals: [string, Promise<Answer>][] = [
    ['401', guest.api('accounts/profile')],
    ['403', guest.form('/login', {}, { origin: 'https://evil.example' })],
    ['404 of the API', guest.api('no/such')],
    ['404 of a form', guest.form('/nowhere')],
    ['400', guest.send('POST', '/api/accounts/login', { 'content-type': 'application/json', origin: baseURL! }, '{')],
    ['401 of a file', guest.get('/files/absent')],
    ['404 of a file', citizen.client.get('/files/absent')],
    ['413', guest.send('POST', '/login', { 'content-type': 'application/x-www-form-urlencoded', origin: baseURL! }, 'a='.padEnd(70_000, 'a'))],
    ['415', guest.send('POST', '/login', { 'content-type': 'text/plain', origin: baseURL! }, 'a=b')],
    ['405', guest.send('DELETE', '/login', { origin: baseURL! })],
    ['401 of the events', guest.get('/events')],
    ['health', guest.get('/healthz')],
    ['readiness', guest.get('/readyz')],
    ['the outbox of the demo', guest.get('/demo/outbox')],
    ['the registries of the demo', guest.get('/demo/registries')],
  ];
  for (const [what, pending] of refusals) {
    const answer = await pending;
    if (/^\d/.test(what)) expect(String(answer.status), what).toBe(what.slice(0, 3));
    expectGuarded(what, answer);
    expect(answer.headers['content-security-policy'], what).toContain("frame-ancestors 'none'");
    expect(answer.headers['cache-control'], what).toBe('no-store');
  }

  const pdf = await citizen.client.get(`/files/${card.receipt}`);
  expectGuarded('a receipt', pdf);
  expect(pdf.headers['content-security-policy']).toContain('sandbox');
  expect(pdf.headers['content-disposition']).toContain('attachment');
  expect(pdf.headers['cache-control']).toBe('private, no-store');
});

test('row 23: only files without people in them may be kept, hashed ones for ever', async ({ baseURL }) => {
  const guest = new Client(baseURL!);
  const files = readdirSync(siteDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.br') && entry.name !== 'index.html')
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(siteDir.length));
  const wasm = files.filter((path) => path.endsWith('.wasm')).map((path) => path.replace(/-[0-9a-f]{11,16}/, ''));
  expect(wasm.sort()).toEqual(['/bench/bench_bg.wasm', '/bench/heic/libheif.wasm', '/desk/desk_bg.wasm', '/early/early_bg.wasm', '/frontend_bg.wasm', '/rooms/rooms_bg.wasm']);
  // What Trunk gives no hash is served below one; the service worker knows it.
  const worker = (await guest.get('/sw.js')).body;
  const served = (path: string) => {
    const [, part, rest] = /^\/(early|rooms)\/(.*)$/.exec(path) ?? [];
    if (!part) return path;
    return new RegExp(`/${part}/[0-9a-f]{16}/${rest!.replaceAll('.', '\\.')}(?=")`).exec(worker)?.[0] ?? `${path} is not named by the worker`;
  };
  for (const path of files.map(served)) {
    const answer = await guest.get(path);
    expect(answer.status, path).toBe(200);
    expectGuarded(path, answer);
    const wanted = path === '/sw.js' || path.startsWith('/bench/') ? 'no-cache' : /[0-9a-f]{11,16}|^\/snippets\//.test(path) ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
    expect(answer.headers['cache-control'], path).toBe(wanted);
    expect(answer.headers['set-cookie'], path).toBeUndefined();
  }
});

test('cookies cannot be read by scripts, nor set by a neighbour host', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const answers = [
    await new Client(baseURL!).form('/login', { login: citizen.person.email, password: citizen.person.password }),
    await citizen.client.form('/settings', { lang: 'en', large: 'yes' }),
    await citizen.client.form('/logout'),
  ];
  const cookies = answers.flatMap(({ headers }) => headers['set-cookie'] ?? []);
  expect(cookies.length).toBeGreaterThanOrEqual(4);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\/(;|$)/);
    expect(cookie).not.toMatch(/; Domain=/i);
    if (!/^(lang|large)=/.test(cookie)) expect(cookie).toMatch(/^__Host-/);
  }
});
