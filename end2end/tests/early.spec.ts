// The rules come before the application: a form answers while the application is still on the line, and hands over
// without a person noticing.
import type { Page } from '@playwright/test';
import { hydrated, REHEARSAL, slowLine } from '../fixtures/journey';
import { expect, test } from '../fixtures/test';

/** Opens a page whose application is held back, and does something there until its rules are at work. */
async function begin(page: Page, path: string, act: () => Promise<void>): Promise<() => void> {
  const arrive = await slowLine(page);
  await page.goto(path);
  await expect(act).toPass();
  expect(await waiting(page)).toBe(true);
  return arrive;
}

/** Lets the application breathe between its steps only when it is told to. */
async function heldSteps(page: Page) {
  await page.addInitScript(() => {
    const held: (() => void)[] = [];
    const real = window.setTimeout;
    Object.assign(window, {
      held,
      setTimeout: (then: () => void, after?: number, ...rest: unknown[]) => (after === 0 ? held.push(then) : real(then, after, ...rest)),
    });
  });
  return {
    left: () => page.evaluate(() => (window as unknown as { held: unknown[] }).held.length),
    next: () => page.evaluate(() => (window as unknown as { held: (() => void)[] }).held.shift()?.()),
  };
}

const waiting = (page: Page) => page.evaluate(() => !document.documentElement.hasAttribute('data-hydrated'));

