// The staff's door: password, authenticator, limits; and that nobody else gets anything behind it.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { Client } from '../fixtures/http';
import { keepHtml } from '../fixtures/html';
import { staffFunctions, staffPages, staffRoutes } from '../fixtures/inventory';
import { atDesk, Clerk, COOKIE, demoClerk } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';
import { App } from '../fixtures/totp';

/** What each function is asked with: arguments that would be taken from somebody who may. */
const ASKED: Record<string, object> = {
  login: { login: 'clerk', password: 'x' },
  enrolment: {},
  enrol: { code: '123456' },
  code: { code: '123456' },
  me: {},
  logout: {},
  queue: { filter: {} },
  queue_live: { filter: {} },
  take_next: { filter: {}, except: [] },
  open: { id: 'x', purpose: 'review' },
  take: { id: 'x' },
  release: { id: 'x' },
  reassign: { id: 'x', to: 'clerk2' },
  preview: { id: 'x', act: { act: 'approve' } },
  act: { id: 'x', version: 1, act: { act: 'approve' } },
  preview_appeal: { id: 'x', decision: { verdict: 'uphold', text: 'Проверено заново.' } },
  decide_appeal: { id: 'x', version: 1, decision: { verdict: 'uphold', text: 'Проверено заново.' } },
  search: { query: 'Орлова' },
  open_on_the_phone: { values: [] },
  open_at_the_counter: { values: [] },
  reset_access: { values: [], reason: 'lost', seen: true },
  confirm_reset: { values: [], seen: true },
  identities: {},
  identities_live: {},
  take_identity: { id: 'x' },
  decide_identity: { id: 'x', reason: null, words: '' },
  board: {},
  people: {},
  add: { login: 'thief', role: 'administrator', scope: 'everywhere' },
  propose: { staff_id: 'x', role: 'administrator', scope: 'everywhere' },
  confirm: { grant_id: 'x' },
  end: { grant_id: 'x' },
  identify: { staff_id: 'x', snils: '112-233-445 95', phone: '' },
  disable: { login: 'admin', disabled: true },
  audit: { login: 'clerk' },
  new_password: { password: 'Svoj-Parol-77!', again: 'Svoj-Parol-77!' },
  reset: { login: 'admin' },
  partners: {},
  add_partner: { name: 'x', url: 'https://partner.example/', events: ['application.submitted'] },
  switch_partner: { id: 'x', on: true },
  remove_partner: { id: 'x' },
  deliveries: { id: 'x', after: null },
  redeliver: { delivery: 'x' },
};
/** Doors that anybody may knock at; what they open is tested below. */
const DOORS = ['login', 'logout'];

test('a stranger and a citizen get nothing of any staff page or function', async ({ server }) => {
  expect(Object.keys(ASKED).sort(), 'every function is probed').toEqual(staffFunctions());
  expect(staffRoutes(), 'every route is probed').toEqual([
    '/staff/api/openapi.json',
    '/staff/api/{*name}',
    '/staff/documents/{id}',
    '/staff/export/{name}',
    '/staff/identities/scans/{id}',
    '/staff/{*path}',
    'routes::STAFF',
    'routes::STAFF_EVENTS',
  ]);
  const citizen = await Citizen.signUp(server.baseURL);
  const token = citizen.client.token!;
  const clients: [string, Client][] = [
    ['a stranger', new Client(server.baseURL)],
    ['a citizen', new Client(server.baseURL).with({ '__Host-session': token })],
    ['a citizen with their own token in the staff cookie', new Client(server.baseURL).with({ '__Host-session': token, [COOKIE]: token })],
    ['an invented token', new Client(server.baseURL).with({ [COOKIE]: 'A'.repeat(52) })],
  ];
  for (const [who, client] of clients) {
    for (const [name, args] of Object.entries(ASKED)) {
      const answer = await client.staff(name, args);
      const allowed = DOORS.includes(name) ? [200, 422] : [401, 403, 404];
      expect(allowed, `${who}: ${name} answered ${answer.status}`).toContain(answer.status);
      expect(answer.body).not.toContain('first_password');
      // Nothing of the staff is behind the citizens' prefix.
      expect([401, 403, 404], `${who}: /api/${name}`).toContain((await client.api(name, args)).status);
      expect([404, 405], `${who}: GET ${name}`).toContain((await client.get(`/staff/api/${name}`)).status);
    }
    for (const path of [...staffPages(), '/staff/nothing', '/staff/files', '/staff/events', '/staff/documents/x', '/staff/documents/x?purpose=review', '/staff/identities/scans/x', '/staff/export/acts.csv']) {
      const answer = await client.get(path.replace(':id', 'x'));
      expect([401, 403, 404], `${who}: ${path} answered ${answer.status}`).toContain(answer.status);
      expect(answer.headers['set-cookie'], path).toBeUndefined();
    }
    const door = await client.get('/staff/login');
    expect(door.status).toBe(200);
    expect(door.headers['content-security-policy']).toMatch(/script-src 'nonce-[0-9a-f]+' 'strict-dynamic' 'wasm-unsafe-eval'/);
    expect(door.headers['cache-control']).toBe('no-store');
  }
});

