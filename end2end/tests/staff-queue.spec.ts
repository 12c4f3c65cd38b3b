// The way through the queue: the cursor, keys, «next», lists that come late, and what is shown of a decided file.
import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { atDesk, clear, Clerk, deskOf, GROUNDS, refused, reviewed, waiting } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const test = reviewed();

test.beforeEach(async ({ server }) => clear(server));

/** The file of the page. */
const shown = (page: Page): string => page.url().split('/').at(-1)!;

/** A key as a keyboard sends it: what it types, and where it is. */
async function press(page: Page, key: string, code: string): Promise<void> {
  await page.evaluate(([key, code]) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
  }, [key, code] as const);
}

test('the cursor stays with its file when the list changes, and «t» takes that one', async ({ device, server }) => {
  test.setTimeout(120_000);
  const [one, two, three] = await waiting(server, 3);
  const page = await deskOf(device, server, 'clerk');
  await page.goto('/staff');
  await atDesk(page);
  await expect(page).toHaveTitle(/^Очередь · /);
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await page.keyboard.press('j');
  await expect(page.locator('tr[aria-current]')).toHaveAttribute('data-number', two!.number);
  await expect(page.locator(`tr[data-number="${two!.number}"] a`)).toBeFocused();
  const other = await Clerk.at(server.baseURL, 'clerk2');
  const { version } = await other.must<{ version: number }>('take', { id: one!.id });
  await other.must('act', { id: one!.id, version, act: { act: 'approve' } });
  await expect(page.locator(`tr[data-number="${one!.number}"]`)).toHaveCount(0);
  await expect(page.locator('tr[aria-current]')).toHaveAttribute('data-number', two!.number);
  await expect(page.locator(`tr[data-number="${two!.number}"] a`), 'news leave the focus').toBeFocused();
  await page.keyboard.press('t');
  await page.waitForURL(`**/staff/files/${two!.id}`);
  await expect(page).toHaveTitle(new RegExp(`^${two!.number} · `));
  expect(three!.id).not.toBe(two!.id);
});

test('keys work on a Russian layout and with CapsLock', async ({ device, server }) => {
  const [file] = await waiting(server, 1);
  const page = await deskOf(device, server, 'clerk');
  await page.goto('/staff');
  await atDesk(page);
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await press(page, 'е', 'KeyT');
  await page.waitForURL(`**/staff/files/${file!.id}`);
  await expect(page.locator('[data-act="ask"]')).toBeVisible();
  await press(page, 'Q', 'KeyQ');
  await expect(page.locator('#act-title')).toBeVisible();
  await page.keyboard.press('Escape');
  await press(page, '?', 'Slash');
  await expect(page.locator('#keys-title')).toBeVisible();
});

test('a key that opens a dialog types nothing into it', async ({ device, server }) => {
  test.setTimeout(120_000);
  const citizen = await Citizen.signUp(server.baseURL);
  const id = await refused(server, citizen, 'clerk');
  expect((await citizen.client.form(`/applications/${id}/appeal`, { grounds: GROUNDS })).status).toBe(303);
  const clerk = await Clerk.at(server.baseURL, 'clerk2');
  await expect.poll(async () => (await clerk.api('take', { id })).status).toBe(200);
  const page = await deskOf(device, server, 'clerk2');
  await page.goto(`/staff/files/${id}`);
  await atDesk(page);
  await expect(page.locator('[data-act="dismissed"], [data-act="dismiss"]').first()).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.locator('dialog[open] #text')).toBeFocused();
  await expect(page.locator('dialog[open] #text')).toHaveValue('');
});

test('«next» goes through all that waits before it shows one again, and never what was handed over', async ({ device, server, consoleWatch }) => {
  test.setTimeout(180_000);
  consoleWatch.allow(/status of 409/);
  await waiting(server, 4);
  const [mine, other] = [await Clerk.at(server.baseURL, 'clerk'), await Clerk.at(server.baseURL, 'clerk2')];
  const held = async (): Promise<string[]> => (await mine.must<{ rows: { id: string }[] }>('queue', { filter: { held: 'mine' } })).rows.map((row) => row.id);
  const page = await deskOf(device, server, 'clerk');
  await page.goto('/staff');
  await atDesk(page);
  const next = async (): Promise<string> => {
    const before = page.url();
    await page.keyboard.press('n');
    await expect.poll(() => page.url()).not.toBe(before);
    await expect(page.locator('[data-application-number]')).toBeVisible();
    return shown(page);
  };
  const first = await next();
  // One is taken ahead; it is handed over, and must not be shown.
  await expect.poll(async () => (await held()).length).toBe(2);
  const ahead = (await held()).find((id) => id !== first)!;
  await other.must('reassign', { id: ahead, to: 'clerk2' });
  const [second, third] = [await next(), await next()];
  expect(new Set([first, second, third, ahead]).size).toBe(4);
  expect(await next(), 'a new round').toBe(first);
});

