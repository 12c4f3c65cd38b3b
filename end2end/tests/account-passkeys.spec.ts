// Passkeys, with Chromium's own virtual authenticator: added, used instead of everything else, refused when replayed.
import type { CDPSession, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { hydrated } from '../fixtures/journey';
import { Server } from '../fixtures/server';
import { expect, test } from '../fixtures/test';

/** A site of a passkey has a name; an address of numbers has none. */
async function named(run: (baseURL: string) => Promise<void>): Promise<void> {
  const server = await Server.start({ host: 'localhost' });
  try {
    await run(server.baseURL);
  } finally {
    await server.dispose();
  }
}

async function authenticator(page: Page): Promise<{ session: CDPSession; id: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const;
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return { session, id: authenticatorId };
}

test('a citizen adds a passkey and logs in with it alone; without its owner it opens nothing', async ({ page, consoleWatch }) => {
  test.slow();
  await named(async (baseURL) => {
    const citizen = await Citizen.signUp(baseURL);
    await citizen.enter(page.context());
    const device = await authenticator(page);
    await page.goto(`${baseURL}/cabinet/security`);
    await hydrated(page);
    await page.locator('#passkey_name').fill('Ноутбук');
    await page.locator('button[data-passkey="add"]').click();
    await expect(page.getByRole('heading', { name: 'Ноутбук' })).toBeVisible();
    await expect(page.getByText('Сделайте запасные коды', { exact: true })).toBeVisible();
    await expectAccessible(page);
    const told = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes('подключён ключ доступа'));
    expect(told.link).toContain('/not-me/');

    await page.goto(`${baseURL}/cabinet`);
    await hydrated(page);
    await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
    await page.waitForURL((url) => url.pathname === '/');

    // Reached inside the app, the page loads the script by itself.
    await hydrated(page);
    await page.getByRole('link', { name: 'Войти' }).first().click();
    await page.waitForURL('**/login');
    const button = page.locator('button[data-passkey="login"]');
    await expect(button).toBeVisible();
    const [request] = await Promise.all([page.waitForRequest('**/passkeys/login'), button.click()]);
    await page.waitForURL('**/cabinet');

    // The very same answer a second time is worth nothing.
    const again = await fetch(`${baseURL}/passkeys/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: request.postData()! });
    expect(again.status).toBe(422);
    expect(await again.text()).toContain('OTD-2110');

    // A device that does not verify its owner.
    await page.goto(`${baseURL}/cabinet`);
    await hydrated(page);
    await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await device.session.send('WebAuthn.setUserVerified', { authenticatorId: device.id, isUserVerified: false });
    await page.goto(`${baseURL}/login`);
    await Promise.all([page.waitForResponse('**/passkeys/ask'), button.click()]);
    await expect(button).not.toHaveAttribute('aria-busy');
    expect(new URL(page.url()).pathname).toBe('/login');

    // Removed, it opens nothing.
    await device.session.send('WebAuthn.setUserVerified', { authenticatorId: device.id, isUserVerified: true });
    await page.locator('button[data-passkey="login"]').click();
    await page.waitForURL('**/cabinet');
    await page.goto(`${baseURL}/cabinet/security`);
    await page.getByRole('region', { name: 'Ноутбук' }).or(page.locator('section.card', { hasText: 'Ноутбук' })).getByRole('button', { name: 'Удалить' }).click();
    await expect(page.getByRole('heading', { name: 'Ноутбук' })).toHaveCount(0);
    await page.goto(`${baseURL}/cabinet`);
    await hydrated(page);
    await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.goto(`${baseURL}/login`);
    consoleWatch.allow(/status of 422/);
    const [refused] = await Promise.all([page.waitForResponse('**/passkeys/login'), page.locator('button[data-passkey="login"]').click()]);
    expect(refused.status()).toBe(422);
    expect(new URL(page.url()).pathname).toBe('/login');
    // The page asks how long its session lasts; the server of this test is about to go.
    await page.goto('about:blank');
  });
});

test('without scripts no passkey is offered, and the password still opens', async ({ device, baseURL, consoleWatch }) => {
  consoleWatch.allow(/net::ERR_FAILED .*rest\.css/);
  const context = await device({ javaScriptEnabled: false });
  const page = await context.newPage();
  // What comes after the form on a first visit changes nothing about that.
  await context.route('**/rest.css', (route) => route.abort());
  await page.goto(`${baseURL!}/login`);
  await expect(page.locator('#password')).toBeVisible();
  await expect(page.locator('button[data-passkey]')).toBeHidden();
});
