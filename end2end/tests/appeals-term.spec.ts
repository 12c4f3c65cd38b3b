// The term of an appeal at the desk: with a day to decide it is near at once.
import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { Server } from '../fixtures/server';
import { atDesk, Clerk } from '../fixtures/staff';
import { expect, test as base } from '../fixtures/test';

const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({ env: { OTDELENIE_REVIEW: 'always', OTDELENIE_APPEAL_DAYS: '1' } });
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

const GROUNDS = 'Паспорт действует, я его не меняла. Прилагаю снимок страницы с фотографией.';
const REFUSAL = { act: 'refuse', reasons: [{ code: 'OTD-3102', fields: ['passport_number'] }], text: 'Паспорт по реестру недействителен.' };

/** A clerk's browser. */
async function deskOf(browser: Browser, server: Server, login: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.baseURL, locale: 'ru-RU' });
  await (await Clerk.at(server.baseURL, login)).enter(context);
  return context.newPage();
}

test('an appeal whose term is near stands above all applications, and the board counts it', async ({ browser, server }) => {
  const [citizen, other] = [await Citizen.signUp(server.baseURL), await Citizen.signUp(server.baseURL)];
  const id = await citizen.apply();
  await citizen.until(id, 'in_review');
  const clerk = await Clerk.at(server.baseURL, 'clerk');
  await expect.poll(async () => (await clerk.api('take', { id })).status, { timeout: 30_000 }).toBe(200);
  const { version } = JSON.parse((await clerk.api('take', { id })).body) as { version: number };
  await clerk.must('act', { id, version, act: REFUSAL });
  await citizen.until(id, 'rejected');
  const number = /data-application-number="([^"]+)"/.exec((await citizen.get(`/applications/${id}`)).text)![1]!;
  await other.until(await other.apply(), 'in_review');
  expect((await citizen.post(`/applications/${id}/appeal`, { grounds: GROUNDS })).status).toBe(303);

  const desk = await deskOf(browser, server, 'clerk2');
  await desk.goto('/staff');
  await atDesk(desk);
  await expect(desk.locator('[data-urgent="1"]')).toContainText('срок подходит');
  await expect(desk.locator('tbody tr').first()).toHaveAttribute('data-number', number);
  await expect(desk.locator('tbody tr').first()).toContainText('апелляция');
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-queue-urgent');
  // «Next» hands it out first.
  await desk.locator('[data-action="next"]').click();
  await expect(desk.locator('[data-appeal="taken"]')).toContainText(GROUNDS);
  await desk.context().close();

  const chief = await deskOf(browser, server, 'admin');
  await chief.goto('/staff/board');
  await expect(chief.locator('[data-appeals-open]')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-due"] .sum')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-fresh"] .sum')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-overdue"] .sum')).toHaveText('0');
  await expectAccessible(chief);
  await chief.context().close();
});
