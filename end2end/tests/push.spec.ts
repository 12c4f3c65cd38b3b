// Notices on a device. Chromium here reaches no push service, so the browser's subscription is one at the demonstration's
// service, and what that service would deliver is handed to the worker by the developer tools.
import type { CDPSession, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { hydrated } from '../fixtures/journey';
import { expect, test } from '../fixtures/test';

interface Subscription {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

const PAGE = '/cabinet/notifications';

/** A browser at the demonstration's push service. */
async function subscription(baseURL: string): Promise<Subscription> {
  const answer = await fetch(`${baseURL}/demo/push`, { method: 'POST' });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Subscription;
}

/** Lets the page's browser be that one. What it has subscribed to outlives the page. */
async function pretend(page: Page, given: Subscription): Promise<void> {
  await page.addInitScript((given) => {
    const kept = 'push-of-the-test';
    const made = () => ({ ...given, toJSON: () => given, unsubscribe: async () => (localStorage.removeItem(kept), true) });
    PushManager.prototype.subscribe = async (options) => {
      if (!options?.userVisibleOnly || (options.applicationServerKey as Uint8Array).length !== 65) throw new TypeError('options');
      localStorage.setItem(kept, '1');
      return made() as unknown as PushSubscription;
    };
    PushManager.prototype.getSubscription = async () => (localStorage.getItem(kept) ? (made() as unknown as PushSubscription) : null);
  }, given);
}

/** The worker's registration, as the developer tools know it. */
async function registrationOf(tools: CDPSession): Promise<string> {
  const found = new Promise<string>((done) => {
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) done(first.registrationId);
    });
  });
  await tools.send('ServiceWorker.enable');
  return found;
}

test('a device is connected, told, says that it showed it, and is disconnected', async ({ page, context, server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  await context.grantPermissions(['notifications'], { origin: server.baseURL });
  await pretend(page, await subscription(server.baseURL));
  await page.goto(PAGE);
  await hydrated(page);
  const add = page.locator('[data-push-add]');
  await expect(add).toBeVisible();
  await expect(page.locator('[data-device]')).toHaveCount(0);
  await expectAccessible(page);
  await add.click();
  await page.waitForURL('**/cabinet/notifications?push=1');
  await expect(page.locator('.notice.ok')).toHaveText('Устройство подключено.');
  await expect(page.locator('[data-device]')).toHaveCount(1);
  await expect(page.locator('[data-device-here]')).toBeVisible();
  await expect(add).toBeHidden();
  await hydrated(page);
  await expectAccessible(page);
  await keepHtml(page, 'notices-device');

  const id = await citizen.apply();
  await citizen.until(id, 'approved');
  const pushed = async () => (await citizen.outbox.all()).filter((m) => m.channel === 'push' && m.text.includes(`/applications/${id}`));
  await expect.poll(async () => (await pushed()).length).toBe(2);
  const approved = (await pushed()).find((m) => m.subject!.includes('одобрена'))!;
  const number = /\d{4}-[\w-]+/.exec(approved.subject!)![0];
  expect(approved.text).toContain(number);
  expect(approved.text).not.toContain(citizen.person.last_name);

  // The service delivers it to the worker; the person need not be on any page of the portal.
  await page.goto(PAGE);
  await hydrated(page);
  const row = page.locator('tr[data-state]', { hasText: 'Заявка одобрена' }).filter({ hasText: 'устройство' });
  await expect(async () => {
    await page.reload();
    await expect(row).toHaveAttribute('data-state', 'sent', { timeout: 1000 });
  }).toPass();
  const [text, to] = approved.text.split('\n\n') as [string, string];
  const tools = await context.newCDPSession(page);
  const registrationId = await registrationOf(tools);
  await page.evaluate(async () => navigator.serviceWorker.ready);
  const data = JSON.stringify({ id: approved.key, title: approved.subject, text, to });
  await tools.send('ServiceWorker.deliverPushMessage', { origin: server.baseURL, registrationId, data });
  const shown = () =>
    page.evaluate(async () => {
      const all = await (await navigator.serviceWorker.ready).getNotifications();
      return all.map(({ title, body, data }) => ({ title, body, data }));
    });
  await expect.poll(shown).toEqual([{ title: approved.subject, body: text, data: `/applications/${id}` }]);

  // The worker has said so, without anybody's cookies.
  await expect(async () => {
    await page.reload();
    await expect(row).toHaveAttribute('data-state', 'delivered', { timeout: 1000 });
  }).toPass();

  // Pressed, it opens the page it is about.
  const worker = context.serviceWorkers()[0]!;
  const opened = await worker.evaluate(async () => {
    const here = self as unknown as {
      registration: ServiceWorkerRegistration;
      clients: { openWindow: (to: string) => Promise<null> };
      NotificationEvent: new (type: string, init: object) => Event;
    } & EventTarget;
    return new Promise<string>((done) => {
      here.clients.openWindow = async (to) => (done(to), null);
      void here.registration.getNotifications().then(([notification]) => here.dispatchEvent(new here.NotificationEvent('notificationclick', { notification })));
    });
  });
  expect(opened).toBe(`/applications/${id}`);
  await expect.poll(shown).toEqual([]);

  await page.locator('[data-device] button').click();
  await page.waitForURL('**/cabinet/notifications?push=0');
  await expect(page.locator('[data-device]')).toHaveCount(0);
  await expect(add).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('push-of-the-test')), 'the browser gave its address back').toBeNull();
});

test('what a browser cannot do, or its person forbids, is said; without scripts nothing is offered', async ({ page, context, device, server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  await page.addInitScript(() => {
    Object.defineProperty(Notification, 'permission', { get: () => 'denied' });
  });
  await page.goto(PAGE);
  await hydrated(page);
  await expect(page.locator('p[data-push="denied"]')).toBeVisible();
  await expect(page.locator('[data-push-add]')).toBeHidden();
  await expectAccessible(page);

  const old = await device();
  await citizen.enter(old);
  const older = await old.newPage();
  await older.addInitScript(() => {
    delete (window as { PushManager?: unknown }).PushManager;
  });
  await older.goto(PAGE);
  await expect(older.locator('p[data-push="none"]')).toContainText('iPhone');
  await expect(older.locator('[data-push-add]')).toBeHidden();
  await old.close();

  const plain = await device({ javaScriptEnabled: false });
  await citizen.enter(plain);
  const still = await plain.newPage();
  await still.goto(PAGE);
  await expect(still.locator('#devices')).toBeVisible();
  await expect(still.locator('[data-push-add]')).toBeHidden();
  await plain.close();
});

test('an address inside the network is refused, whoever asks', async ({ server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  const { keys } = await subscription(server.baseURL);
  for (const endpoint of ['http://169.254.169.254/latest/meta-data', 'https://10.0.0.1/x', 'https://evil.example/x', 'http://localhost:1/x']) {
    const answer = await fetch(`${server.baseURL}/push/subscribe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: `__Host-session=${citizen.client.token}` },
      body: JSON.stringify({ endpoint, keys }),
    });
    expect([answer.status, await answer.text()], endpoint).toEqual([422, expect.stringContaining('OTD-3506')]);
  }
});