test('each role opens its own pages and functions and no others', async ({ server }) => {
  test.setTimeout(240_000);
  const POWERS: Record<string, string[]> = {
    clerk: ['/staff', '/staff/files/:id', '/staff/search', '/staff/board'],
    operator: ['/staff', '/staff/files/:id', '/staff/search', '/staff/newcomers/counter', '/staff/counter'],
    support: ['/staff', '/staff/files/:id', '/staff/search', '/staff/identities', '/staff/newcomers/phone'],
    auditor: ['/staff', '/staff/board', '/staff/audit'],
    admin: ['/staff', '/staff/board', '/staff/people', '/staff/partners', '/staff/partners/:id'],
  };
  const FORBIDDEN: Record<string, string[]> = {
    operator: ['open_on_the_phone', 'identities', 'take_identity', 'decide_identity', 'board', 'people', 'add', 'propose', 'confirm', 'end', 'disable', 'audit', 'reassign', 'act', 'preview', 'preview_appeal', 'decide_appeal', 'identify'],
    support: ['open_at_the_counter', 'reset_access', 'confirm_reset', 'queue', 'queue_live', 'take_next', 'take', 'release', 'reassign', 'act', 'preview', 'preview_appeal', 'decide_appeal', 'identify', 'board', 'people', 'add', 'audit'],
    auditor: ['reset_access', 'queue', 'take_next', 'open', 'take', 'release', 'act', 'preview', 'preview_appeal', 'decide_appeal', 'identify', 'search', 'people', 'add', 'confirm', 'disable', 'reset', 'partners', 'deliveries'],
    admin: ['reset_access', 'confirm_reset', 'identities', 'decide_identity', 'queue', 'take_next', 'open', 'take', 'release', 'act', 'preview', 'preview_appeal', 'decide_appeal', 'search', 'audit'],
    clerk: ['open_on_the_phone', 'open_at_the_counter', 'reset_access', 'confirm_reset', 'identities', 'take_identity', 'decide_identity', 'people', 'add', 'propose', 'confirm', 'end', 'identify', 'disable', 'audit', 'reset', 'partners', 'add_partner', 'redeliver'],
  };
  for (const [login, pages] of Object.entries(POWERS)) {
    const clerk = await Clerk.at(server.baseURL, login);
    for (const path of staffPages()) {
      const { status } = await clerk.client.get(path.replace(':id', 'x'));
      expect(status, `${login}: ${path}`).toBe(pages.includes(path) ? 200 : 403);
    }
    expect((await clerk.client.get('/staff/nothing')).status).toBe(404);
    for (const name of FORBIDDEN[login]!) {
      const answer = await clerk.api(name, ASKED[name]);
      expect([answer.status, answer.body], `${login}: ${name}`).toEqual([403, expect.stringContaining('OTD-6003')]);
    }
    // A staff session is nobody in the citizens' part.
    const abroad = clerk.client.with({ '__Host-session': clerk.client.jar.get(COOKIE)! });
    expect((await abroad.api('accounts/profile')).status).toBe(401);
  }
});

