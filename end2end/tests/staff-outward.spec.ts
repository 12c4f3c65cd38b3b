// Outward: partners with a receiver that listens, their log, what auditors take along, and four eyes on the people page.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { atDesk, Clerk } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

/** A partner's server: what it was told, and what it answers next. */
async function receiver() {
  const told: { headers: Record<string, string>; body: string }[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', () => {
      told.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(answers.shift() ?? 204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/events`, told, answers, close: () => server.close() };
}

test('an administrator adds a partner, the partner is told, and a failed delivery is sent again', async ({ page, server, consoleWatch }) => {
  test.setTimeout(120_000);
  consoleWatch.allow(/status of 422/);
  const partner = await receiver();
  const name = `Банк ${Date.now()}`;
  await (await Clerk.at(server.baseURL, 'admin')).enter(page.context());
  await page.goto('/staff/partners');
  await atDesk(page);
  await expectAccessible(page);
  await page.locator('#partner_name').fill(name);
  await page.locator('#partner_url').fill('ftp://nowhere');
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#error-summary')).toContainText('OTD-6020');
  // At the form, with the field at fault marked and entered.
  await expect(page.locator('section:has(#partner_url) #error-summary')).toBeVisible();
  await expect(page.locator('#partner_url')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#partner_url')).toBeFocused();
  await page.locator('#partner_url').fill(partner.url);
  await page.locator('[data-action="submit"]').click();
  const secret = (await page.locator('[data-secret]').textContent())!;
  expect(secret).toMatch(/^whsec_/);
  await expect(page.locator('#added'), 'shown once, so it is in view').toBeFocused();
  await expect(page.locator('[data-secret]')).toBeInViewport();
  await keepHtml(page, 'staff-partners');
  await expectAccessible(page);

  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  partner.answers.push(500);
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.apply();
  // Submitted, two stages, approved; and the one that was answered with an error comes again.
  await expect.poll(() => partner.told.length, { timeout: 30_000 }).toBe(5);
  expect(new Set(partner.told.map(({ headers }) => headers['webhook-id'])).size).toBe(4);
  for (const { headers, body } of partner.told) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(JSON.parse(body)).toMatchObject({ type: expect.stringMatching(/^application\./), data: { number: expect.stringMatching(/^20\d\d-/) } });
  }

  await page.locator(`[data-partner="${name}"] a`).click();
  await expect(page.locator('[data-delivery]').first()).toBeVisible();
  await expectAccessible(page);
  await keepHtml(page, 'staff-partner-log');
  // Told again, it is the same event by its id: a partner that has it need not act twice.
  const times = (): number[] => [...partner.told.reduce((all, { headers }) => all.set(headers['webhook-id'], (all.get(headers['webhook-id']) ?? 0) + 1), new Map<unknown, number>()).values()];
  const before = times().reduce((sum, n) => sum + n, 0);
  const events = times().length;
  await page.locator('[data-delivery="delivered"] [data-act="redeliver"]').first().click();
  await expect.poll(() => times().reduce((sum, n) => sum + n, 0)).toBe(before + 1);
  expect(times().length).toBe(events);
  await page.goto('/staff/partners');
  await page.locator(`[data-partner="${name}"] [data-act="remove"]`).click();
  // Asked once: «Отмена» leaves it.
  await page.locator('dialog[open] .btn.quiet').click();
  await expect(page.locator(`[data-partner="${name}"]`)).toHaveCount(1);
  await page.locator(`[data-partner="${name}"] [data-act="remove"]`).click();
  await page.locator('dialog[open] [data-action="confirm"]').click();
  await expect(page.locator(`[data-partner="${name}"]`)).toHaveCount(0);
  partner.close();
});

test('an auditor takes the decisions along as a file', async ({ page, server }) => {
  await (await Clerk.at(server.baseURL, 'auditor')).enter(page.context());
  await page.goto('/staff/audit');
  await atDesk(page);
  await expectAccessible(page);
  await page.locator('#export_from').fill('2026-01-01');
  const coming = page.waitForEvent('download');
  await page.locator('a[download="staff.csv"]').click();
  const file = await (await coming).createReadStream();
  const text = (await file.toArray()).map(String).join('');
  expect(text).toContain('at;login;act;object;detail');
  expect(text).toContain('staff_export');
});

test('a right in force and a lost authenticator need two administrators', async ({ page, server }) => {
  test.setTimeout(120_000);
  const [anna, boris] = [await Clerk.at(server.baseURL, 'admin'), await Clerk.at(server.baseURL, 'admin2')];
  const login = `petrov${Date.now() % 1_000_000}`;
  await anna.must('add', { login, role: 'support', scope: 'everywhere' });
  type Row = { login: string; grants: { id: string }[]; reset_by: string | null };
  const row = async (clerk: Clerk) => (await clerk.must<Row[]>('people')).find((r) => r.login === login)!;
  await boris.must('confirm', { grant_id: (await row(boris)).grants[0]!.id });
  await anna.enter(page.context());
  await page.goto('/staff/people');
  await atDesk(page);
  const shown = page.locator(`[data-login-row="${login}"]`);
  await shown.locator('[data-act="end"]').click();
  await expect(shown.locator('[data-ending]')).toContainText('admin');
  await expect(shown.locator('[data-act="end"]'), 'not by the same again').toHaveCount(0);
  await shown.locator('[data-act="reset"]').click();
  await expect(shown.locator('[data-reset]')).toContainText('admin');
  await expectAccessible(page);
  await boris.must('end', { grant_id: (await row(boris)).grants[0]!.id });
  const added = await boris.must<{ password: string }>('reset', { login });
  expect(added.password).toBeTruthy();
  expect((await row(boris)).grants).toEqual([]);
});
