// Coming in through a bank or Госуслуги: the demonstration's own door, and a provider that others wrote.
import { expectAccessible } from '../fixtures/a11y';
import { test as signedIn } from '../fixtures/citizen';
import { fillForm, hydrated, mainButton } from '../fixtures/journey';
import { Outbox } from '../fixtures/outbox';
import { person, type Person } from '../fixtures/people';
import { IdentityProvider } from '../fixtures/provider';
import { Server } from '../fixtures/server';
import { expect, test } from '../fixtures/test';
import type { Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A portal whose bank is a provider of its own. */
async function withBank(run: (portal: Server, bank: IdentityProvider) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'otdelenie-bank-'));
  const portal = await Server.start();
  const bank = await IdentityProvider.start(portal.baseURL, 'bank');
  try {
    await portal.restart({ args: ['--config', bank.settings(folder, 'bank', 'Банк «Почтовый»')] });
    await run(portal, bank);
  } finally {
    await portal.dispose();
    await bank.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The provider's own pages: a name and any password, then yes. */
async function agree(page: Page, name: string): Promise<void> {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.locator('button[type="submit"]').click();
}

/** What the provider's own pages ask for in vain. */
const THEIRS = /fonts\.googleapis\.com|\/favicon\.ico/;

const at = (portal: Server, javaScriptEnabled = true) => ({ baseURL: portal.baseURL, javaScriptEnabled });

for (const wasm of [true, false]) {
  test(`a newcomer signs up through a bank, logs in through it and unlinks it, wasm ${wasm ? 'on' : 'off'}`, async ({ device, consoleWatch }) => {
    test.slow();
    consoleWatch.allow(THEIRS);
    await withBank(async (portal, bank) => {
      const who: Person = person();
      const name = bank.knows(who);
      const page = await (await device(at(portal, wasm))).newPage();
      await page.goto('/register');
      if (wasm) await hydrated(page);
      await expect(page.getByRole('link', { name: 'Войти через Госуслуги' })).toHaveCount(0);
      await page.getByRole('link', { name: 'Войти через Банк «Почтовый»' }).click();
      await agree(page, name);

      await page.waitForURL('**/register');
      if (wasm) await hydrated(page);
      await expect(page.getByText('Данные подставили: Банк «Почтовый»')).toBeVisible();
      for (const id of ['last_name', 'first_name', 'passport_number', 'email'] as const) await expect(page.locator(`#${id}`)).toHaveValue(who[id]);
      await page.locator('#password').fill(who.password);
      await page.locator('#password_again').fill(who.password);
      await page.locator('#consent').check();
      await mainButton(page).click();
      // Phone and e-mail are the bank's word: no code, no link.
      await page.waitForURL('**/cabinet');
      await page.goto('/cabinet/profile');
      await expect(page.getByText(`${who.last_name} ${who.first_name} ${who.middle_name} · из банка`)).toBeVisible();

      const elsewhere = await (await device(at(portal, wasm))).newPage();
      await elsewhere.goto('/login?next=/cabinet/security');
      if (wasm) await hydrated(elsewhere);
      await elsewhere.getByRole('link', { name: 'Войти через Банк «Почтовый»' }).click();
      await agree(elsewhere, name);
      await elsewhere.waitForURL('**/cabinet/security');
      await expect(elsewhere.getByText('вход через банк').first()).toBeVisible();
      await elsewhere.getByRole('button', { name: 'Отвязать' }).click();
      await expect(elsewhere.getByRole('link', { name: 'Привязать вход через Банк «Почтовый»' })).toBeVisible();
      const told = await new Outbox(portal.baseURL).next(who.email, (m) => m.text.includes('отвязан вход'));
      expect(told.text).toContain('Это не');
    });
  });
}

test('what the bank has not proved is proved by code; what the person changes is marked', async ({ device, consoleWatch }) => {
  test.slow();
  consoleWatch.allow(THEIRS);
  await withBank(async (portal, bank) => {
    const who = person();
    const name = bank.knows(who, false);
    const page = await (await device(at(portal))).newPage();
    await page.goto('/login');
    await hydrated(page);
    await page.getByRole('link', { name: 'Войти через Банк «Почтовый»' }).click();
    await agree(page, name);
    await page.waitForURL('**/register');
    await hydrated(page);
    const married = { ...who, middle_name: 'Юрьевна' === who.middle_name ? 'Петровна' : 'Юрьевна' };
    await fillForm(page, married);
    await mainButton(page).click();
    await page.waitForURL('**/register/phone');
    await page.locator('#code').fill(await new Outbox(portal.baseURL).code(who.phone));
    await mainButton(page).click();
    await page.waitForURL('**/cabinet');
    await page.goto('/cabinet/profile');
    await expect(page.getByText('введено вами, в банке иначе')).toBeVisible();
  });
});

test('the demonstration has both doors, says no kindly, and starts again', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 4\d\d/);
  await page.goto('/login');
  await hydrated(page);
  await expect(page.getByRole('link', { name: 'Войти через банк' })).toBeVisible();
  await page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Госуслуги: вход на портал «Отделение»');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Отказаться' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Вход отменён');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Ещё раз через Госуслуги' }).click();
  await page.getByRole('button', { name: /Сафонов/ }).click();
  await page.waitForURL('**/register');
  await expect(page.locator('#last_name')).toHaveValue('Сафонов');
});

signedIn('a citizen links Госуслуги to an account that is there already', async ({ page, citizen }) => {
  await page.goto('/cabinet/security');
  await hydrated(page);
  await page.getByRole('link', { name: 'Привязать вход через Госуслуги' }).click();
  await page.getByRole('button', { name: /Беляева/ }).click();
  await page.waitForURL('**/cabinet/security/door');
  await expect(page.getByText('Имя отличается от вашего профиля')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Привязать', exact: true }).click();
  await page.waitForURL('**/cabinet/security');
  await expect(page.getByRole('button', { name: 'Отвязать' })).toBeVisible();
  const told = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes('привязан вход'));
  expect(told.text).toContain('Это не');
});
