// The house: passwords shown once are seen, errors stand at their form, acts that are not easily taken back are asked once.
import { setTimeout as sleep } from 'node:timers/promises';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { mainButton } from '../fixtures/journey';
import { photo, scan } from '../fixtures/papers';
import { atDesk, Clerk, deskOf, reviewed, waiting } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const test = reviewed();

test('a new member: the error at the form, the password in view; disabled after one question', async ({ device, server, consoleWatch }) => {
  test.setTimeout(120_000);
  consoleWatch.allow(/status of 422/);
  const page = await deskOf(device, server, 'admin');
  await page.goto('/staff/people');
  await atDesk(page);
  await expect(page).toHaveTitle(/^Сотрудники · /);
  const form = page.locator('section:has(#new_login)');
  for (const [login, scope, wrong] of [['я', 'everywhere', '#new_login'], ['ivanov77', 'nowhere', '#new_scope']] as const) {
    await page.locator('#new_login').fill(login);
    await page.locator('#new_scope').fill(scope);
    await form.locator('[data-action="submit"]').click();
    await expect(form.locator('#error-summary')).toBeVisible();
    await expect(page.locator(wrong)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator(wrong)).toBeFocused();
  }
  await expectAccessible(page);
  await page.locator('#new_scope').fill('everywhere');
  await form.locator('[data-action="submit"]').click();
  await expect(page.locator('#added')).toBeFocused();
  await expect(page.locator('[data-first-password]')).toBeInViewport();

  const row = page.locator('[data-login-row="ivanov77"]');
  await row.locator('summary').first().click();
  await row.locator('input.w-20').first().fill('nowhere');
  await row.getByRole('button', { name: 'Предложить право' }).click();
  await expect(row.locator('#error-summary')).toBeVisible();
  await expect(row.locator('input[aria-invalid]')).toBeFocused();
  await row.locator('summary').first().click();

  // Between the links of a row there is a gap.
  const links = page.locator('[data-login-row="clerk"] .row > .btn.link');
  const boxes = await links.evaluateAll((all) => all.map((link) => link.getBoundingClientRect()).map(({ left, right, top }) => ({ left, right, top })));
  expect(boxes.length).toBe(2);
  expect(boxes[0]!.top !== boxes[1]!.top || boxes[1]!.left - boxes[0]!.right >= 8).toBe(true);

  const off = row.locator('[data-act="switch"]');
  await off.click();
  await expect(page.locator('dialog[open]')).toContainText('ivanov77');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(row).not.toContainText('отключён');
  await off.click();
  await page.locator('dialog[open] [data-action="confirm"]').click();
  await expect(row).toContainText('отключён');
});

test('an identity is refused after one question, by its number', async ({ page, device, server }) => {
  test.setTimeout(120_000);
  const citizen = await Citizen.signUp(server.baseURL);
  await page.goto('/recover/identity');
  await page.goto('/recover');
  await page.getByRole('link', { name: 'Нет доступа ни к телефону, ни к почте' }).click();
  await page.waitForURL('**/recover/identity');
  await page.locator('#login').fill(citizen.person.email);
  await page.locator('#passport_scan').setInputFiles(photo());
  await page.locator('#inn_scan').setInputFiles(scan());
  await mainButton(page).click();
  await expect(page.getByRole('heading', { name: 'Запрос проверяет поддержка' })).toBeVisible();
  const number = await page.locator('.facts dd').first().innerText();

  const desk = await deskOf(device, server, 'support');
  await desk.goto('/staff/identities');
  await atDesk(desk);
  await desk.locator(`tr[data-number="${number}"] [data-act="take"]`).click();
  await desk.locator('#words').fill('Снимите разворот без блика.');
  // To the list and back: what was written is there.
  await desk.getByRole('button', { name: 'К списку' }).click();
  await desk.locator(`tr[data-number="${number}"] [data-act="take"]`).click();
  await expect(desk.locator('#words')).toHaveValue('Снимите разворот без блика.');
  const sent: string[] = [];
  desk.on('request', (request) => void (request.url().endsWith('/decide_identity') && sent.push(request.url())));
  await desk.locator('[data-act="refuse"]').click();
  await expect(desk.locator('dialog[open]')).toContainText(number);
  expect(sent).toEqual([]);
  await desk.locator('dialog[open] [data-action="confirm"]').click();
  await expect(desk.locator('[data-said]')).toContainText(number);
  expect(sent.length).toBe(1);
  await (await Clerk.at(server.baseURL, 'support')).must('identities');
});

test('on a small screen the halves of a file are apart, a busy button is readable, and print leaves the menu out', async ({ device, server }) => {
  test.setTimeout(120_000);
  const [file] = await waiting(server, 1);
  const clerk = await Clerk.at(server.baseURL, 'clerk');
  await clerk.must('take', { id: file!.id });
  const page = await deskOf(device, server, 'clerk');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/staff/files/${file!.id}`);
  await atDesk(page);
  const halves = await page.locator('.panes > *').evaluateAll((all) => all.map((half) => half.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
  expect(halves[1]!.top - halves[0]!.bottom).toBeGreaterThanOrEqual(16);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('header.top')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.locator('header.top')).toBeVisible();

  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto('/staff/search');
  await atDesk(page);
  await expect(page).toHaveTitle(/^Поиск · /);
  const button = page.locator('[data-action="submit"]');
  await button.evaluate((element) => {
    element.setAttribute('aria-busy', 'true');
    element.setAttribute('aria-disabled', 'true');
  });
  const colour = (): Promise<string> => button.evaluate((element) => getComputedStyle(element).backgroundColor);
  // Colours change over a moment.
  await sleep(600);
  const resting = await colour();
  await button.hover();
  await sleep(600);
  expect(await colour()).toBe(resting);
});
