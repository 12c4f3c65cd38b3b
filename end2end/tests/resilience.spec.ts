// What people and networks do to a form: twice, too early, too late, in the wrong order.
import type { Page } from '@playwright/test';
import { Citizen, switchRegistry, test } from '../fixtures/citizen';
import { expectStatus, hydrated, logIn, open, REHEARSAL, slowLine } from '../fixtures/journey';
import { expect } from '../fixtures/test';

/** How many applications with a number the citizen has, and how many times their receipt was announced. */
async function submitted(citizen: Citizen): Promise<{ numbers: string[]; letters: number }> {
  const { body: text } = await citizen.client.get('/applications');
  const numbers = [...text.matchAll(/Заявка (2\d{3}-[2-9A-Z]{4}-[2-9A-Z]{4})/g)].map(([, number]) => number!);
  const all = await citizen.outbox.all();
  const mine = all.filter(({ channel, to, text: words }) => channel === 'email' && to.includes(citizen.person.email) && words.includes('принята'));
  return { numbers, letters: mine.length };
}

test.describe('submitted once, however often pressed', () => {
  test('a double click', async ({ page, citizen }) => {
    const id = await citizen.draft('review');
    await open(page, `/applications/${id}/edit/review`);
    await page.locator('#consent').check();
    await page.locator('[data-action="submit"]').dblclick();
    await page.waitForURL(`**/applications/${id}`);
    const number = await page.locator('[data-application-number]').first().getAttribute('data-application-number');
    await expectStatus(page, 'approved');
    expect((await submitted(citizen)).numbers).toEqual([number]);
  });

  test('two windows at the same moment', async ({ page, context, citizen }) => {
    const id = await citizen.draft('review');
    const other = await context.newPage();
    for (const one of [page, other]) {
      await open(one, `/applications/${id}/edit/review`);
      await one.locator('#consent').check();
    }
    await Promise.all([page, other].map((one) => one.locator('[data-action="submit"]').click()));
    const numbers = [];
    for (const one of [page, other]) {
      await one.waitForURL(`**/applications/${id}`);
      numbers.push(await one.locator('[data-application-number]').first().getAttribute('data-application-number'));
    }
    expect(numbers[0]).toBe(numbers[1]);
    expect((await submitted(citizen)).numbers).toEqual([numbers[0]]);
  });

  test('ten posts of the plain form at once', async ({ citizen }) => {
    const id = await citizen.draft('review');
    const form = await citizen.submission(id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => citizen.client.form(`/applications/${id}/edit/review`, form)));
    expect(answers.map(({ status, headers: { location } }) => `${status} ${location}`)).toEqual(Array(10).fill(`303 /applications/${id}`));
    await citizen.until(id, 'approved');
    const { numbers, letters } = await submitted(citizen);
    expect(numbers).toHaveLength(1);
    expect(letters).toBeLessThanOrEqual(1);
  });
});