test('a decision, or giving back, shows how it ended and asks nothing', async ({ device, server }) => {
  test.setTimeout(120_000);
  const [file] = await waiting(server, 1);
  const page = await deskOf(device, server, 'clerk');
  await page.goto('/staff');
  await atDesk(page);
  await page.locator(`tr[data-number="${file!.number}"] a`).focus();
  await page.keyboard.press('t');
  for (const release of [true, false]) {
    await expect(page.locator('[data-act="approve"]')).toBeVisible();
    if (release) await page.locator('[data-act="release"]').click();
    else {
      await page.keyboard.press('a');
      await page.locator('dialog [data-action="submit"]').click();
    }
    await expect(page.locator('[data-done]')).toBeVisible();
    await expect(page.locator('[data-said]')).toContainText(`Готово: ${file!.number}`);
    await expect(page.locator('h1')).toBeFocused();
    // News of the act itself come later than its answer.
    await sleep(1500);
    await expect(page.locator('dialog[open]')).toHaveCount(0);
    for (const act of ['approve', 'refuse', 'ask']) await expect(page.locator(`[data-act="${act}"]`)).toHaveCount(0);
    if (!release) continue;
    await expectAccessible(page);
    await keepHtml(page, 'staff-file-done');
    // It comes back to whoever let it go when nothing else waits, on the page that has just said it is gone.
    await page.keyboard.press('n');
    await expect(page.locator(`[data-application-number="${file!.number}"]`)).toBeVisible();
    await page.locator('[data-act="release"]').click();
    await expect(page.locator('[data-done]')).toBeVisible();
    await page.getByRole('link', { name: 'К очереди' }).click();
    await page.locator(`tr[data-number="${file!.number}"] a`).focus();
    await expect(page.locator('tbody'), 'given back is no answer').not.toContainText('ответ на ваш вопрос');
    await page.keyboard.press('t');
  }
  await expect(page.locator('[data-status="approved"]')).toBeVisible();
});

test('an answer for an older filter comes too late; «more» keeps what it showed', async ({ device, server }) => {
  test.setTimeout(180_000);
  await waiting(server, 4);
  const page = await deskOf(device, server, 'clerk');
  // Pages of two rows.
  const asked = { more: 0 };
  type Body = { filter: { term?: string; after?: [unknown, string] | null } };
  await page.route(/\/staff\/api\/queue(_live)?$/, async (route) => {
    const { filter } = route.request().postDataJSON() as Body;
    if (filter.term === 'overdue') await sleep(1500);
    if (filter.after) asked.more += 1;
    const answer = await route.fetch({ postData: JSON.stringify({ filter: { ...filter, after: null } }) });
    const found = (await answer.json()) as { rows: { id: string }[]; more: boolean };
    const from = found.rows.findIndex((row) => row.id === filter.after?.[1]) + 1;
    const rows = found.rows.slice(from, from + 2);
    await route.fulfill({ response: answer, json: { ...found, rows, more: from + 2 < found.rows.length } });
  });
  await page.goto('/staff');
  await atDesk(page);
  const rows = page.locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await page.locator('#term').selectOption('overdue');
  await page.locator('#term').selectOption('any');
  await sleep(2500);
  await expect(rows).toHaveCount(2);

  await page.locator('#more').click();
  await page.locator('#more').click({ force: true, timeout: 500 }).catch(() => {});
  await expect(rows).toHaveCount(4);
  expect(asked.more).toBe(1);
  await expect(page.locator('#more')).toHaveCount(0);
  await expect(rows.nth(2).locator('a'), 'the focus goes on').toBeFocused();
  const [late] = await waiting(server, 1);
  const clerk = await Clerk.at(server.baseURL, 'clerk2');
  await clerk.must('take', { id: late!.id });
  await expect.poll(() => page.locator('#more').count(), 'news have come').toBe(1);
  await expect(rows).toHaveCount(4);
});

test('whoever opens a file says why with Enter, or goes back with Esc', async ({ device, server, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const [file] = await waiting(server, 1);
  const page = await deskOf(device, server, 'clerk');
  await page.goto(`/staff/files/${file!.id}`);
  await atDesk(page);
  await expect(page.locator('dialog[open] input[value="review"]')).toBeChecked();
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/staff$/);
  await page.goto(`/staff/files/${file!.id}`);
  await atDesk(page);
  await page.locator('dialog[open] input[name="purpose"]:checked').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-application-number="${file!.number}"]`)).toBeVisible();
});
