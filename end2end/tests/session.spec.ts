// The end of a session (E1): said in time, put off with one press, and followed by a login that loses nothing.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { hydrated, mainButton, open } from '../fixtures/journey';
import { Outbox } from '../fixtures/outbox';
import { Server } from '../fixtures/server';
import { expect, test as base } from '../fixtures/test';

/** Seconds a session may be idle here; the warning comes half-way. */
const IDLE = 18;

const test = base.extend<{ hasty: Server; anna: Citizen }>({
  hasty: async ({}, use) => {
    const server = await Server.start({ env: { OTDELENIE_SESSION_IDLE_SECONDS: String(IDLE) } });
    await use(server);
    await server.dispose();
  },
  anna: async ({ hasty, context }, use) => {
    const citizen = await Citizen.signUp(hasty.baseURL);
    await citizen.enter(context);
    await use(citizen);
  },
});

const dialog = (page: Page) => page.getByRole('alertdialog');

test('a warning with a countdown; «Остаться» prolongs, also for other tabs', async ({ page, context, hasty, anna }) => {
  expect(anna.person.email).toContain('@');
  await open(page, hasty.baseURL + '/cabinet');
  const other = await context.newPage();
  await open(other, hasty.baseURL + '/cabinet/consents');
  await expect(dialog(page)).toBeHidden();

  await expect(dialog(page)).toBeVisible({ timeout: IDLE * 1000 });
  await expect(dialog(page)).toHaveAccessibleName('Вы ещё здесь?');
  await expect(dialog(page)).toHaveAccessibleDescription(/сессия скоро закончится/);
  const count = dialog(page).getByRole('timer');
  const first = await count.textContent();
  expect(first).toMatch(/^0:0\d$/);
  await expect(count).not.toHaveText(first!);
  // Read aloud at a few marks only.
  await expect(dialog(page).locator('[aria-live]')).toHaveText('До конца сессии: 10 секунд');
  await expectAccessible(page);
  // By keyboard alone: the button has the focus of the dialog.
  await expect(dialog(page).getByRole('button', { name: 'Остаться' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();

  // The other tab asked the server before it, and saw that there is time; in its own turn it may have warned already.
  await expect(dialog(other)).toBeHidden({ timeout: 12_000 });
  await page.waitForTimeout(3_000);
  expect((await anna.client.get('/cabinet')).status).toBe(200);
});

test('who goes on typing is not warned', async ({ page, hasty, anna }) => {
  const id = await anna.draft('applicant');
  await open(page, `${hasty.baseURL}/applications/${id}/edit/applicant`);
  await page.locator('#birth_place').focus();
  for (let second = 0; second < IDLE + 8; second += 2) {
    await page.keyboard.type('я');
    await page.waitForTimeout(2_000);
    await expect(dialog(page)).toBeHidden();
  }
  // No request but the page's own question kept the session.
  const after = await anna.client.get(`/applications/${id}/edit/applicant`);
  expect([after.status, after.headers.location]).toEqual([200, undefined]);
});

test('at the end login says so, and leads back to the same field with all that was typed', async ({ page, hasty, anna }) => {
  test.setTimeout(150_000);
  const id = await anna.draft('applicant');
  await open(page, `${hasty.baseURL}/applications/${id}/edit/applicant`);
  await page.locator('#birth_date').fill(anna.person.birth_date);
  await page.locator('#birth_place').fill('пос. Краснообск');
  await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');

  await expect(dialog(page)).toBeVisible({ timeout: 2 * IDLE * 1000 });
  await page.waitForURL(/\/login\?ended=1&next=/, { timeout: 2 * IDLE * 1000 });
  await expect(page.getByRole('heading', { name: 'Сессия закончилась' })).toBeVisible();
  await expect(page.getByText('пос. Краснообск')).toHaveCount(0);
  await hydrated(page);
  await expectAccessible(page);

  const outbox = new Outbox(hasty.baseURL);
  await page.locator('#login').fill(anna.person.email);
  await page.locator('#password').fill(anna.person.password);
  await mainButton(page).click();
  await page.waitForURL('**/login/code*');
  await page.locator('#code').fill(await outbox.code(anna.person.phone));
  await mainButton(page).click();
  await expect(page).toHaveURL(`${hasty.baseURL}/applications/${id}/edit/applicant#birth_place`);
  await hydrated(page);
  await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
  await expect(page.locator('#birth_date')).toHaveValue(anna.person.birth_date);
  await expect(page.locator('#birth_place')).toBeFocused();
});

test('«Выйти» in the warning ends the session and empties the device', async ({ page, hasty, anna }) => {
  const id = await anna.draft('applicant');
  await open(page, `${hasty.baseURL}/applications/${id}/edit/applicant`);
  await page.locator('#birth_place').fill('пос. Краснообск');
  await expect(dialog(page)).toBeVisible({ timeout: 2 * IDLE * 1000 });
  await dialog(page).getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL(`${hasty.baseURL}/`);
  await page.goto(`${hasty.baseURL}/cabinet`);
  await expect(page).toHaveURL(/\/login\?next=/);
});

test('a session as old as any may become ends without «Остаться»', async ({ page, context }) => {
  const server = await Server.start({ env: { OTDELENIE_SESSION_SECONDS: '25', OTDELENIE_SESSION_IDLE_SECONDS: '40' } });
  try {
    const citizen = await Citizen.signUp(server.baseURL);
    await citizen.enter(context);
    await open(page, server.baseURL + '/cabinet');
    await expect(dialog(page)).toBeVisible({ timeout: 30_000 });
    await expect(dialog(page)).toContainText('не дольше 12 часов');
    await expect(dialog(page).getByRole('button', { name: 'Остаться' })).toBeHidden();
    await page.waitForURL(/\/login\?ended=1&next=\/cabinet/, { timeout: 40_000 });
  } finally {
    await server.dispose();
  }
});

test.describe('«Показать пароль»', () => {
  test('works by keyboard and says its state', async ({ page }) => {
    await page.goto('/login');
    await hydrated(page);
    const password = page.locator('#password');
    await password.fill('Otdel-Pochta-1');
    const button = page.getByRole('button', { name: 'Показать пароль' });
    await expect(password).toHaveAttribute('type', 'password');
    await expect(button).toHaveAttribute('aria-pressed', 'false');
    await page.keyboard.press('Tab');
    await expect(button).toBeFocused();
    await page.keyboard.press('Space');
    await expect(password).toHaveAttribute('type', 'text');
    await expect(password).toHaveValue('Otdel-Pochta-1');
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(password).toHaveAttribute('type', 'password');
    await expect(button).toHaveAttribute('aria-pressed', 'false');

    await page.goto('/register');
    await hydrated(page);
    const both = page.getByRole('button', { name: 'Показать пароль' });
    await expect(both).toHaveCount(2);
    await both.last().click();
    await expect(page.locator('#password_again')).toHaveAttribute('type', 'text');
    await expect(page.locator('#password')).toHaveAttribute('type', 'password');
  });

  test.describe('without wasm', () => {
    test.use({ javaScriptEnabled: false });
    test('there is no button that could do nothing', async ({ page }) => {
      await page.goto('/login');
      await expect(page.locator('#password')).toBeVisible();
      await expect(page.locator('.reveal button')).toBeHidden();
    });
  });
});
