// The installed application: what it is made of, and what it does without a network.
import type { BrowserContext, Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { test } from '../fixtures/citizen';
import { hydrated, REHEARSAL } from '../fixtures/journey';
import { Server } from '../fixtures/server';
import { expect } from '../fixtures/test';

/** Opens a page and waits until the worker has it in its care. */
async function installed(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    }
  });
}

async function cut(context: BrowserContext): Promise<void> {
  await context.setOffline(true);
}

test('the manifest names an application that can be installed, and every icon is there', async ({ page, server }) => {
  await page.goto('/');
  const href = await page.locator('link[rel="manifest"]').getAttribute('href');
  const answer = await fetch(server.baseURL + href);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
  const manifest = await answer.json();
  expect(manifest).toMatchObject({ name: 'Отделение', lang: 'ru', display: 'standalone', scope: '/', id: '/' });
  expect(new URL(manifest.start_url, server.baseURL).pathname).toBe('/');
  const sizes = manifest.icons.map(({ sizes, purpose }: { sizes: string; purpose?: string }) => `${sizes} ${purpose ?? 'any'}`);
  expect(sizes).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
  for (const { src, sizes: size, type } of [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }: { icons: object[] }) => icons)]) {
    const icon = await fetch(server.baseURL + src);
    expect(icon.status, src).toBe(200);
    expect(icon.headers.get('content-type'), src).toContain(type ?? 'image/png');
    if (size === 'any') continue;
    // A PNG tells its width in bytes 16 to 19.
    expect(`${Buffer.from(await icon.arrayBuffer()).readUInt32BE(16)}x`, src).toBe(`${size.split('x')[0]}x`);
  }
  for (const { url } of manifest.shortcuts) expect((await fetch(server.baseURL + url)).status, url).toBe(200);
});

test('Chromium finds nothing in the way of installing', async ({ page, context }) => {
  await installed(page, '/');
  const devtools = await context.newCDPSession(page);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  // Every test runs in a private window, the one reason of Chromium's that is not ours.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});

test('a receipt taken once is asked for once and stands in the journal once, with the worker at work', async ({ page, citizen }) => {
  const id = await citizen.apply();
  await citizen.until(id, 'approved');
  await installed(page, `/applications/${id}`);
  await expect.poll(() => page.evaluate(async () => (await (await navigator.serviceWorker.ready).navigationPreload.getState()).enabled)).toBe(true);
  const path = (await page.locator('a[href^="/files/"]').first().getAttribute('href'))!;
  // A move to the file, as from a bookmark or a link in a letter.
  const [file] = await Promise.all([page.waitForEvent('download'), page.evaluate((to) => location.assign(to), path)]);
  expect(await file.failure()).toBeNull();
  const { body: text } = await citizen.client.get('/cabinet/journal/export.csv');
  expect(text.match(/Квитанция скачана/g)).toHaveLength(1);
});

test('the worker keeps built files and the page that knows no user, nothing else', async ({ page, citizen }) => {
  const id = await citizen.apply();
  await citizen.until(id, 'approved');
  await installed(page, '/');
  // A person looks around; nothing of it may stay.
  for (const path of ['/cabinet', '/cabinet/profile', `/applications/${id}`, '/applications', '/offices?q=Казань']) {
    await page.goto(path);
    await hydrated(page);
  }
  const kept = await page.evaluate(async () => {
    const all: { path: string; text: string }[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const { pathname, search } = new URL(request.url);
        const answer = (await cache.match(request, { ignoreVary: true }))!;
        all.push({ path: pathname + search, text: answer.headers.get('content-type')!.startsWith('text/html') ? await answer.text() : '' });
      }
    }
    return all;
  });
  expect(kept.length).toBeGreaterThan(4);
  for (const { path } of kept) {
    expect(path).toMatch(/^\/shell$|^\/services\/post\/registration\/rehearsal$|^\/fonts\/[\w-]+\.woff2$|^\/icons\/[\w-]+\.(png|svg)$|^\/snippets\/[\w./-]+\.js$|^\/[\w-]+-[0-9a-f]{11,16}(_bg)?\.(js|wasm|css)$|^\/(early|rooms)\/[0-9a-f]{16}\/[\w./-]+\.(js|wasm|css)$/);
  }
  const shell = kept.find(({ path }) => path === '/shell');
  expect(shell, 'the shell is kept').toBeDefined();
  const pages = kept.filter(({ text }) => text !== '');
  expect(pages, 'the shell and the form that is open to all').toHaveLength(2);
  const { last_name, first_name, email, phone } = citizen.person;
  for (const { path, text } of pages) expect(text, path).toContain('<html data-kept');
  for (const { path, text } of pages) for (const secret of [last_name, first_name, email, phone, id]) expect(text, path).not.toContain(secret);
  expect(shell!.text).toContain('data-shell');
});

test('without a network a page opens from the shell, says why, and lists the drafts of this device', async ({ page, context, citizen, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const id = await citizen.draft('applicant');
  const step = `/applications/${id}/edit/applicant`;
  await installed(page, step);
  await page.locator('#birth_place').fill('пос. Краснообск');
  await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');

  await cut(context);
  await page.goto('/cabinet/profile');
  await hydrated(page);
  await expect(page.locator('html')).toHaveAttribute('data-shell', '');
  await expect(page.getByRole('heading', { name: 'Нет связи' })).toBeVisible();
  // A room's own wasm is not there to say its name.
  await expect(page.locator('h1')).toHaveText(['Нет связи']);
  await expect(page.locator('main')).not.toContainText(citizen.person.last_name);
  const draft = page.locator(`main a[href="${step}"]`);
  await expect(draft).toBeVisible();
  await expect(page.locator('.banner.wait')).toBeVisible();
  await expectAccessible(page);

  // The draft itself opens, and can be gone on with.
  await draft.click();
  await page.waitForURL(`**${step}`);
  await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
  await page.locator('#birth_date').fill('31.02.1990');
  await page.keyboard.press('Tab');
  await expect(page.locator('#birth_date-error')).toContainText('такого дня нет');
  await page.locator('#birth_date').fill(citizen.person.birth_date);
  await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');

  // Sending waits for the network, in words; what was typed stays.
  await page.locator('[data-action="next"]').click();
  await expect(page.locator('#error-summary')).toContainText('Нет связи');
  await context.setOffline(false);
  await expect(page.locator('.banner.wait')).toBeHidden();
  await page.locator('[data-action="next"]').click();
  await page.waitForURL('**/edit/passport');
});

test('a server that does not answer is no line either, and the page says when it is back', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/ERR_CONNECTION_|ERR_EMPTY_RESPONSE|Failed to fetch/);
  const server = await Server.start();
  try {
    await installed(page, `${server.baseURL}/`);
    await server.stop();
    // The browser itself thinks that it is connected.
    await page.goto(server.baseURL + REHEARSAL);
    await hydrated(page);
    expect(await page.evaluate(() => navigator.onLine)).toBe(true);
    await expect(page.locator('.banner.wait')).toBeVisible();
    await server.restart();
    await expect(page.locator('.banner.wait')).toBeHidden({ timeout: 15_000 });
  } finally {
    await page.close();
    await server.dispose();
  }
});