test('a code of the authenticator works once, and the cookie stays below /staff', async ({ server }) => {
  test.setTimeout(150_000);
  const first = await Clerk.logIn(server.baseURL, 'clerk2');
  const { password } = await demoClerk(server.baseURL, 'clerk2');
  // Somebody looked over the shoulder: password and code are right, and the code is used.
  const thief = new Client(server.baseURL);
  expect((await thief.staff('login', { login: 'clerk2', password })).status).toBe(200);
  expect((await thief.staff('me')).status, 'past the password is not inside').toBe(401);
  const replayed = await thief.staff('code', { code: first.used });
  expect([replayed.status, replayed.body]).toEqual([422, expect.stringContaining('OTD-6009')]);
  expect((await thief.staff('code', { code: '000000' })).body).toContain('OTD-2002');
  expect((await thief.staff('me')).status).toBe(401);
  const again = await thief.staff('login', { login: 'clerk2', password });
  const [cookie] = again.headers['set-cookie']!;
  for (const part of ['Path=/staff', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(part);
  // Nobody's name and a wrong password answer alike.
  const [wrong, nobody] = [await thief.staff('login', { login: 'clerk', password: 'x' }), await thief.staff('login', { login: 'nobody', password: 'x' })];
  expect([wrong.status, wrong.body]).toEqual([nobody.status, nobody.body]);
  // A session ends when one leaves, for good.
  const token = first.client.jar.get(COOKIE)!;
  expect((await first.api('logout')).status).toBe(200);
  expect((await new Client(server.baseURL).with({ [COOKIE]: token }).staff('me')).status).toBe(401);
});

test('guesses are counted before they are compared', async ({ server }) => {
  const { password } = await demoClerk(server.baseURL, 'support');
  const guesser = new Client(server.baseURL);
  await guesser.staff('login', { login: 'support', password });
  const answers: number[] = [];
  for (let i = 0; i < 12; i++) answers.push((await guesser.staff('code', { code: String(100_000 + i) })).status);
  // Somebody may have logged in with a right code a moment ago: that was one of the ten.
  const compared = answers.filter((status) => status === 422).length;
  expect([9, 10]).toContain(compared);
  expect(answers.slice(compared).every((status) => status === 429)).toBe(true);
});

test('who is in the password already is not taken back to the login', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 401/);
  // The door puts the focus into its first field with a frame of the browser, which may come late.
  await page.addInitScript(() => {
    const soon = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (act) => window.setTimeout(() => soon(act), 500);
  });
  await page.goto('/staff/login');
  await page.locator('#login').fill('novikova');
  await page.locator('#password').focus();
  await page.waitForTimeout(1000);
  await page.keyboard.type('Svoj-Parol-77!');
  await expect(page.locator('#login')).toHaveValue('novikova');
  await expect(page.locator('#password')).toHaveValue('Svoj-Parol-77!');
  // Nobody has gone anywhere: the first field waits.
  await page.goto('/staff/login');
  await expect(page.locator('#login')).toBeFocused();
});

test('a new clerk: added by one administrator, confirmed by another, enrols an app, comes in', async ({ page, server, consoleWatch }) => {
  test.setTimeout(180_000);
  consoleWatch.allow(/status of (401|403|422)/);
  const [anna, boris] = [await Clerk.at(server.baseURL, 'admin'), await Clerk.at(server.baseURL, 'admin2')];
  const { login, password } = await anna.must<{ login: string; password: string }>('add', { login: 'novikova', role: 'reviewer', scope: 'region:54' });
  type Row = { login: string; grants: { id: string; confirmed_by: string | null; mine_to_confirm: boolean }[] };
  const proposal = async (clerk: Clerk) => (await clerk.must<Row[]>('people')).find((row) => row.login === login)!.grants[0]!;
  expect(await proposal(anna)).toMatchObject({ confirmed_by: null, mine_to_confirm: false });
  const refused = await anna.api('confirm', { grant_id: (await proposal(anna)).id });
  expect([refused.status, refused.body]).toEqual([403, expect.stringContaining('OTD-6004')]);

  await page.goto('/staff/login');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await expectAccessible(page);
  await page.locator('[data-action="submit"]').click();
  // The administrator knows the first password: one's own comes before anything else.
  const own = 'Svoj-Parol-77!';
  await page.locator('#new_password').fill(own);
  await page.locator('#new_again').fill(own);
  await expectAccessible(page);
  await page.locator('[data-action="submit"]').click();
  const secret = (await page.locator('[data-secret]').textContent())!.replaceAll(' ', '');
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  await expectAccessible(page);
  await page.locator('#totp_code').fill(new App(secret).code());
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('[data-backup-codes] li')).toHaveCount(10);
  await expectAccessible(page);
  const backup = (await page.locator('[data-backup-codes] li').first().textContent())!;
  await page.locator('[data-action="next"]').click();
  // Inside, and with no right yet: proposed is not given.
  await atDesk(page);
  await expect(page.locator('.notice')).toBeVisible();
  expect((await page.request.post('/staff/api/queue', { data: { filter: {} } })).status()).not.toBe(200);

  expect((await boris.api('confirm', { grant_id: (await proposal(boris)).id })).status).toBe(200);
  // Rights changed: the session is over, the next one has them. The phone is at home: a backup code, which works once.
  await page.goto('/staff');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(own);
  await page.locator('[data-action="submit"]').click();
  await page.locator('#totp_code').fill(backup);
  await expectAccessible(page);
  await page.locator('[data-action="submit"]').click();
  await atDesk(page);
  await expect(page.locator('h1')).toHaveText('Очередь');
  await keepHtml(page, 'staff-queue-empty');
  const other = new Client(server.baseURL);
  expect((await other.staff('login', { login, password })).status, 'the first password is gone').toBe(422);
  await other.staff('login', { login, password: own });
  expect((await other.staff('code', { code: backup })).status).toBe(422);

  // Disabled: out within the same second.
  expect((await anna.api('disable', { login, disabled: true })).status).toBe(200);
  await page.reload();
  await expect(page.locator('#login')).toBeVisible();
});
