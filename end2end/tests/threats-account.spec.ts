// What a stranger tries on accounts: many names, many codes, somebody's door closed, an address that only looks alike.
import { Citizen, signUpForm } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { Client } from '../fixtures/http';
import { person } from '../fixtures/people';
import { App } from '../fixtures/totp';

/** A citizen with an app: the app and the backup codes. */
async function withApp(citizen: Citizen): Promise<{ app: App; codes: string[] }> {
  await citizen.client.form('/cabinet/security?act=add_app');
  const page = (await citizen.client.get('/cabinet/security/app')).body;
  const app = new App(/<dd[^>]*>([A-Z2-7 ]{32,})</.exec(page)![1]!);
  await app.lasting(6);
  const added = await citizen.client.form('/cabinet/security/app', { app_name: 'Телефон', totp_code: app.code(-1) });
  expect(added.headers.location).toBe('/cabinet/security/codes');
  const shown = (await citizen.client.get('/cabinet/security/codes')).body;
  return { app, codes: [...shown.matchAll(/<code[^>]*>([A-Z0-9]{5}-[A-Z0-9]{5})</g)].map(([, code]) => code!) };
}

test('row 14: one code of an app, one backup code, at once in many places, opens one', async ({ baseURL, outbox }) => {
  for (const kind of ['code', 'backup_code']) {
    // Guesses of one account are counted together: each kind has its own.
    const citizen = await Citizen.signUp(baseURL!, { outbox });
    const { app, codes } = await withApp(citizen);
    expect(codes).toHaveLength(10);
    const fields = { [kind]: kind === 'code' ? app.code(0) : codes[3]! };
    const doors = await Promise.all(Array.from({ length: 8 }, () => citizen.atCode()));
    const answers = await Promise.all(doors.map((door) => door.form('/login/code', fields)));
    const opened = answers.filter(({ status }) => status === 303);
    expect(opened.length, answers.map(({ status }) => status).join(' ')).toBe(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    // And later, alone, it is worth nothing.
    const late = await (await citizen.atCode()).form('/login/code', fields);
    expect([422, 429]).toContain(late.status);
  }
});

test('row 14: guesses at an app and at backup codes are counted together for the account, whatever the session', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  await withApp(citizen);
  const statuses: number[] = [];
  for (let guess = 0; guess < 16; guess++) {
    const door = await citizen.atCode();
    const fields = guess % 2 ? { code: String(100000 + guess) } : { backup_code: `AAAAA-AAAA${'3467'[guess % 4]!}` };
    statuses.push((await door.form('/login/code', fields)).status);
  }
  // One guess was spent on adding the app.
  expect(statuses.filter((status) => status === 422).length).toBeLessThanOrEqual(10);
  expect(statuses.at(-1)).toBe(429);
});

test('row 16: a stranger closes the door to strangers, and the owner on a known device enters', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const { login, password } = { login: citizen.person.phone, password: citizen.person.password };
  for (let wrong = 0; wrong < 10; wrong++) {
    const answer = await new Client(baseURL!).form('/login', { login, password: 'Wrong-Password-1' });
    expect(answer.status, `try ${wrong}`).toBe(422);
  }
  const closed = await new Client(baseURL!).form('/login', { login, password });
  expect(closed.status, 'even the right one').toBe(429);
  expect(Number(closed.headers['retry-after'])).toBeGreaterThan(9 * 60);
  // The device of the sign-up is known by its cookie.
  const device = citizen.client.jar.get('__Host-device')!;
  const known = new Client(baseURL!).with({ '__Host-device': device });
  expect((await known.form('/login', { login, password })).headers.location).toBe('/login/code');
  // Somebody else's device is nobody's key.
  const other = await Citizen.signUp(baseURL!, { outbox });
  const borrowed = new Client(baseURL!).with({ '__Host-device': other.client.jar.get('__Host-device')! });
  expect((await borrowed.form('/login', { login, password })).status).toBe(429);
  // Nobody's name closes just the same, so that the closing tells nothing.
  const nobody = { login: '+79160009999', password: 'Wrong-Password-1' };
  for (let wrong = 0; wrong < 10; wrong++) expect((await new Client(baseURL!).form('/login', nobody)).status).toBe(422);
  expect((await new Client(baseURL!).form('/login', nobody)).status).toBe(429);
});

test('row 14: one password on many names is stopped by the address it comes from', async ({ baseURL }) => {
  const sprayer = new Client(baseURL!);
  const statuses: number[] = [];
  for (let name = 0; name < 60; name += 1) {
    statuses.push((await sprayer.form('/login', { login: `spray${name}@example.org`, password: 'Otdel-Pochta-1' })).status);
  }
  expect(statuses.slice(0, 49).every((status) => status === 422)).toBe(true);
  expect(statuses.slice(49).every((status) => status === 429), 'the fiftieth name within an hour').toBe(true);
  expect((await sprayer.form('/login', { login: 'spray@example.org', password: 'Otdel-Pochta-1' })).body).toContain('OTD-3431');
});