test('«Назад» after submitting leads to the card, not to a second form, and holds nobody there', async ({ page, citizen, consoleWatch }) => {
  // The form asks for its answers, and hears that they are sent.
  consoleWatch.allow(/status of 409/);
  await open(page, '/applications');
  const id = await citizen.draft('review');
  await open(page, `/applications/${id}/edit/review`);
  await page.locator('#consent').check();
  await page.locator('[data-action="submit"]').click();
  await page.waitForURL(`**/applications/${id}`);
  const number = await page.locator('[data-application-number]').first().getAttribute('data-application-number');
  await page.goBack();
  await expect(page.locator(`[data-application-number="${number}"]`).first()).toBeVisible();
  await expect(page.locator('form#review-form')).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/applications/${id}$`));
  expect((await submitted(citizen)).numbers).toEqual([number]);
  await page.goBack();
  await expect(page).toHaveURL(/\/applications$/);
});

test('what is typed before wasm arrives stays, and is judged once it has', async ({ page }) => {
  let release = (): void => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route('**/*_bg.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(REHEARSAL, { waitUntil: 'commit' });
  await page.locator('#last_name').fill('Соколова');
  await page.locator('#snils').fill('112-233-445 96');
  await page.locator('#phone').focus();
  await page.keyboard.type('89161');
  await expect(page.locator('html')).not.toHaveAttribute('data-hydrated');
  release();
  await hydrated(page);
  await expect(page.locator('#phone')).toBeFocused();
  await page.keyboard.type('234567');
  await expect(page.locator('#phone')).toHaveValue('89161234567');
  await page.keyboard.press('Tab');
  await expect(page.locator('#phone')).toHaveValue('+7 916 123-45-67');
  await expect(page.locator('#last_name')).toHaveValue('Соколова');
  await page.locator('#snils').focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('#snils-error')).toContainText('Сверьте СНИЛС');
  await page.locator('[data-action="submit"]').click();
  const summary = page.locator('#error-summary');
  await expect(summary.locator('a[href="#snils"]')).toBeVisible();
  await expect(summary.locator('a[href="#last_name"]')).toHaveCount(0);
});

test.describe('drafts on the device', () => {
  test('come back after a reload', async ({ page, citizen }) => {
    const id = await citizen.draft('applicant');
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_place').fill('пос. Краснообск Новосибирского района');
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    await page.reload();
    await hydrated(page);
    await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск Новосибирского района');
    await expect(page.locator('.saved')).toContainText('Восстановили');
    // And they count as typed: the step is saved with them.
    await page.locator('#birth_date').fill(citizen.person.birth_date);
    await page.locator('[data-action="next"]').click();
    await page.waitForURL('**/edit/passport');
    expect((await citizen.client.get(`/applications/${id}/edit/applicant`)).body).toContain('Краснообск');
  });

  test('give way to what is typed before the application is there', async ({ page, citizen }) => {
    const id = await citizen.draft('applicant');
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_place').fill('пос. Краснообск');
    await page.locator('#middle_name').fill('Сергеевич');
    await page.keyboard.press('Tab');
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    // That may have been the first of the two: the last is kept once nothing is written any more.
    let last = '';
    await expect(async () => {
      const [now] = (await stored(page)).drafts;
      const before = last;
      last = now ?? '';
      expect(last).toBe(before);
    }).toPass({ intervals: [1000] });
    const arrive = await slowLine(page);
    await page.reload();
    await page.locator('#birth_place').fill('г. Бердск');
    arrive();
    await hydrated(page);
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    await expect(page.locator('#birth_place')).toHaveValue('г. Бердск');
    await expect(page.locator('#middle_name')).toHaveValue('Сергеевич');
    await page.reload();
    await hydrated(page);
    await expect(page.locator('#birth_place')).toHaveValue('г. Бердск');
  });

  test('lie sealed on the disk', async ({ page, citizen }) => {
    const id = await citizen.draft('applicant');
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_place').fill('пос. Краснообск Новосибирского района');
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    const kept = await stored(page);
    expect(kept.drafts).toHaveLength(1);
    expect(kept.drafts.join()).not.toContain('Краснообск');
    expect(kept.extractable).toEqual([false]);
  });

  test('are gone after «Выйти»', async ({ page, citizen }) => {
    const id = await citizen.draft('applicant');
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_place').fill('пос. Краснообск Новосибирского района');
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    expect((await stored(page)).drafts).toHaveLength(1);
    await open(page, '/cabinet');
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    expect(await stored(page)).toEqual({ drafts: [], extractable: [] });
    await page.goto('/cabinet');
    await expect(page).toHaveURL(/\/login\?next=\/cabinet$/);
  });
});

test('drafts go when somebody else logs in on this device, and after a week', async ({ page, context, citizen, server }) => {
  const id = await citizen.draft('applicant');
  const typed = async () => {
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_place').fill(`пос. Краснообск ${Math.random()}`);
    await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
    expect((await stored(page)).drafts).toHaveLength(1);
  };
  const left = async () => (await stored(page)).drafts.length;
  await typed();
  await open(page, '/cabinet');
  expect(await left(), 'one\'s own stay').toBe(1);
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('otdelenie');
      request.onsuccess = () => done(request.result);
    });
    await new Promise((done) => {
      const transaction = db.transaction('drafts', 'readwrite');
      transaction.oncomplete = done;
      const request = transaction.objectStore('drafts').openCursor();
      request.onsuccess = () => {
        const cursor = request.result;
        if (cursor) cursor.update({ ...cursor.value, at: cursor.value.at - 7 * 86_400_000 - 1000 });
      };
    });
    db.close();
  });
  await open(page, '/cabinet');
  await expect.poll(left, { message: 'a week is over' }).toBe(0);
  await typed();
  await context.clearCookies({ name: '__Host-session' });
  const other = await Citizen.signUp(server.baseURL);
  await logIn(page, other.outbox, other.person);
  await hydrated(page);
  await expect.poll(left, { message: 'somebody else is here' }).toBe(0);
});

/** What IndexedDB holds: drafts as text, and whether their keys can be read out. */
async function stored(page: Page): Promise<{ drafts: string[]; extractable: boolean[] }> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (!names.includes('otdelenie')) return { drafts: [], extractable: [] };
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('otdelenie');
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const all = <T>(store: string): Promise<T[]> =>
      new Promise((done) => {
        const request = db.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => done(request.result as T[]);
      });
    const drafts = await all<{ data: ArrayBuffer }>('drafts');
    const keys = await all<CryptoKey>('keys');
    db.close();
    return { drafts: drafts.map(({ data }) => new TextDecoder().decode(data)), extractable: keys.map(({ extractable }) => extractable) };
  });
}

test('the language changes in the middle of a form and nothing typed is lost', async ({ page, citizen }) => {
  const id = await citizen.draft('applicant');
  await open(page, `/applications/${id}/edit/applicant`);
  await page.locator('#birth_place').fill('пос. Краснообск');
  await expect(page.locator('.saved')).toContainText('Сохранено на этом устройстве в');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await hydrated(page);
  await expect(page).toHaveURL(new RegExp(`/applications/${id}/edit/applicant$`));
  await expect(page.locator('[data-action="next"]')).toHaveText('Continue');
  await expect(page.locator('label[for="birth_place"]')).toHaveText(/birth/i);
  await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
  await page.getByRole('button', { name: 'Русский' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ru');
  await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
});

test('the language changes in the very moment of typing', async ({ page, citizen }) => {
  // A slow device: the page is gone long before the draft is sealed, unless it waits for it.
  await page.addInitScript(() => {
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    crypto.subtle.encrypt = async (...parts) => {
      await new Promise((done) => setTimeout(done, 1_000));
      return encrypt(...parts);
    };
  });
  const id = await citizen.draft('applicant');
  await open(page, `/applications/${id}/edit/applicant`);
  await page.locator('#birth_place').fill('пос. Краснообск');
  // Sooner than the pause after which a draft is kept.
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await hydrated(page);
  await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
});

test.describe('the session ends in the middle of a form', () => {
  test('with wasm: the summary says so, and login leads back to what was typed', async ({ page, context, citizen, consoleWatch }) => {
    consoleWatch.allow(/status of 401/);
    const id = await citizen.draft('applicant');
    await open(page, `/applications/${id}/edit/applicant`);
    await page.locator('#birth_date').fill(citizen.person.birth_date);
    await page.locator('#birth_place').fill('пос. Краснообск');
    await context.clearCookies({ name: '__Host-session' });
    await page.locator('[data-action="next"]').click();
    const summary = page.locator('#error-summary');
    await expect(summary).toBeFocused();
    await expect(summary).toContainText(/Сессия истекла|Войдите, чтобы продолжить/);
    await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
    const way = summary.getByRole('link', { name: 'Войти и вернуться к этому полю' });
    await expect(way).toBeVisible();
    await way.click();
    await page.waitForURL(/\/login\?next=/);
    await logIn(page, citizen.outbox, citizen.person, { from: page.url() });
    await expect(page).toHaveURL(new RegExp(`/applications/${id}/edit/applicant$`));
    await hydrated(page);
    await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
    await expect(page.locator('#birth_date')).toHaveValue(citizen.person.birth_date);
  });

  test.describe('without wasm', () => {
    test.use({ javaScriptEnabled: false });
    test('login comes in between and the page has everything typed', async ({ page, context, citizen }) => {
      const id = await citizen.draft('applicant');
      await page.goto(`/applications/${id}/edit/applicant`);
      await page.locator('#birth_date').fill('1.1.1');
      await page.locator('#birth_place').fill('пос. Краснообск');
      await context.clearCookies({ name: '__Host-session' });
      await page.locator('[data-action="next"]').click();
      await page.waitForURL(/\/login\?next=/);
      await logIn(page, citizen.outbox, citizen.person, { from: page.url() });
      await expect(page).toHaveURL(new RegExp(`/applications/${id}/edit/applicant$`));
      await expect(page.locator('#birth_place')).toHaveValue('пос. Краснообск');
      await expect(page.locator('#birth_date')).toHaveValue('1.1.1');
    });
  });
});

test.describe('the line for news comes late', () => {
  test.afterEach(async ({ server }) => switchRegistry(server, 'passport', 'ok'));

  test('a decision made before it is there is shown all the same', async ({ page, context, citizen, server }) => {
    let connect = (): void => {};
    const held = new Promise<void>((done) => (connect = done));
    await context.route('**/events', async (route) => {
      await held;
      await route.continue();
    });
    await switchRegistry(server, 'passport', 'slow', 2_000);
    const id = await citizen.apply();
    await open(page, `/applications/${id}`);
    await expect(page.locator('[data-status="in_review"]').first()).toBeVisible();
    await page.evaluate(() => Object.assign(window, { sameLife: true }));
    await citizen.until(id, 'approved');
    await expect(page.locator('[data-status="in_review"]').first(), 'nothing has told the page yet').toBeVisible();
    connect();
    await expectStatus(page, 'approved');
    expect(await page.evaluate(() => 'sameLife' in window)).toBe(true);
  });
});

test.describe('registries that are slow or down', () => {
  test.afterEach(async ({ server }) => {
    for (const registry of ['passport', 'snils']) await switchRegistry(server, registry, 'ok');
  });

  test('the open card follows the check without being loaded again', async ({ page, citizen, server }) => {
    await switchRegistry(server, 'passport', 'down');
    const id = await citizen.draft('review');
    await open(page, `/applications/${id}/edit/review`);
    await page.locator('#consent').check();
    await page.locator('[data-action="submit"]').click();
    await page.waitForURL(`**/applications/${id}`);
    await page.evaluate(() => Object.assign(window, { sameLife: true }));
    await expect(page.locator('[data-status="in_review"]').first()).toBeVisible();
    await switchRegistry(server, 'passport', 'ok');
    await expectStatus(page, 'approved');
    await expect(page.locator('[data-registration-number]')).toHaveText(/^R2\d{3}-/);
    expect(await page.evaluate(() => 'sameLife' in window)).toBe(true);
    // Every stage has the time it was reached.
    await expect(page.locator('[data-stage]')).toHaveCount(4);
    await expect(page.locator('[data-stage] time')).toHaveCount(4);
  });

  test('a registry that is down delays, says so, never refuses, and the check goes on when it is back', async ({ page, citizen, server }) => {
    test.setTimeout(150_000);
    await switchRegistry(server, 'snils', 'down');
    const id = await citizen.draft('review');
    await open(page, `/applications/${id}/edit/review`);
    await page.locator('#consent').check();
    await page.locator('[data-action="submit"]').click();
    await page.waitForURL(`**/applications/${id}`);
    await expect(page.getByText('Ждём ответа реестра')).toBeVisible({ timeout: 20_000 });
    await expect(page.locator('.notice.wait')).toContainText('реестр СНИЛС');
    await expect(page.locator('[data-status="in_review"]').first()).toBeVisible();
    // One more try that came to nothing, whether the registry was asked or is held to be down.
    const tries = () => server.counted(/^registry_calls_total\{registry="snils",result="(failed|held_back)"/);
    const before = await tries();
    await expect.poll(tries, { timeout: 30_000 }).toBeGreaterThan(before);
    await expect(page.locator('[data-status="in_review"]').first()).toBeVisible();
    await switchRegistry(server, 'snils', 'ok');
    await expect(page.locator('[data-status="approved"]').first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('Ждём ответа реестра')).toHaveCount(0);
  });
});
