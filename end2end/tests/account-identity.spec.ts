// Somebody who lost every way in sends documents, support compares, they get back in; and a new phone and e-mail.
import { expectAccessible } from '../fixtures/a11y';
import { test as plain } from '../fixtures/behind';
import { Citizen, test as signedIn } from '../fixtures/citizen';
import { hydrated, mainButton } from '../fixtures/journey';
import { photo, scan } from '../fixtures/papers';
import { person } from '../fixtures/people';
import { atDesk, Clerk } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const PASSWORD = 'Берёза-42-у-крыльца!';

async function send(page: import('@playwright/test').Page, login: string): Promise<void> {
  await page.goto('/recover');
  await page.getByRole('link', { name: 'Нет доступа ни к телефону, ни к почте' }).click();
  await page.waitForURL('**/recover/identity');
  await page.locator('#login').fill(login);
  await page.locator('#passport_scan').setInputFiles(photo());
  await page.locator('#inn_scan').setInputFiles(scan());
  await mainButton(page).click();
  await expect(page.getByRole('heading', { name: 'Запрос проверяет поддержка' })).toBeVisible();
}

signedIn('somebody who lost everything is let in by support, live, and the desk compares', async ({ page, device, citizen, consoleWatch, server }) => {
  signedIn.slow();
  consoleWatch.allow(/status of 4\d\d/);
  await page.context().clearCookies();
  await page.goto('/recover/identity/new');
  await expectAccessible(page);
  await mainButton(page).click();
  for (const control of ['login', 'passport_scan', 'inn_scan']) await expect(page.locator(`#${control}`)).toHaveAttribute('aria-invalid', 'true');
  await send(page, citizen.person.phone);
  await expectAccessible(page);
  const number = await page.locator('.facts dd').first().innerText();
  const told = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes('восстановление доступа по документам'));
  expect(told.link).toContain('/not-me/');

  const desk = await device();
  const support = await Clerk.at(server.baseURL, 'support');
  await support.enter(desk);
  const clerk = await desk.newPage();
  await clerk.goto('/staff/identities');
  await atDesk(clerk);
  const row = clerk.locator(`tr[data-number="${number}"]`);
  await expect(row).toContainText(/\d+ мин/);
  await expectAccessible(clerk);
  await row.locator('[data-act="take"]').click();
  await expect(clerk.locator('[data-field="last_name"]')).toHaveText(citizen.person.last_name);
  await clerk.locator('[data-scan="passport"] [data-act="look"]').click();
  const picture = clerk.locator('img.scan');
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(64);
  await expectAccessible(clerk);
  await clerk.locator('[data-act="confirm"]').click();
  await expect(row).toHaveCount(0);
  await desk.close();

  // The page of whoever waits has followed by itself.
  await expect(page.getByRole('heading', { name: 'Личность подтверждена' })).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Задать новый пароль' }).click();
  await page.waitForURL('**/recover/password');
  await hydrated(page);
  const fresh = person();
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password_again').fill(PASSWORD);
  await page.locator('#lost_factors').check();
  await page.locator('#new_phone').fill(fresh.phone);
  await expectAccessible(page);
  await mainButton(page).click();
  await page.waitForURL('**/recover/identity/phone');
  await expectAccessible(page);
  // A second one within a minute is refused there, and the first still fits.
  await page.getByRole('button', { name: 'Отправить код ещё раз' }).click();
  await expect(page.locator('main')).toContainText('OTD-2005');
  await page.locator('#code').fill(await citizen.outbox.code(fresh.phone));
  await mainButton(page).click();
  await page.waitForURL('**/recover/done');
  await page.goto('/login');
  await page.locator('#login').fill(fresh.phone);
  await page.locator('#password').fill(PASSWORD);
  await mainButton(page).click();
  await page.waitForURL('**/login/code');
  await page.locator('#code').fill(await citizen.outbox.code(fresh.phone));
  await mainButton(page).click();
  await page.waitForURL('**/cabinet');
  await page.goto('/cabinet/journal');
  await expect(page.locator('main')).toContainText('Поддержка открыла скан');
});

signedIn.describe('without scripts', () => {
  signedIn.use({ javaScriptEnabled: false });
  signedIn('a refusal says why, can be answered once, and names the last way', async ({ page, citizen, consoleWatch, server }) => {
    consoleWatch.allow(/status of 4\d\d/);
    await page.context().clearCookies();
    await send(page, citizen.person.email);
    const number = await page.locator('.facts dd').first().innerText();
    const support = await Clerk.at(server.baseURL, 'support');
    const rows = await support.must<{ id: string; number: string }[]>('identities');
    const { id } = rows.find((r) => r.number === number)!;
    await support.must('take_identity', { id });
    await support.must('decide_identity', { id, reason: 'OTD-3411', words: 'Снимите разворот без блика.' });
    await page.getByRole('link', { name: 'Обновить' }).click();
    await expect(page.locator('main')).toContainText('Снимите разворот без блика.');
    await expect(page.getByRole('heading', { name: 'Последний способ — отделение' })).toBeVisible();
    await page.locator('#grounds').fill('Коротко');
    await page.locator('#objection-form [data-action="submit"]').click();
    await expect(page.locator('#grounds')).toHaveAttribute('aria-invalid', 'true');
    await page.locator('#grounds').fill('Снимок читается: посмотрите его в полном размере.');
    await page.locator('#objection-form [data-action="submit"]').click();
    await expect(page.getByRole('heading', { name: 'Запрос проверяет поддержка' })).toBeVisible();
    expect((await support.api('take_identity', { id })).body).toContain('OTD-3404');
  });
});

plain('a citizen changes phone and e-mail; the old ones are told and take it back', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const other = await Citizen.signUp(baseURL!, { outbox });
  const { client } = citizen;
  const fresh = person();
  // Somebody else's number looks alike, and nothing comes of it.
  for (const phone of [other.person.phone, fresh.phone]) {
    const asked = await client.form('/cabinet/contacts/phone', { new_phone: phone });
    expect([asked.status, asked.headers.location]).toEqual([303, '/cabinet/contacts/code']);
  }
  const done = await client.form('/cabinet/contacts/code', { code: await outbox.code(fresh.phone) });
  expect([done.status, done.headers.location]).toEqual([303, '/cabinet/profile']);
  expect((await client.form('/cabinet/contacts/email', { new_email: fresh.email })).headers.location).toBe('/cabinet/contacts/sent');
  const link = new URL(await outbox.link(fresh.email));
  expect((await client.get(link.pathname)).body).toContain('Подтвердите новую почту');
  expect((await client.form(link.pathname)).headers.location).toBe('/cabinet/profile');
  expect((await client.form(link.pathname)).status, 'once').toBe(422);
  expect((await client.with({}).form('/login', { login: fresh.email, password: citizen.person.password })).headers.location).toBe('/login/code');
  const told = await outbox.next(citizen.person.phone, (m) => m.text.includes('изменён телефон'));
  expect((await client.with({}).form(new URL(told.link!).pathname)).headers.location).toBe('/not-me/done');
  expect((await client.get('/cabinet')).headers.location).toBe('/login?next=/cabinet');
  const back = await client.with({}).form('/recover', { login: citizen.person.phone });
  expect(back.headers.location).toBe('/recover/code');
  expect(await outbox.code(citizen.person.phone)).toMatch(/^\d{6}$/);
});
