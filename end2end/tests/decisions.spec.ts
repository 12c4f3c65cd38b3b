// Every answer of the registries, and what a citizen can do about it.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen, switchRegistry, test } from '../fixtures/citizen';
import { expectStatus, hydrated } from '../fixtures/journey';
import { person } from '../fixtures/people';
import { expect } from '../fixtures/test';

test('СНИЛС of another person: asked to correct it, corrected, approved under the same number', async ({ page, citizen }) => {
  const id = await citizen.apply({ snils: '150-900-101 06' });
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'needs_clarification');
  const number = await page.locator('[data-application-number]').first().getAttribute('data-application-number');
  const ask = page.locator('section', { has: page.locator('#ask') });
  await expect(ask).toContainText('СНИЛС');
  await expect(ask.locator('a[href="/help/errors/OTD-3103"]')).toHaveText('OTD-3103');
  await expect(ask).toContainText(/Ответьте до \d\d\.\d\d\.\d{4}/);
  await expectAccessible(page);

  await page.locator('[data-action="next"]').click();
  await page.waitForURL(`**/applications/${id}/edit/passport`);
  await expect(page.locator('#snils')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#snils-error')).toContainText('Сверьте СНИЛС');
  await expect(page.locator('#passport_issuer')).toHaveValue(citizen.person.passport_issuer);
  await expectAccessible(page);
  await page.locator('#snils').fill(citizen.person.snils);
  await page.locator('[data-action="next"]').click();
  await page.waitForURL('**/edit/review');
  await page.locator('#consent').check();
  await page.locator('[data-action="submit"]').click();
  await page.waitForURL(`**/applications/${id}`);
  await expectStatus(page, 'approved');
  await expect(page.locator('[data-application-number]').first()).toHaveAttribute('data-application-number', number!);
  await expect(page.locator('[data-registration-number]')).toHaveText(/^R2\d{3}-/);
  // The letters told of each.
  await citizen.outbox.next(citizen.person.email, ({ text }) => text.includes('OTD-3103') && text.includes(number!));
});

test('an invalid passport: rejected with its code, and a new application keeps the data', async ({ page, citizen }) => {
  const passport = { passport_series: '4510', passport_number: '900101', passport_issue_date: '20.02.2010' };
  const id = await citizen.apply({ birth_date: '15.01.1990', ...passport });
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'rejected');
  const why = page.locator('section', { has: page.locator('#why') });
  await expect(why.locator('a[href="/help/errors/OTD-3102"]')).toHaveText('OTD-3102');
  await expect(page.locator('[data-registration-number]')).toHaveCount(0);
  await expectAccessible(page);

  await why.getByRole('button', { name: 'Создать новую заявку' }).click();
  await page.waitForURL((url) => /\/edit\/applicant$/.test(url.pathname) && !url.pathname.includes(id));
  await expect(page.locator('#last_name')).toHaveValue(citizen.person.last_name);
  await expect(page.locator('#birth_date')).toHaveValue('15.01.1990');
  await page.goto(page.url().replace('applicant', 'passport'));
  await expect(page.locator('#passport_number')).toHaveValue('900101');
  await expect(page.locator('#snils')).toHaveValue(citizen.person.snils);
  await page.goto(page.url().replace('passport', 'contacts'));
  await expect(page.locator('#registration_address')).toHaveValue(citizen.person.registration_address);
  // The old one stays as it was.
  await page.goto(`/applications/${id}`);
  await expectStatus(page, 'rejected');
});

test('the code of a reason is explained: cause, remedy, what to quote', async ({ page, citizen }) => {
  const id = await citizen.apply({ snils: '150-900-101 06' });
  await citizen.until(id, 'needs_clarification');
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await page.locator('a[href="/help/errors/OTD-3103"]').first().click();
  await page.waitForURL('**/help/errors/OTD-3103');
  await expect(page.locator('h1')).toContainText('OTD-3103');
  await expect(page.getByText('Почему так бывает')).toBeVisible();
  await expect(page.getByText('Что сделать')).toBeVisible();
});

