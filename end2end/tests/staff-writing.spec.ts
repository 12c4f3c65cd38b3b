// What a clerk writes to a citizen: it is neither lost nor cut in silence, previewed as it is, and sent once or not at all.
import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectAccessible } from '../fixtures/a11y';
import { atDesk, clear, Clerk, demoClerk, deskOf, reviewed, waiting, type Waiting } from '../fixtures/staff';
import { expect, type Device } from '../fixtures/test';
import type { Server } from '../fixtures/server';

const test = reviewed();
const WORDS = 'Номер на карточке читается иначе. Сверьте СНИЛС с документом.';

test.beforeEach(async ({ server }) => clear(server));

/** A file in hand, on its page. */
async function inHand(device: Device, server: Server, login = 'clerk'): Promise<{ page: Page; file: Waiting }> {
  const [file] = await waiting(server, 1);
  const page = await deskOf(device, server, login);
  await page.goto('/staff');
  await atDesk(page);
  await page.locator(`tr[data-number="${file!.number}"] a`).focus();
  await page.keyboard.press('t');
  await expect(page.locator('[data-act="ask"]')).toBeVisible();
  return { page, file: file! };
}

test('what is written is kept on the way to the queue and back, and over the end of a session', async ({ device, server, consoleWatch }) => {
  test.setTimeout(180_000);
  consoleWatch.allow(/status of 4(01|22)/);
  const { page, file } = await inHand(device, server, 'clerk2');
  const written = async (): Promise<void> => {
    await page.keyboard.press('q');
    await expect(page.locator('#text')).toHaveValue(WORDS);
    await expect(page.locator('dialog input[name="fields"][value="snils"]')).toBeChecked();
  };
  await page.keyboard.press('q');
  await page.locator('#text').fill(WORDS);
  await page.locator('dialog input[name="fields"][value="snils"]').check();
  await page.keyboard.press('Escape');
  await page.locator('nav.sections a[href="/staff"]').click();
  await page.locator(`tr[data-number="${file.number}"] a`).click();
  await expect(page.locator('[data-act="ask"]')).toBeVisible();
  await written();

  await page.context().clearCookies();
  await page.locator('dialog [data-act="preview"]').click();
  await expect(page.locator('#login')).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage })), 'in memory only').not.toContain('карточке');
  const { login, password, code, seconds } = await demoClerk(server.baseURL, 'clerk2');
  await page.locator('#login').fill(login);
  await page.locator('#password').fill(password);
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#totp_code')).toBeVisible();
  // A code works once.
  const used = (await Clerk.at(server.baseURL, 'clerk2')).used === code;
  if (used) await sleep((seconds + 1) * 1000);
  await page.locator('#totp_code').fill((await demoClerk(server.baseURL, 'clerk2')).code);
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('[data-act="ask"]')).toBeVisible();
  await written();
  // Whoever leaves takes it along.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Выйти' }).click();
  await expect(page.locator('#login')).toBeVisible();
});

test('a server that does not answer: said so, and what was typed stays, until it answers', async ({ device, server, consoleWatch }) => {
  test.setTimeout(120_000);
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch|net::ERR/);
  const { page } = await inHand(device, server);
  await page.keyboard.press('q');
  await page.locator('#text').fill(WORDS);
  await page.locator('dialog input[name="fields"][value="snils"]').check();
  await page.context().setOffline(true);
  await page.locator('dialog [data-action="submit"]').click();
  const error = page.locator('dialog #error-summary');
  await expect(error).toContainText('Сервер не ответил');
  await expect(error).not.toContainText('на этом устройстве');
  await expect(error.locator('[data-act="again"]')).toBeVisible();
  await page.context().setOffline(false);
  await error.locator('[data-act="again"]').click();
  await expect(error).toBeHidden();
  await expect(page.locator('#text')).toHaveValue(WORDS);
  await page.keyboard.press('Escape');

  // By itself too, and what a page asked for in vain it asks again.
  await page.context().setOffline(true);
  await page.locator('nav.sections a[href="/staff"]').click();
  await expect(page.locator('#trouble')).toContainText('Сервер не ответил');
  await page.context().setOffline(false);
  await expect(page.locator('#trouble')).toBeHidden({ timeout: 15_000 });
  await expect(page.locator('tbody tr')).toHaveCount(1);
});

