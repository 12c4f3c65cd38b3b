// Every answer of the registries, and what a citizen can do about it.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen, switchRegistry, test } from '../fixtures/citizen';
import { expectStatus, hydrated } from '../fixtures/journey';
import { person } from '../fixtures/people';
import { expect } from '../fixtures/test';

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

test('another citizen finds neither the card, nor the form, nor the receipt', async ({ citizen, server }) => {
  const id = await citizen.apply();
  const card = await citizen.until(id, 'approved');
  const stranger = await Citizen.signUp(server.baseURL);
  const foreign = await stranger.get(`/applications/${id}`);
  expect(foreign.text).not.toContain(citizen.person.last_name);
  expect(foreign.status).toBe(404);
  expect((await stranger.get(`/applications/${id}/edit/passport`)).text).not.toContain(citizen.person.snils);
  const file = /\/files\/[^"]+/.exec(card)?.[0];
  if (file) expect((await stranger.get(file)).status).toBe(404);
  expect((await stranger.post(`/applications/${id}?act=withdraw`, {})).status).not.toBe(303);
});

test.describe('withdrawing', () => {
  test.afterEach(async ({ server }) => switchRegistry(server, 'inn', 'ok'));

  test('an application under review is taken back, and stays so', async ({ page, citizen, server }) => {
    await switchRegistry(server, 'inn', 'slow', 2_000);
    const id = await citizen.apply();
    await page.goto(`/applications/${id}`);
    await hydrated(page);
    await expectStatus(page, 'in_review');
    await page.getByRole('button', { name: 'Отозвать заявку' }).click();
    await expectStatus(page, 'withdrawn');
    await expectAccessible(page);
    await page.waitForTimeout(3_000);
    await page.reload();
    await expectStatus(page, 'withdrawn');
    await expect(page.getByRole('button', { name: 'Отозвать заявку' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Создать новую заявку' })).toBeVisible();
  });
});
