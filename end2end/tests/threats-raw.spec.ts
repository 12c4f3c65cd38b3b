// What is left of people where nobody should find it: rows 22 (logs), 24 (the disk) and 23 (the device).
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Citizen } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { hydrated, logIn } from '../fixtures/journey';
import { person, type Person } from '../fixtures/people';
import { Server } from '../fixtures/server';
import { BEHIND_A_PROXY } from '../fixtures/http';
import { Outbox } from '../fixtures/outbox';

/** A value as it may lie about: in other alphabets, cases, groups and codings. */
function spellings(value: string): Buffer[] {
  const digits = value.replace(/\D/g, '');
  const texts = new Set([value, value.toLowerCase(), value.toUpperCase(), encodeURIComponent(value), encodeURIComponent(value).toLowerCase(), encodeURIComponent(value).replaceAll('%20', '+'), JSON.stringify(value).slice(1, -1)]);
  texts.add([...value].map((c) => (c.charCodeAt(0) > 126 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c)).join(''));
  // Dates as machines write them.
  const date = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(value);
  if (date) for (const join of ['-', '']) texts.add([date[3], date[2], date[1]].join(join));
  if (digits.length >= 6 && digits.length >= value.length - 5) {
    texts.add(digits);
    for (const separator of [' ', '-', '\u00a0']) {
      texts.add(digits.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, ['$1', '$2', '$3', '$4'].join(separator)));
      texts.add(digits.replace(/^7(\d{3})(\d{3})(\d{2})(\d{2})$/, ['+7', '$1', '$2', '$3', '$4'].join(separator)));
      texts.add(digits.replace(/^7(\d{3})(\d{3})(\d{2})(\d{2})$/, `$1${separator}$2-$3-$4`));
    }
    texts.add(digits.replace(/^7(\d{10})$/, '$1'));
  }
  const found: Buffer[] = [];
  for (const text of texts) {
    found.push(Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le'));
    // Base64 at each of its three offsets, without the characters the neighbours share.
    for (let shift = 0; shift < 3; shift++) {
      const coded = Buffer.from('\0'.repeat(shift) + text, 'utf8').toString('base64').replace(/=+$/, '');
      const inner = coded.slice(shift ? shift + 1 : 0, -1);
      if (inner.length >= 7) found.push(Buffer.from(inner), Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')));
    }
    found.push(Buffer.from(Buffer.from(text, 'utf8').toString('hex')));
  }
  return found.filter((bytes) => bytes.length >= 6);
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Which values lie in which files, in any spelling. The values themselves are left out of the report. */
function search(folder: string, values: Record<string, string>): string[] {
  const found: string[] = [];
  const wanted = Object.entries(values).map(([name, value]) => [name, spellings(value)] as const);
  for (const file of files(folder)) {
    const bytes = readFileSync(file);
    for (const [name, all] of wanted) {
      const at = all.findIndex((spelling) => bytes.includes(spelling));
      if (at >= 0) found.push(`${name}, spelling ${at}, in ${file.slice(folder.length)}`);
    }
  }
  return found;
}

/** A person all of whose values are rare enough to be searched for. */
const rare = (): Person =>
  person({
    last_name: 'Долгополова-Щурская',
    first_name: 'Евпраксия',
    middle_name: 'Мстиславовна',
    birth_place: 'с. Верхнее Заозерье Кологривского района',
    passport_issuer: 'ОТДЕЛОМ УФМС РОССИИ ПО ЗАОЗЕРСКОМУ РАЙОНУ',
    registration_address: `г. Новосибирск, ул. Советская, д. ${18 + Math.floor(Math.random() * 60)}, кв. 4177`,
    registration_postcode: '630099',
    office_index: '630099',
  });

/** What a person typed; postcodes and units are in the directory anyway. */
function typed(who: Person, more: Record<string, string> = {}): Record<string, string> {
  const { registration_postcode: _p, office_index: _o, mailbox_kind: _m, passport_department_code: _d, passport_series: _s, ...rest } = who;
  return { ...rest, passport: who.passport_series + who.passport_number, ...more };
}

test('rows 22 and 24: after a whole journey neither disk nor log holds anything a person typed', async () => {
  const server = await Server.start(BEHIND_A_PROXY);
  try {
    const outbox = new Outbox(server.baseURL);
    const citizen = await Citizen.signUp(server.baseURL, { outbox, who: rare() });
    const purpose = 'Переписка с заповедником о редких птицах';
    const id = await citizen.draft('review', { purpose });
    // Also what was refused, and what was only asked.
    const { client, person: who } = citizen;
    expect((await client.form(`/applications/${id}/edit/passport`, { ...who, snils: '151-900-101 99' })).status).toBe(422);
    expect((await client.form('/login', { login: who.email, password: `${who.password}!` })).status).toBeLessThan(500);
    await client.get(`/search?q=${encodeURIComponent(who.last_name)}`);
    await client.get(`/applications/absent?name=${encodeURIComponent(who.last_name)}`);
    await client.form(`/applications/${id}/edit/passport`, who);
    const code = await citizen.atCode().then(() => outbox.code(who.phone));
    expect((await citizen.submit(id)).status).toBe(303);
    const card = await citizen.settled(id);
    const pdf = await client.get(`/files/${card.receipt}`);
    expect(pdf.status).toBe(200);
    const link = (await outbox.to(who.email)).map((letter) => letter.link ?? '').find((text) => text.includes('/register/email/'))!;
    const tokens = { session: client.token!, link: link.split('/').at(-1)! };
    const draft = await citizen.draft('review', { purpose });
    // While it runs the WAL is there; stopped, all of it is in the database.
    const values = typed(who, { purpose, ...tokens });
    expect(files(server.dataDir).some((file) => file.endsWith('-wal')), 'there is a WAL').toBe(true);
    expect(files(server.dataDir).some((file) => file.includes('/files/')), 'there is a file').toBe(true);
    expect(search(server.folder, values), 'running').toEqual([]);
    await server.stop();
    expect(search(server.folder, values), 'stopped').toEqual([]);
    expect(files(server.dataDir).some((file) => readFileSync(file).includes(pdf.bytes.subarray(0, 64))), 'the receipt is sealed').toBe(false);

    // The search would see them: the same values in a file of ours are all found.
    const folder = mkdtempSync(join(tmpdir(), 'otdelenie-raw-'));
    writeFileSync(join(folder, 'x'), Buffer.from(Object.values(values).join('\n')).toString('base64'));
    writeFileSync(join(folder, 'y'), Buffer.from(Object.values(values).join('\n'), 'utf16le'));
    expect(search(folder, values).length).toBeGreaterThanOrEqual(Object.keys(values).length * 2 - 2);
    rmSync(folder, { recursive: true });

    const log = server.log;
    expect(log, 'the log is written').toContain('/applications/*/edit/passport');
    const ids = { application: id, draft, receipt: card.receipt!, number: card.number, ...tokens };
    for (const [name, value] of Object.entries(ids)) expect(log.includes(value), `${name} in the log`).toBe(false);
    expect(new RegExp(`(?<!\\d)${code}(?!\\d)`).test(log), 'the code in the log').toBe(false);
    expect(log.includes('?q='), 'queries in the log').toBe(false);
  } finally {
    await server.dispose();
  }
});

/**
 * What the browser remembers of itself, for filling in and for reopening its tabs: values of controls whose purpose we
 * name (WCAG 1.3.5). No site can clear that; only `autocomplete="off"` keeps a value out of it, as all others have it.
 */
const ITS_OWN_MEMORY = /^(email|address), spelling \d+, in \/Default\/(Login Data|Web Data|Sessions\/)/;

test('row 23: after logout the device holds nothing a person typed', async ({ server, outbox, consoleWatch }) => {
  const citizen = await Citizen.signUp(server.baseURL, { outbox, who: rare() });
  const { person: who } = citizen;
  const id = await citizen.draft('review');
  const profile = mkdtempSync(join(tmpdir(), 'otdelenie-profile-'));
  const typedHere = { issuer: 'ОТДЕЛОМ МИЛИЦИИ ПОДОЗЕРСКОГО РАЙОНА', address: 'г. Новосибирск, ул. Заозерская-Дальняя, д. 4, кв. 5188' };
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      locale: 'ru-RU',
    });
    await consoleWatch.watch(context);
    const page = context.pages()[0] ?? (await context.newPage());
    await logIn(page, outbox, who, { from: `${server.baseURL}/login` });
    for (const [step, field, value] of [['passport', 'passport_issuer', typedHere.issuer], ['contacts', 'registration_address', typedHere.address]] as const) {
      await page.goto(`${server.baseURL}/applications/${id}/edit/${step}`);
      await hydrated(page);
      await page.locator(`#${field}`).fill(value);
      await page.locator(`#${field}`).blur();
      await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    }
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), 'a draft was kept').toContain('otdelenie');
    await page.goto(`${server.baseURL}/cabinet`);
    await hydrated(page);
    await page.locator('form[action="/logout"] button').first().click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goBack();
    expect(new URL(page.url()).pathname, 'the back button went somewhere').not.toBe('/');
    expect(await page.content(), 'and shows nothing').not.toContain(who.last_name);
    await page.goto(server.baseURL);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('__Host-session');
    await context.close();
    expect(files(profile).length, 'the profile is a real one').toBeGreaterThan(20);
    // Six digits alone are met by chance among the browser's own numbers; the ten of series and number stay.
    const { passport_number: _six, ...values } = typed(who);
    const found = search(profile, { ...values, ...typedHere });
    test.info().annotations.push({ type: 'measured', description: found.join('; ') });
    expect(found.filter((line) => !ITS_OWN_MEMORY.test(line))).toEqual([]);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
