// Without a mouse: everything can be reached, seen and pressed.
import type { Page } from '@playwright/test';
import { Citizen, test as signedIn } from '../fixtures/citizen';
import { hydrated, type Step } from '../fixtures/journey';
import { person, type Person } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

/** What has the focus: an id, or what distinguishes it. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    return element.id || element.getAttribute('data-action') || element.getAttribute('href') || element.textContent?.trim() || element.localName;
  });
}

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)) === wanted) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${wanted} is out of reach of Tab on ${page.url()}`);
}

/** The focus can be seen: an outline or a ring that was not there without it. */
async function expectFocusSeen(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const element = document.activeElement!;
    const rings = [element, element.closest('label, .search')].filter((one): one is Element => one !== null).map((one) => getComputedStyle(one));
    const ring = rings.some(({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none');
    const box = element.getBoundingClientRect();
    return { ring, onScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight };
  });
  expect(seen, `the focus on ${await focused(page)}`).toEqual({ ring: true, onScreen: true });
}

/** Types the person's answers into the controls of the page, in the order in which Tab meets them. */
async function answer(page: Page, citizen: Person, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    await tabTo(page, id);
    await expectFocusSeen(page);
    // Tab selects what a text field holds, so typing replaces it.
    await page.keyboard.type(citizen[id as keyof Person] ?? '');
  }
}

async function press(page: Page, action: 'next' | 'submit'): Promise<void> {
  await tabTo(page, action);
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
}

test('from the sign-up form to the receipt without a mouse', async ({ page, outbox }) => {
  const citizen = person();
  await page.goto('/register');
  await hydrated(page);
  await answer(page, citizen, ['last_name', 'first_name', 'middle_name', 'passport_series', 'passport_number', 'inn', 'phone', 'email', 'password']);
  await tabTo(page, 'password_again');
  await page.keyboard.type(citizen.password);
  await tabTo(page, 'consent');
  await page.keyboard.press('Space');
  await press(page, 'submit');
  await page.waitForURL('**/register/phone');
  // The move inside the application ends at the heading; before that Tab would start elsewhere.
  await expect(page.locator('h1')).toBeFocused();
  await tabTo(page, 'code');
  await page.keyboard.type(await outbox.code(citizen.phone));
  // Enter in a field sends its form.
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cabinet');
  await page.goto(await outbox.link(citizen.email));
  await hydrated(page);
  await press(page, 'submit');
  await page.waitForURL('**/cabinet');
  await hydrated(page);
  await tabTo(page, '/applications/new');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/applications/new');
  await press(page, 'next');

  const steps: [Step, string[]][] = [
    ['applicant', ['birth_date', 'birth_place']],
    ['passport', ['passport_issue_date', 'passport_department_code', 'passport_issuer', 'snils']],
    ['contacts', ['registration_postcode', 'registration_address']],
  ];
  for (const [step, ids] of steps) {
    await page.waitForURL(`**/edit/${step}`);
    await hydrated(page);
    await page.locator(`#${ids[0]}`).waitFor();
    await answer(page, citizen, ids);
    await press(page, 'next');
  }
  await page.waitForURL('**/edit/mailbox');
  await tabTo(page, 'mailbox_kind');
  await expectFocusSeen(page);
  for (let presses = 0; presses < 5 && (await page.locator('#mailbox_kind').inputValue()) !== 'electronic'; presses++) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(page.locator('#mailbox_kind')).toHaveValue('electronic');
  await press(page, 'next');
  await page.waitForURL('**/edit/review');
  await tabTo(page, 'consent');
  await page.keyboard.press('Space');
  await expect(page.locator('#consent')).toBeChecked();
  await press(page, 'submit');
  await expect(page.locator('[data-application-number]').first()).toBeVisible();
  // The page tells where one is: the focus is on its heading.
  await expect(page.locator('h1')).toBeFocused();
});

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/services');
  await hydrated(page);
  await page.keyboard.press('Tab');
  const skip = page.locator('a.skip');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await expectFocusSeen(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null), 'the next stop is inside the content').toBe(true);
});

for (const path of ['/', '/register', '/services/post/registration/rehearsal', '/offices?q=Казань']) {
  test(`the focus is seen at every stop of ${path}, in the order of the page, and never trapped`, async ({ page }) => {
    await page.goto(path);
    await hydrated(page);
    const count = await page.locator('a[href], button, input:not([type="hidden"]), select, summary, textarea').count();
    let last = -1;
    for (let stop = 0; stop < count + 5; stop++) {
      await page.keyboard.press('Tab');
      if (!(await focused(page))) break;
      await expectFocusSeen(page);
      const order = await page.evaluate(() => Array.from(document.querySelectorAll('*')).indexOf(document.activeElement!));
      if (order < last) break;
      last = order;
    }
    expect(last).toBeGreaterThan(0);
    const footer = await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('footer, .skip') !== null);
    expect(footer, 'came through to the end of the page').toBe(true);
  });
}

signedIn('after «Продолжить» the focus is on the heading of the next step', async ({ page, citizen }) => {
  const id = await (citizen as Citizen).draft('contacts');
  await page.goto(`/applications/${id}/edit/passport`);
  await hydrated(page);
  await press(page, 'next');
  await page.waitForURL('**/edit/contacts');
  await expect(page.locator('h1')).toHaveText('Контакты и адрес');
  await expect(page.locator('h1')).toBeFocused();
});

signedIn('who is in a field of the next step already stays there', async ({ page, citizen }) => {
  // The heading takes the focus when a look at the page finds it, and that may come late.
  await page.addInitScript(() => {
    const soon = window.setTimeout.bind(window);
    window.setTimeout = ((act: () => void, wait?: number) => soon(act, wait === 50 ? 1000 : wait)) as typeof window.setTimeout;
  });
  const id = await (citizen as Citizen).draft('contacts');
  await page.goto(`/applications/${id}/edit/passport`);
  await hydrated(page);
  await press(page, 'next');
  const email = page.locator('#email');
  await email.focus();
  await page.waitForTimeout(1500);
  await expect(email).toBeFocused();
});