test('the same person again from another account: rejected as registered already', async ({ page, citizen, server }) => {
  const first = await citizen.apply();
  await citizen.until(first, 'approved');
  const { phone, email } = person();
  const again = await Citizen.signUp(server.baseURL, { who: { ...citizen.person, phone, email } });
  const id = await again.apply();
  await again.enter(page.context());
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'rejected');
  await expect(page.locator('a[href="/help/errors/OTD-3106"]').first()).toHaveText('OTD-3106');
});

test('another citizen finds neither the card, nor the form, nor the receipt', async ({ citizen, server }) => {
  const id = await citizen.apply();
  const card = await citizen.until(id, 'approved');
  const stranger = await Citizen.signUp(server.baseURL);
  const foreign = await stranger.client.get(`/applications/${id}`);
  expect(foreign.body).not.toContain(citizen.person.last_name);
  expect(foreign.status).toBe(404);
  expect((await stranger.client.get(`/applications/${id}/edit/passport`)).body).not.toContain(citizen.person.snils);
  const file = /\/files\/[^"]+/.exec(card)?.[0];
  if (file) expect((await stranger.client.get(file)).status).toBe(404);
  expect((await stranger.client.form(`/applications/${id}?act=withdraw`, {})).status).not.toBe(303);
});

test.describe('withdrawing', () => {
  test.afterEach(async ({ server }) => switchRegistry(server, 'inn', 'ok'));

  test('an application under review is taken back', async ({ page, citizen, server }) => {
    await switchRegistry(server, 'inn', 'down');
    const id = await citizen.apply();
    await page.goto(`/applications/${id}`);
    await hydrated(page);
    await expectStatus(page, 'in_review');
    await page.getByRole('button', { name: 'Отозвать заявку' }).click();
    await expectStatus(page, 'withdrawn');
    await expectAccessible(page);
    // That it stays so when the registry is back: `server/tests/desks/clarification.rs`.
    await page.reload();
    await expectStatus(page, 'withdrawn');
    await expect(page.getByRole('button', { name: 'Отозвать заявку' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Создать новую заявку' })).toBeVisible();
  });
});

test('the receipt: a PDF for its owner, and proof of genuineness for anyone', async ({ page, citizen, device, server, consoleWatch }) => {
  const id = await citizen.apply();
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'approved');
  const number = (await page.locator('[data-application-number]').first().getAttribute('data-application-number'))!;
  const link = page.getByRole('link', { name: 'Скачать PDF' });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const pdf = await readFile(await download.path());
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(5_000);
  const inside = pdf.toString('latin1');
  expect(inside, 'fonts embedded').toMatch(/\/FontFile[23]?/);
  expect(inside, 'tagged').toContain('/StructTreeRoot');
  // What a reader sees, and a program reads: words, not outlines.
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  const { last_name, first_name, snils, passport_number } = citizen.person;
  for (const words of [number, 'Квитанция о подаче заявления', 'Регистрация в почтовой службе', `${last_name[0]}. ${first_name[0]}.`, `${server.baseURL}/verify/${number}`]) {
    expect(text).toContain(words);
  }
  for (const secret of [last_name, snils, passport_number]) expect(text).not.toContain(secret);

  // Someone else, without a session.
  const context = await device();
  const reader = await context.newPage();
  await reader.goto('/verify');
  await reader.locator('#receipt').fill(number.toLowerCase());
  await reader.keyboard.press('Enter');
  await reader.waitForURL(/\/verify\/.+/);
  await expect(reader.locator('h1')).toHaveText('Квитанция подлинная');
  await expect(reader.locator('main')).toContainText(number);
  await expect(reader.locator('[data-status="approved"]')).toBeVisible();
  for (const secret of [citizen.person.last_name, citizen.person.snils, citizen.person.passport_number]) {
    await expect(reader.locator('main')).not.toContainText(secret);
  }
  await hydrated(reader);
  await expectAccessible(reader);
  consoleWatch.allow(/status of 404/);
  const forged = await reader.goto('/verify/2026-AAAA-AAAA');
  expect(forged?.status()).toBe(404);
  await expect(reader.locator('main')).toContainText(/такой квитанции нет/);
});
