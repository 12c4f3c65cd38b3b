// A citizen and clerks at once: what one does the other sees.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { expectStatus, hydrated } from '../fixtures/journey';
import { person } from '../fixtures/people';
import { atDesk, Clerk, deskOf, numberOf, reviewed, type File } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const test = reviewed();

/** Waits until the file stands in the queue. */
async function waiting(clerk: Clerk, number: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; ) {
    const { rows } = await clerk.must<{ rows: { number: string }[] }>('queue', { filter: {} });
    if (rows.some((row) => row.number === number)) return;
    if (Date.now() > deadline) throw new Error(`${number} is not in the queue`);
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

test('asked, corrected, approved: the citizen sees each act on the open page', async ({ page, context, device, server }) => {
  test.setTimeout(240_000);
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  const id = await citizen.apply();
  const number = numberOf(await citizen.until(id, 'in_review'));
  const clerk = await Clerk.at(server.baseURL, 'clerk');
  await waiting(clerk, number);
  await page.goto(`/applications/${id}`);
  await hydrated(page);

  const desk = await deskOf(device, server, 'clerk');
  await desk.goto('/staff');
  await atDesk(desk);
  await expect(desk.locator(`tr[data-number="${number}"]`)).toBeVisible();
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-queue');

  // By keyboard alone: take the next, ask.
  await desk.keyboard.press('n');
  await expect(desk.locator(`[data-application-number="${number}"]`)).toBeVisible();
  await expect(desk.locator('h1')).toContainText(citizen.person.last_name);
  await expect(desk.locator('[data-field="snils"]')).toContainText(citizen.person.snils);
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-file');
  await expect(page.locator('[data-taken]'), 'the citizen sees that it is being worked on').toBeVisible();

  await desk.keyboard.press('q');
  const words = 'Номер на карточке читается иначе. Сверьте СНИЛС с документом.';
  await desk.locator('#text').fill(words);
  await desk.locator('dialog input[name="fields"][value="snils"]').check();
  await desk.locator('[data-act="preview"]').click();
  await expect(desk.locator('[data-preview]')).toContainText(words);
  await expect(desk.locator('[data-preview]')).toContainText(number);
  await expectAccessible(desk);
  const asked = Date.now();
  await desk.locator('dialog [data-action="submit"]').click();
  await expectStatus(page, 'needs_clarification');
  expect(Date.now() - asked, 'seen within seconds').toBeLessThan(5_000);
  await expect(page.locator('[data-message]')).toContainText(words);
  await expectAccessible(page);
  const letter = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes(words));
  expect(letter.text).toContain(number);

  // The correction comes back to the same clerk, old beside new.
  await citizen.client.form(`/applications/${id}/edit/passport`, { ...passport(citizen), snils: person().snils });
  const answer = await citizen.submit(id);
  expect(answer.status).toBe(303);
  await waiting(clerk, number);
  const { rows } = await clerk.must<{ rows: { number: string; returned: boolean }[] }>('queue', { filter: { held: 'returned' } });
  expect(rows.map((row) => row.number)).toContain(number);
  const back = await deskOf(device, server, 'clerk');
  await back.goto('/staff');
  await atDesk(back);
  await back.locator(`tr[data-number="${number}"] a`).focus();
  await back.keyboard.press('t');
  await expect(back.locator('[data-changed="snils"] ins')).toBeVisible();
  await expectAccessible(back);
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await back.keyboard.press('a');
  await back.locator('dialog [data-action="submit"]').click();
  await expectStatus(page, 'approved');
  await expect(page.locator('[data-registration-number]')).toBeVisible();

  // Who looked, by which right and why stands in the citizen's own journal.
  await page.goto('/cabinet/journal');
  await expect(page.locator('main')).toContainText('Заявку открыл сотрудник');
  await expect(page.locator('main')).toContainText('рассмотрение заявки');
  await expect(page.locator('main')).toContainText('сотрудник: проверяющий');
});