test('a citizen on a bad line is corrected before the application is there, and keeps every word when it comes', async ({ page }) => {
  const name = page.locator('#last_name');
  const arrive = await begin(page, REHEARSAL, async () => {
    await name.fill('');
    await name.pressSequentially('Ив1');
    await expect(page.locator('#last_name-error')).toContainText('1', { timeout: 200 });
  });
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#passport_series').pressSequentially('12');
  await page.locator('#snils').pressSequentially('11223344595');
  await page.locator('#birth_date').pressSequentially('21031990');
  await page.locator('#phone').pressSequentially('8916');
  await expect(page.locator('#passport_series-error')).toHaveText(/Введите четыре цифры серии/);
  await expect(page.locator('#snils')).toHaveValue('112-233-445 95');
  await expect(page.locator('#birth_date')).toHaveValue('21.03.1990');
  expect(await waiting(page)).toBe(true);

  // Every change of a message from here on is noted: a hand-over changes none.
  await page.evaluate(() => {
    const noted: string[] = [];
    Object.assign(window, { noted });
    const errors = document.querySelectorAll('.field > .error');
    errors.forEach((error) => {
      new MutationObserver(() => noted.push(`${error.id}: ${error.textContent}`)).observe(error, { childList: true, subtree: true, characterData: true });
    });
  });
  const before = await page.locator('form.form').innerText();
  arrive();
  await hydrated(page);
  await expect(page.locator('#phone')).toBeFocused();
  await expect(page.locator('#phone')).toHaveValue('8916');
  await expect(page.locator('#passport_series')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.field:has(> #passport_series)')).toHaveAttribute('data-state', 'bad');
  await expect(page.locator('.field:has(> #snils)')).toHaveAttribute('data-state', 'ok');
  expect(await page.locator('form.form').innerText()).toBe(before);
  const noted = await page.evaluate(() => (window as unknown as { noted: string[] }).noted);
  expect(noted.filter((change) => !/^(passport_series-error: Введите четыре|last_name-error: .*1)/.test(change))).toEqual([]);

  // The application goes on where the rules stopped: one message, taken back once mended.
  await name.fill('Иванова');
  await expect(page.locator('#last_name-error')).toBeEmpty();
  await expect(name).not.toHaveAttribute('aria-invalid');
  await page.locator('#passport_series').fill('4519');
  await page.locator('#passport_number').focus();
  await expect(page.locator('#passport_series-error')).toBeEmpty();
});

test('what was typed and left before the rules arrived is judged when they do', async ({ page }) => {
  const arrive = await slowLine(page);
  let let_in = () => {};
  const rules = new Promise<void>((resolve) => (let_in = resolve));
  await page.route(/\/early\/[0-9a-f]+\/early_bg\.wasm/, async (route) => {
    await rules;
    await route.continue();
  });
  await page.goto(REHEARSAL, { waitUntil: 'commit' });
  await page.locator('#passport_series').fill('12');
  await page.locator('#passport_number').focus();
  await expect(page.locator('#passport_series-error')).toBeEmpty();
  let_in();
  await expect(page.locator('#passport_series-error')).toHaveText(/Введите четыре цифры серии/);
  expect(await waiting(page)).toBe(true);
  arrive();
  await hydrated(page);
  await expect(page.locator('#passport_series-error')).toHaveText(/Введите четыре цифры серии/);
});

test('logging in is judged early too', async ({ page }) => {
  const arrive = await begin(page, '/login', async () => {
    await page.locator('#login').fill('');
    await page.locator('#login').pressSequentially('+7 913 765-43-21');
    await page.locator('#password').focus();
    await expect(page.locator('#login')).toHaveAttribute('data-judged', 'ok', { timeout: 200 });
  });
  arrive();
  await hydrated(page);
});

test('signing up is judged early too', async ({ page }) => {
  const arrive = await begin(page, '/register', async () => {
    await page.locator('#email').fill('');
    await page.locator('#email').pressSequentially('anna.example');
    await page.locator('#phone').focus();
    await expect(page.locator('#email-error')).toHaveText(/@/, { timeout: 200 });
  });
  arrive();
  await hydrated(page);
});

test('in English the rules speak English', async ({ page, context, baseURL }) => {
  // Not by a page before: its service worker would bring the application however slow the line.
  await context.addCookies([{ name: 'lang', value: 'en', url: baseURL! }]);
  const arrive = await begin(page, REHEARSAL, async () => {
    await page.locator('#passport_series').fill('12');
    await page.locator('#passport_number').focus();
    await expect(page.locator('#passport_series-error')).toHaveText(/four digits/, { timeout: 200 });
  });
  arrive();
  await hydrated(page);
});

test('without the rules the application comes all the same', async ({ page }) => {
  await page.route(/\/early\//, (route) => route.fulfill({ status: 200, contentType: 'text/javascript', body: 'export default () => Promise.reject(new Error());' }));
  await page.goto(REHEARSAL);
  await hydrated(page);
  await page.locator('#passport_series').fill('12');
  await page.locator('#passport_number').focus();
  await expect(page.locator('#passport_series-error')).toHaveText(/Введите четыре цифры серии/);
});

test('the first visit to a form needs less than 60 KB before it answers', async ({ page }) => {
  const arrive = await begin(page, REHEARSAL, async () => {
    await page.locator('#passport_series').fill('12');
    await page.locator('#passport_number').focus();
    await expect(page.locator('#passport_series-error')).not.toBeEmpty({ timeout: 200 });
  });
  const bytes = await page.evaluate(() => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] as PerformanceResourceTiming[];
    const needed = all.filter((one) => /\/rehearsal$|\.css$|\/early\//.test(new URL(one.name).pathname));
    return needed.reduce((sum, one) => sum + one.encodedBodySize, 0);
  });
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(60_000);
  arrive();
  await hydrated(page);
});

for (const judge of ['the rules', 'the application'] as const) {
  test(`a press that leaves a field is not lost to the message of ${judge}`, async ({ page }) => {
    const arrive = judge === 'the rules' ? await slowLine(page) : undefined;
    await page.goto(REHEARSAL);
    if (!arrive) await hydrated(page);
    const [series, wrong] = [page.locator('#passport_series'), page.locator('#passport_series-error')];
    // Somebody judges already; then the field is good again.
    await expect(async () => {
      await series.fill('12');
      await page.locator('#passport_number').focus();
      await expect(wrong).not.toBeEmpty({ timeout: 200 });
    }).toPass();
    await series.fill('4519');
    await page.locator('#passport_number').focus();
    await expect(wrong).toBeEmpty();

    await series.fill('45');
    const below = page.locator('#snils');
    await below.evaluate((control) => control.addEventListener('click', () => control.setAttribute('data-pressed', '')));
    await below.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await below.boundingBox())!;
    // A slow finger: the message would have time to come, and to move what is below it.
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.waitForTimeout(150);
    await expect(wrong).toBeEmpty();
    await page.mouse.up();
    await expect(below).toHaveAttribute('data-pressed', '');
    await expect(wrong).toHaveText(/Введите четыре цифры серии/);
    arrive?.();
    await hydrated(page);
  });
}

test('a mouse button that was never let go holds no message back from the keyboard', async ({ page }) => {
  await page.goto(REHEARSAL);
  await hydrated(page);
  await page.locator('#passport_series').fill('12');
  const { x, y, width, height } = (await page.locator('#passport_series').boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  // Its end went to a menu of the browser's.
  await page.mouse.down();
  await page.keyboard.press('Tab');
  await expect(page.locator('#passport_series-error')).toHaveText(/Введите четыре цифры серии/);
});

test('what was left before the application came still brings what follows from it', async ({ page }) => {
  const code = page.locator('#passport_department_code');
  const arrive = await begin(page, REHEARSAL, async () => {
    await code.fill('540001');
    await page.locator('#last_name').focus();
    await expect(code).toHaveValue('540-001', { timeout: 200 });
  });
  arrive();
  await hydrated(page);
  await expect(page.locator('#passport_issuer-list option').first()).toHaveAttribute('value', /.+/);
});

for (const impatient of ['press', 'type']) {
  test(`whoever is quicker than the steps of the application is answered: ${impatient}`, async ({ page, consoleWatch }) => {
    consoleWatch.allow(/ERR_FAILED/);
    const steps = await heldSteps(page);
    // Here no rules come before it.
    await page.route('**/early.js', (route) => route.abort());
    await page.goto(REHEARSAL);
    await expect.poll(steps.left).toBe(1);
    await steps.next();
    // It has the page now, and not yet what is inside the form.
    await expect.poll(steps.left).toBe(1);
    expect(await waiting(page)).toBe(true);
    if (impatient === 'press') {
      await page.locator('[data-action=submit]').click();
      await expect(page.locator('#error-summary')).toBeVisible();
      await expect(page.locator('#error-summary li').first()).not.toBeEmpty();
    } else {
      await page.locator('#passport_series').pressSequentially('12');
      await page.keyboard.press('Tab');
    }
    await expect(page.locator('#passport_series-error')).not.toBeEmpty();
    while ((await steps.left()) > 0) await steps.next();
    await hydrated(page);
    await expect(page.locator('#passport_series-error')).not.toBeEmpty();
    await expect(page.locator('#passport_series')).toHaveAttribute('aria-invalid', 'true');
  });
}

test('what the rules once said does not outlive a refusal between the steps of the application', async ({ page }) => {
  const steps = await heldSteps(page);
  const series = page.locator('#passport_series');
  const arrive = await begin(page, REHEARSAL, async () => {
    await series.fill('4519');
    await page.locator('#last_name').focus();
    await expect(series).toHaveAttribute('data-judged', 'ok', { timeout: 200 });
  });
  // Good when it was left, and not any more; typing says nothing of it yet.
  await series.press('End');
  await series.press('Backspace');
  await expect(series).toHaveAttribute('data-judged', 'ok');
  arrive();
  await expect.poll(steps.left).toBe(1);
  await steps.next();
  await expect.poll(steps.left).toBe(1);
  expect(await waiting(page)).toBe(true);
  await series.press('Enter');
  await expect(page.locator('#error-summary a[href="#passport_series"]')).toBeVisible();
  await expect(page.locator('#passport_series-error')).not.toBeEmpty();
  await expect(series).toHaveAttribute('aria-invalid', 'true');
  while ((await steps.left()) > 0) await steps.next();
  await hydrated(page);
  await expect(page.locator('.field:has(> #passport_series)')).toHaveAttribute('data-state', 'bad');
});

for (const path of [REHEARSAL, '/login', '/register']) {
  test(`what comes later to ${path} moves nothing that is there`, async ({ page }) => {
    await page.addInitScript(() => {
      const moved: number[] = [];
      Object.assign(window, { moved });
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => moved.push((entry as PerformanceEntry & { value: number }).value))).observe({
        type: 'layout-shift',
        buffered: true,
      });
    });
    // Typeface, the rest of the styles and the application come long after the first paint.
    await page.route('**/early_bg.wasm', async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    await page.goto(path);
    await page.locator('.field input').first().waitFor();
    const places = () =>
      page.locator('main form input:visible').evaluateAll((all) => all.map((input) => `${input.id} ${input.getBoundingClientRect().x} ${input.getBoundingClientRect().y}`));
    const before = await places();
    await hydrated(page);
    // It belongs to the fonts of the page only when it has come.
    await expect.poll(() => page.evaluate(() => Array.from(document.fonts as unknown as Iterable<FontFace>).some((face) => face.family === 'Golos' && face.status === 'loaded'))).toBe(true);
    expect(await places()).toEqual(before);
    const moved = await page.evaluate(() => (window as unknown as { moved: number[] }).moved.reduce((sum, value) => sum + value, 0));
    expect(moved).toBeLessThan(0.001);
  });
}