test('any page opens offline: the home page, an unknown one, a card', async ({ page, context, citizen, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const id = await citizen.apply();
  await installed(page, '/');
  await cut(context);
  for (const path of ['/?source=pwa', '/no/such/page', `/applications/${id}`, '/offices?q=Казань']) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByRole('heading', { name: 'Нет связи' }), path).toBeVisible();
    await expect(page.locator('h1'), path).toHaveCount(1);
    await expect(page.locator('h1'), path).toBeVisible();
  }
});

test('without a network the form that is open to all is there at once, judges, and leads on', async ({ page, context, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await installed(page, '/');
  await cut(context);
  // Its text is in the page itself, before any script has run.
  const answer = await page.goto(REHEARSAL);
  expect(answer!.fromServiceWorker()).toBe(true);
  expect(await answer!.text()).toContain('id="last_name"');
  await hydrated(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-shell');
  await expect(page.locator('.banner.wait')).toBeVisible();
  await page.locator('#last_name').fill('Иванов5');
  await page.keyboard.press('Tab');
  await expect(page.locator('#last_name-error')).not.toBeEmpty();
  await expectAccessible(page);
  await page.locator('header nav.nav a[href="/services"]').click();
  await expect(page.getByRole('heading', { name: 'Нет связи' })).toBeVisible();
  // A question about this page is none that was kept.
  await page.goto('/services/post/registration/rehearsal?x=1');
  await hydrated(page);
  await expect(page.locator('html')).toHaveAttribute('data-shell', '');
});

test('the worker is asked for anew each time and cannot be kept by caches', async ({ server }) => {
  const answer = await fetch(`${server.baseURL}/sw.js`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('javascript');
  expect(answer.headers.get('cache-control')).toMatch(/no-cache|no-store|max-age=0/);
  const shell = await fetch(`${server.baseURL}/shell`, { headers: { 'accept-language': 'ru' } });
  expect(shell.status).toBe(200);
  expect(shell.headers.getSetCookie()).toEqual([]);
  expect(shell.headers.get('content-security-policy')).not.toContain('unsafe-inline');
});
