// Every page by itself: it answers, reads, fits a narrow screen, and says nothing in the console.
import type { Page } from '@playwright/test';
import { expectAccessible, expectNarrow, inspect } from '../fixtures/a11y';
import { Citizen, test as base } from '../fixtures/citizen';
import { hydrated } from '../fixtures/journey';
import { expect } from '../fixtures/test';

/** One citizen a worker: an approved application, and a draft filled up to the review. */
interface Settled {
  citizen: Citizen;
  card: string;
  draft: string;
}
const test = base.extend<object, { settled: Settled }>({
  settled: [
    async ({ server }, use) => {
      const citizen = await Citizen.signUp(server.baseURL);
      const card = await citizen.apply();
      await citizen.until(card, 'approved');
      const draft = await citizen.draft('review');
      await use({ citizen, card, draft });
    },
    { scope: 'worker' },
  ],
});

const PUBLIC = [
  '/',
  '/services',
  '/services/post',
  '/services/post/registration',
  '/services/post/registration/rehearsal',
  '/search?q=почта+регистрация',
  '/register',
  '/register/email',
  '/register/sent',
  '/login',
  '/recover',
  '/recover/done',
  '/not-me/done',
  '/help',
  '/help/consent',
  '/help/terms',
  '/help/retention',
  '/login?ended=1&next=/cabinet',
  '/help/errors',
  '/help/errors/OTD-1402',
  '/status',
  '/offices?q=Казань',
  '/offices/630099',
  '/verify',
  '/tracking',
  '/tracking/RA644000001RU',
];
const OWN = [
  '/cabinet',
  '/cabinet/profile',
  '/cabinet/consents',
  '/cabinet/journal',
  '/cabinet/security',
  '/cabinet/security/password',
  '/cabinet/data',
  '/cabinet/data/correct',
  '/cabinet/access',
  '/cabinet/proof',
  '/cabinet/post',
  '/applications',
  '/applications/new',
  '/applications/{draft}/edit/applicant',
  '/applications/{draft}/edit/passport',
  '/applications/{draft}/edit/contacts',
  '/applications/{draft}/edit/mailbox',
  '/applications/{draft}/edit/review',
  '/applications/{card}',
];

const named = (project: string, path: string): string => `${project}${path === '/' ? '_home' : path}`;

async function open(page: Page, path: string, status = 200, wasm = true): Promise<string> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(status);
  if (wasm) await hydrated(page);
  await expect(page.locator('h1'), 'one heading of the first level').toHaveCount(1);
  await expect(page.locator('h1')).toBeVisible();
  await expect(page).toHaveTitle(/\S+.* — Отделение$/);
  return answer!.text();
}

for (const path of PUBLIC) {
  test(`anyone reads ${path}`, async ({ page }, { project }) => {
    await open(page, path);
    await inspect(page, named(project.name, path));
  });
}

test('an address that leads nowhere says so, with status 404', async ({ page, consoleWatch }, { project }) => {
  consoleWatch.allow(/status of 404/);
  await open(page, '/no/such/page', 404);
  await expect(page.locator('main a[href="/"]')).toBeVisible();
  await inspect(page, `${project.name}_404`);
});

for (const path of ['/demo/outbox', '/demo/registries']) {
  test(`the demonstration shows ${path}`, async ({ page, settled }, { project }) => {
    expect(settled.citizen.person.phone, 'something was sent').toBeTruthy();
    const sent = await open(page, path, 200, false);
    await inspect(page, named(project.name, path), sent);
  });
}

for (const path of OWN) {
  test(`a citizen reads ${path}`, async ({ page, context, settled }, { project }) => {
    await settled.citizen.enter(context);
    const own = path.replace('{draft}', settled.draft).replace('{card}', settled.card);
    await open(page, own);
    expect(new URL(page.url()).pathname, 'not led elsewhere').toBe(own);
    await inspect(page, named(project.name, path));
  });
}

test('a stranger is led from every page of the cabinet to login, which knows the way back', async ({ page, settled }) => {
  for (const path of OWN) {
    const own = path.replace('{draft}', settled.draft).replace('{card}', settled.card);
    const answer = await page.request.get(own, { maxRedirects: 0 });
    expect(answer.status(), own).toBe(303);
    expect(answer.headers()['location']).toBe(`/login?next=${own}`);
  }
});

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' });
  for (const path of ['/', '/services/post/registration/rehearsal', '/applications/{card}']) {
    test(`${path} keeps its contrast`, async ({ page, context, settled }) => {
      await settled.citizen.enter(context);
      await open(page, path.replace('{card}', settled.card));
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const [red = 255] = ground.match(/\d+/g)!.map(Number);
      expect(red, `a dark ground, not ${ground}`).toBeLessThan(80);
      await expectAccessible(page);
    });
  }
});

test('«Версия для слабовидящих» enlarges the page, stays on the next one, and is taken back', async ({ page }) => {
  await open(page, '/register');
  const size = async (): Promise<number> => page.locator('main p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
  const usual = await size();
  await page.getByRole('button', { name: 'Версия для слабовидящих' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-vision', 'large');
  await expect(page).toHaveURL(/\/register$/);
  await hydrated(page);
  expect(await size()).toBeGreaterThan(usual * 1.15);
  await expectAccessible(page);
  await expectNarrow(page);
  await page.goto('/services');
  await expect(page.locator('html')).toHaveAttribute('data-vision', 'large');
  await page.getByRole('button', { name: 'Обычная версия' }).click();
  await expect(page.locator('html')).not.toHaveAttribute('data-vision');
});

for (const width of [320, 390, 768, 1280]) {
  test(`on a screen ${width} pixels wide a message sends no field beside its own to another place`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/services/post/registration/rehearsal');
    await hydrated(page);
    // Where each stands in its row; a message of two lines moves what is below the row, and may.
    const places = () =>
      page.locator('.row:has(> .field)').evaluateAll((rows) =>
        rows.map((row) => {
          const boxes = Array.from(row.querySelectorAll('input'), (input) => ({ id: input.id, box: input.getBoundingClientRect() }));
          return boxes.map(({ id, box }) => `${id} ${Math.round(box.x)} ${Math.round(box.width)} ${box.y - boxes[0]!.box.y < 30 ? 'first line' : 'below'}`);
        }),
      );
    const before = await places();
    expect(before.flat().length).toBe(7);
    for (const place of before.flat()) {
      const input = page.locator(`#${place.split(' ')[0]}`);
      await input.fill('1');
      await input.blur();
      await expect(input).toHaveAttribute('aria-invalid', 'true');
    }
    expect(await places()).toEqual(before);
    // The first two are next to each other, as on paper.
    const [series, number] = [(await page.locator('#passport_series').boundingBox())!, (await page.locator('#passport_number').boundingBox())!];
    expect(number.y).toBeCloseTo(series.y, 0);
  });
}