test('two clerks, one file: the second is told who has it and can do nothing to it', async ({ device, server, consoleWatch }) => {
  test.setTimeout(180_000);
  consoleWatch.allow(/status of (409|422)/);
  const citizen = await Citizen.signUp(server.baseURL);
  const id = await citizen.apply();
  const number = numberOf(await citizen.until(id, 'in_review'));
  const [one, two] = [await Clerk.at(server.baseURL, 'clerk'), await Clerk.at(server.baseURL, 'clerk2')];
  await waiting(one, number);
  // At the same moment: one gets it.
  const took = await Promise.all([one, two].map((clerk) => clerk.api('take', { id })));
  expect(took.map((answer) => answer.status).sort()).toEqual([200, 409]);
  const [holder, other] = took[0]!.status === 200 ? [one, two] : [two, one];
  const file = JSON.parse(took.find((answer) => answer.status === 200)!.body) as File;

  const refuse = { act: 'refuse', reasons: [{ code: 'OTD-3102' }], text: 'Паспорт по реестру недействителен.' };
  for (const [name, args] of Object.entries({ take: { id }, act: { id, version: file.version, act: refuse }, preview: { id, act: refuse } })) {
    const answer = await other.api(name, args);
    expect([answer.status, answer.body], name).toEqual([409, expect.stringContaining('OTD-6001')]);
  }
  expect((await other.api('release', { id })).status).toBe(409);
  // Reading it is possible, for a stated reason, and says who has it.
  expect((await other.api('open', { id, purpose: null })).body).toContain('OTD-6012');
  const page = await deskOf(device, server, other.login);
  await page.goto(`/staff/files/${id}`);
  await atDesk(page);
  await expect(page.locator('dialog[open] #act-title')).toBeVisible();
  await expect(page.locator('main'), 'nothing before the reason').not.toContainText(citizen.person.last_name);
  await expectAccessible(page);
  await page.locator('dialog [data-action="submit"]').click();
  await expect(page.locator('h1')).toContainText(citizen.person.last_name);
  await expect(page.locator(`[data-holder="${holder.login}"]`)).toBeVisible();
  await expect(page.locator('[data-act="approve"]')).toHaveCount(0);

  // An act on an old version is refused; then the file is refused, and the open page of the other shows it.
  expect((await holder.api('act', { id, version: file.version - 1, act: refuse })).status).toBe(409);
  const invented = { ...refuse, reasons: [{ code: 'OTD-5001' }] };
  expect((await holder.api('act', { id, version: file.version, act: invented })).body).toContain('OTD-6007');
  await holder.must('act', { id, version: file.version, act: refuse });
  await expect(page.locator('[data-status="rejected"]').first()).toBeVisible();
  expect((await citizen.until(id, 'rejected')).includes('Паспорт по реестру недействителен.')).toBe(true);
  // Decided is decided.
  expect((await holder.api('take', { id })).status).toBe(409);
  await page.context().close();
});

test('search by number, name, СНИЛС and phone shows no data and opens for a reason', async ({ device, server }) => {
  const citizen = await Citizen.signUp(server.baseURL, { who: person({ last_name: 'Заречная-Ёлкина' }) });
  const id = await citizen.apply();
  const number = numberOf(await citizen.until(id, 'in_review'));
  const page = await deskOf(device, server, 'operator');
  await page.goto('/staff/search');
  await atDesk(page);
  const { snils, phone } = citizen.person;
  for (const query of [number, number.toLowerCase().replaceAll('-', ' '), snils, phone, 'заречная елкина']) {
    // Nobody first: the row of the search before must not pass for this one's.
    await page.locator('#query').fill('Несуществующая');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('[data-found="0"]')).toBeVisible();
    await page.locator('#query').fill(query);
    await page.locator('[data-action="submit"]').click();
    const row = page.locator('[data-found] tbody tr', { hasText: number });
    await expect(row, query).toBeVisible();
    await expect(row).not.toContainText('Заречная');
  }
  await expectAccessible(page);
  await keepHtml(page, 'staff-search');
  await page.context().close();
});

test('board, staff and audit: numbers in words, and every page is accessible', async ({ device, server }) => {
  test.setTimeout(180_000);
  for (const [login, path, name] of [
    ['clerk', '/staff/board', 'staff-board'],
    ['admin', '/staff/people', 'staff-people'],
    ['auditor', '/staff/audit', 'staff-audit'],
  ] as const) {
    const page = await deskOf(device, server, login);
    await page.goto(path);
    await atDesk(page);
    if (login === 'clerk') await expect(page.locator('[data-waiting]')).toBeVisible();
    if (login === 'admin') await expect(page.locator('[data-login-row="clerk"]')).toContainText('проверяющий');
    if (login === 'auditor') {
      await page.locator('#audited').fill('clerk');
      await page.locator('[data-action="submit"]').click();
      await expect(page.locator('tbody tr').first()).toBeVisible();
    }
    await expectAccessible(page);
    await keepHtml(page, name);
    await page.context().close();
  }
});

test('single keys can be switched off, and do nothing while one types', async ({ device, server }) => {
  const page = await deskOf(device, server, 'clerk');
  // A file waits, so that the key of the next one has something to open.
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.until(await citizen.apply(), 'in_review');
  await page.goto('/staff/search');
  await atDesk(page);
  await page.locator('#query').pressSequentially('nnn');
  await expect(page.locator('#query')).toHaveValue('nnn');
  await expect(page).toHaveURL(/\/staff\/search$/);
  const taken: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/take_next')) taken.push(request.url());
  });
  await page.goto('/staff');
  await atDesk(page);
  await page.keyboard.press('n');
  await page.waitForURL('**/staff/files/**');
  expect(taken.length, 'the key asked').toBeGreaterThan(0);
  await page.goto('/staff');
  await atDesk(page);
  await page.keyboard.press('?');
  await expect(page.locator('#keys-title')).toBeVisible();
  await expectAccessible(page);
  await page.locator('#keys-on').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await atDesk(page);
  taken.length = 0;
  await page.keyboard.press('n');
  // What a key asks for is asked before the next frame but one.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(taken).toEqual([]);
  await expect(page).toHaveURL(/\/staff$/);
  await page.context().close();
});

/** The step of the passport as it would be posted. */
function passport({ person: p }: Citizen): Record<string, string> {
  const { passport_series, passport_number, passport_issue_date, passport_department_code, passport_issuer, inn } = p;
  return { passport_series, passport_number, passport_issue_date, passport_department_code, passport_issuer, inn };
}