test('a file handed over while its holder writes is told in the open dialog', async ({ device, server, consoleWatch }) => {
  test.setTimeout(120_000);
  consoleWatch.allow(/status of 422/);
  const { page, file } = await inHand(device, server);
  await page.keyboard.press('q');
  await page.locator('#text').fill(WORDS);
  const other = await Clerk.at(server.baseURL, 'clerk2');
  await other.must('reassign', { id: file.id, to: 'clerk2' });
  await expect(page.locator('dialog[open] [data-gone]')).toBeVisible();
  await expect(page.locator('#text')).toHaveValue(WORDS);
  await expect(page.locator('dialog [data-action="submit"]')).toBeHidden();
  await expectAccessible(page);
  await page.locator('dialog [data-act="cancel"]').click();
  await expect(page.locator('.file-head [data-gone]')).toBeVisible();
  await expect(page.locator('[data-act="approve"]')).toHaveCount(0);
});

test('a refusal on its way is not closed with Esc or «Отмена»', async ({ device, server }) => {
  test.setTimeout(120_000);
  const { page } = await inHand(device, server);
  await page.route('**/staff/api/act', async (route) => {
    await sleep(2500);
    await route.continue();
  });
  await page.keyboard.press('r');
  await page.locator('dialog input[value="OTD-3102"]').check();
  await page.locator('#text').fill('Паспорт по реестру недействителен.');
  await page.locator('dialog [data-action="submit"]').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('dialog [data-act="cancel"]').click({ force: true });
  await expect(page.locator('dialog[open] #act-title')).toBeVisible();
  await expect(page.locator('[data-done]')).toBeVisible();
  await expect(page.locator('dialog[open]')).toHaveCount(0);
});

test('a preview comes into view, and goes when other words stand there', async ({ device, server }) => {
  test.setTimeout(120_000);
  const { page } = await inHand(device, server);
  // Where the buttons that stick to the end of the dialog take most of it.
  await page.setViewportSize({ width: 390, height: 640 });
  await page.keyboard.press('q');
  await page.locator('#text').fill(WORDS);
  await page.locator('dialog input[name="fields"][value="snils"]').check();
  const preview = page.locator('[data-preview]');
  const show = async (): Promise<void> => {
    await page.locator('[data-act="preview"]').click();
    await expect(preview).toBeVisible();
  };
  await show();
  const heading = page.locator('#preview');
  await expect(heading).toBeFocused();
  // The heading, and where the letter begins.
  const seen = await page.locator('#preview, [data-preview] p:first-child').evaluateAll((parts) =>
    parts.map((part) => {
      const { left, top, height } = part.getBoundingClientRect();
      return part.contains(document.elementFromPoint(left + 5, top + height / 2));
    }),
  );
  expect(seen, 'nothing sticks over it').toEqual([true, true]);
  await page.locator('#text').fill(`${WORDS} И адрес.`);
  await expect(preview).toHaveCount(0);
  await show();
  await page.locator('dialog input[name="fields"][value="snils"]').uncheck();
  await expect(preview).toHaveCount(0);

  // A thousand letters, and those that are left are counted before they run out.
  const left = page.locator('[data-left]');
  await page.locator('#text').fill('я'.repeat(800));
  await expect(left).toHaveText('');
  await page.locator('#text').fill('я'.repeat(850));
  await expect(left).toHaveText('осталось 150');
  await page.locator('#text').fill('я'.repeat(1000));
  await expect(left).toHaveText('осталось 0');
});