test('row 17: an address that looks alike is refused, and one that differs in case is the same', async ({ baseURL, outbox }) => {
  const known = await Citizen.signUp(baseURL!, { outbox });
  for (const email of ['аnna@example.org', 'anna@еxample.org', 'anna@example.org\u200b.evil.example', 'anna@exаmple.org']) {
    const answer = await new Client(baseURL!).form('/register', signUpForm(person({ email })));
    expect([answer.status, answer.body.includes('OTD-15')], email).toEqual([422, true]);
  }
  // Its owner hears of it; the one at the form does not.
  const shouting = person({ email: known.person.email.toUpperCase() });
  const client = new Client(baseURL!);
  expect((await client.form('/register', signUpForm(shouting))).status).toBe(303);
  expect((await client.form('/register/phone', { code: await outbox.code(shouting.phone) })).headers.location).toBe('/cabinet');
  const letter = await outbox.next(known.person.email, (m) => m.subject?.includes('уже есть') ?? false);
  expect(letter.text).not.toMatch(/\/register\/email\//);
  // And recovery by the shouted address reaches the first owner.
  const back = new Client(baseURL!);
  await back.form('/recover', { login: known.person.email.toUpperCase() });
  expect((await outbox.next(known.person.email, (m) => m.code !== null)).code).toMatch(/^\d{6}$/);
});

test('row 33: a password of a megabyte is refused before it is read, one of 60 KB costs no more than another', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  // The answer comes before the body is read, and the connection ends: whoever still writes may not even see it.
  const huge = await new Client(baseURL!).form('/login', { login: citizen.person.phone, password: 'a'.repeat(1_000_000) }).catch((error: NodeJS.ErrnoException) => error.code);
  expect([413, 'EPIPE', 'ECONNRESET']).toContain(typeof huge === 'object' ? huge.status : huge);
  const long = await new Client(baseURL!).form('/login', { login: citizen.person.phone, password: 'Aa1-'.repeat(15_000) });
  expect([long.status, long.ms < 5_000]).toEqual([422, true]);
  const chosen = await new Client(baseURL!).form('/register', { ...signUpForm(person()), password: 'Aa1-'.repeat(7_000), password_again: 'Aa1-'.repeat(7_000) });
  expect([chosen.status, chosen.body.includes('OTD-1808'), chosen.ms < 2_000]).toEqual([422, true, true]);
});

test('row 14: a recovery code opens no session, works once, and only for who asked', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const { phone } = citizen.person;
  const asker = new Client(baseURL!);
  expect((await asker.get('/recover/code')).headers.location, 'without asking').toBe('/recover');
  expect((await asker.get('/recover/password')).headers.location).toBe('/recover');
  await asker.form('/recover', { login: phone });
  const code = await outbox.code(phone);
  const thief = new Client(baseURL!);
  await thief.form('/recover', { login: '+79160008888' });
  expect((await thief.form('/recover/code', { code })).status, 'another asker').toBe(422);
  const twins = await Promise.all(Array.from({ length: 10 }, () => asker.with({ '__Host-session': asker.token! }).form('/recover/code', { code })));
  expect(twins.filter(({ status, headers }) => status === 303 && headers.location === '/recover/password').length).toBe(1);
  expect((await citizen.client.get('/cabinet')).status, 'whose sessions live on').toBe(200);
  // Asked too often, an account gets no more codes.
  const statuses: number[] = [];
  for (let asked = 0; asked < 6; asked++) statuses.push((await new Client(baseURL!).form('/recover', { login: phone })).status);
  expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(4);
  expect(statuses.at(-1)).toBe(429);
});

test('row 14: listed, guessable and own-name passwords are refused with their reason', async ({ baseURL }) => {
  const who = person({ last_name: 'Заречнова' });
  for (const [password, code] of [['Liverpool-1', /OTD-2108/], ['Ktyjxrf2010!', /OTD-210[89]/], ['Заречнова-1990', /OTD-2109/], ['Qwerty123!', /OTD-1806/]] as const) {
    const answer = await new Client(baseURL!).form('/register', { ...signUpForm(who), password, password_again: password });
    expect([answer.status, code.test(answer.body)], password).toEqual([422, true]);
  }
});

test('row 32: withdrawn consent closes every service at once and nothing that protects its owner; consent again opens them', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const { client } = citizen;
  const id = await citizen.draft('review');
  const none = 'A'.repeat(26);
  const services: [string, object][] = [
    ['applications/edit', { id }],
    ['applications/save_step', { id, step: 'applicant', values: [] }],
    ['applications/submit', { id, submit_key: 'x', values: [['consent', 'yes']] }],
    ['documents/begin', { application: id, kind: 'other', name: 'a.pdf', size: 1, fingerprint: '' }],
    ['documents/progress', { upload: none }],
    ['documents/finish', { upload: none, more: false }],
    ['documents/cancel', { upload: none }],
  ];
  const own: [string, object][] = [
    ['accounts/profile', {}],
    ['accounts/consents', {}],
    ['content/page', { path: '/cabinet/journal' }],
    ['applications/list', {}],
    ['documents/mine', {}],
    ['content/page', { path: '/cabinet/security' }],
    ['content/page', { path: '/cabinet/data' }],
  ];
  // Another session of theirs was open all the time: the gate is not in the session.
  const second = await citizen.logIn();
  expect((await client.form('/cabinet/consents?act=withdraw')).status).toBe(303);
  for (const device of [client, second]) {
    for (const [name, args] of services) {
      const answer = await device.api(name, args);
      expect([answer.status, answer.body.includes('OTD-2012')], name).toEqual([403, true]);
    }
    expect((await device.form('/applications/new')).status).toBe(403);
    for (const [name, args] of own) expect((await device.api(name, args)).status, name).toBe(200);
    expect((await device.get('/cabinet/data/archive.json')).status).toBe(200);
    expect((await device.form('/cabinet/security?act=codes')).headers.location).toBe('/cabinet/security/codes');
  }
  expect((await client.form('/cabinet/consents?act=give')).status).toBe(303);
  expect((await second.api('applications/edit', { id })).status).toBe(200);
  const rows = JSON.parse((await client.api('accounts/consents')).body) as { withdrawn_at: unknown }[];
  expect([rows.length, rows.filter((row) => row.withdrawn_at === null).length], 'three withdrawn, three anew').toEqual([6, 3]);
});
