// Somebody lost everything and comes to a counter with a passport: a slip, a second clerk, the first entry, the cabinet.
import { expectAccessible } from '../fixtures/a11y';
import { test } from '../fixtures/citizen';
import { hydrated, mainButton } from '../fixtures/journey';
import { keepHtml } from '../fixtures/html';
import { person } from '../fixtures/people';
import { atDesk, Clerk, deskOf } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const PASSWORD = 'Берёза-42-у-крыльца!';
const PASSPORT = ['last_name', 'first_name', 'birth_date', 'passport_series', 'passport_number'] as const;

test('somebody who lost everything gets a slip at the counter and chooses a password at home', async ({ page, device, citizen, consoleWatch, server, outbox }) => {
  test.slow();
  consoleWatch.allow(/status of 4\d\d/);
  const who = citizen.person;
  await page.context().clearCookies();
  // What to bring and how long it takes, from the page of whoever cannot log in.
  await page.goto('/recover');
  await page.getByRole('link', { name: 'восстановить доступ в отделении' }).click();
  await page.waitForURL('**/recover/office');
  await expect(page.getByRole('heading', { name: 'Что взять с собой' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Найти отделение' })).toBeVisible();
  await expectAccessible(page);
  await keepHtml(page, 'recover-office');

  const desk = await deskOf(device, server, 'operator');
  await desk.goto('/staff');
  await atDesk(desk);
  await desk.getByRole('link', { name: 'Восстановление доступа' }).click();
  await expect(desk.getByRole('heading', { name: 'Восстановить доступ у окна' })).toBeVisible();
  await expectAccessible(desk);
  const form = desk.locator('#reset-form');
  const type = async (values: Record<string, string>): Promise<void> => {
    for (const [id, value] of Object.entries(values)) await form.locator(`#${id}`).fill(value);
  };
  await type(Object.fromEntries(PASSPORT.map((id) => [id, who[id]])));
  await form.locator('[data-action="submit"]').click();
  await expect(desk.locator('#error-summary')).toContainText('OTD-3377');
  await form.locator('#seen').check();
  // Rubbish is named field by field, and the field is marked until it is mended.
  await type({ first_name: 'Ivan' });
  await form.locator('[data-action="submit"]').click();
  await desk.locator('#error-summary').getByRole('link', { name: 'Имя: Напишите русскими буквами' }).click();
  await expect(form.locator('#first_name')).toBeFocused();
  await expect(form.locator('#first_name')).toHaveAttribute('aria-invalid', 'true');
  await type({ first_name: 'Иннокентий' });
  await expect(form.locator('#first_name')).not.toHaveAttribute('aria-invalid');
  await form.locator('[data-action="submit"]').click();
  await expect(desk.locator('#error-summary')).toContainText('OTD-3373');
  await expectAccessible(desk);
  await type({ first_name: who.first_name });
  await form.locator('#reset_reason').selectOption('stolen');
  await form.locator('[data-action="submit"]').click();
  const [login, first] = [desk.locator('[data-login-issued]'), desk.locator('[data-first-password]')];
  await expect(login).toHaveText(/^\w{4}-\w{4}$/);
  await expect(desk.locator('#slip')).toBeFocused();
  await expect(desk.locator('[data-works]')).toHaveText(/\d\d\.\d\d\.\d{4}, \d\d:\d\d/);
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-counter-slip');
  const slip = { login: await login.innerText(), password: await first.innerText() };
  for (const address of [who.phone, who.email]) {
    expect((await outbox.next(address, (m) => m.text.includes('доступ сброшен'))).text).toContain('/not-me/');
  }

  // Nobody enters yet: neither as before, nor by the slip.
  const enter = async (name: string, password: string): Promise<void> => {
    await page.goto('/login');
    await hydrated(page);
    await page.locator('#login').fill(name);
    await page.locator('#password').fill(password);
    await mainButton(page).click();
  };
  await enter(who.phone, who.password);
  await expect(page.locator('main')).toContainText('OTD-2001');
  await enter(slip.login, slip.password);
  await expect(page.locator('main')).toContainText('OTD-3372');

  // A second clerk looks at the same passport.
  const second = await deskOf(device, server, 'operator2');
  await second.goto('/staff/counter');
  await atDesk(second);
  await second.locator('#second_series').fill(who.passport_series);
  await second.locator('#second_number').fill(who.passport_number);
  await second.locator('#second_seen').check();
  await second.locator('#confirm-form [data-action="submit"]').click();
  await expect(second.getByText('листок уже работает')).toBeVisible();
  await expectAccessible(second);
  await second.context().close();
  await desk.getByRole('button', { name: 'Следующий гражданин' }).click();
  await expect(form.locator('#passport_number')).toHaveValue('');
  await expect(form.locator('#seen')).not.toBeChecked();
  await desk.context().close();

  await enter(slip.login, slip.password);
  await page.waitForURL('**/login/first');
  await hydrated(page);
  const fresh = person();
  await page.locator('#phone').fill(fresh.phone);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('#password_again').fill(PASSWORD);
  await page.locator('#consent').check();
  await expectAccessible(page);
  await mainButton(page).click();
  await page.waitForURL('**/login/code');
  await page.locator('#code').fill(await outbox.code(fresh.phone));
  await mainButton(page).click();
  await page.waitForURL('**/cabinet');
  await page.goto('/cabinet/journal');
  const journal = page.locator('main');
  await expect(journal).toContainText('Доступ сброшен в отделении по паспорту · телефон или почту украли');
  await expect(journal).toContainText('Второй сотрудник подтвердил сброс доступа');
  await page.goto('/cabinet/data');
  await expect(page.locator('main')).toContainText('Сотрудник искал учётную запись по паспорту');
});

test('whoever still has the phone presses «Это не я», and the slip opens nothing', async ({ page, citizen, consoleWatch, server, outbox }) => {
  consoleWatch.allow(/status of 4\d\d/);
  const who = citizen.person;
  const clerk = await Clerk.at(server.baseURL, 'operator');
  const values = PASSPORT.map((id) => [id, who[id]]);
  const slip = await clerk.must<{ login: string; password: string }>('reset_access', { values, reason: 'lost', seen: true });
  await page.goto('/cabinet');
  await page.waitForURL('**/login?**');
  const told = await outbox.next(who.phone, (m) => m.text.includes('доступ сброшен'));
  await page.goto(new URL(told.link!).pathname);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Это не я' }).click();
  await page.waitForURL('**/not-me/done');
  const second = await Clerk.at(server.baseURL, 'operator2');
  const confirm = { values: values.slice(3), seen: true };
  expect((await second.api('confirm_reset', confirm)).body).toContain('OTD-3373');
  expect((await clerk.api('reset_access', { values, reason: 'lost', seen: true })).body).toContain('OTD-3375');
  await page.goto('/login');
  await page.locator('#login').fill(slip.login);
  await page.locator('#password').fill(slip.password);
  await mainButton(page).click();
  await expect(page.locator('main')).toContainText('OTD-2001');
  // The old phone is the account's again.
  await page.goto('/recover');
  await page.locator('#login').fill(who.phone);
  await mainButton(page).click();
  await page.waitForURL('**/recover/code');
  expect(await outbox.code(who.phone)).toMatch(/^\d{6}$/);
});
