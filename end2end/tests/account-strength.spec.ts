// How soon a new password would be guessed is told while it is typed, in words and politely; never in an address.
import { expectAccessible } from '../fixtures/a11y';
import { hydrated } from '../fixtures/journey';
import { expect, test } from '../fixtures/test';

test('whoever signs up is told how strong the password is', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('/');
  await hydrated(page);
  // Reached inside the application: the script comes with the field.
  await page.goto('/login');
  await hydrated(page);
  await page.locator('main a[href="/register"]').click();
  await page.waitForURL('**/register');
  const [meter, said] = [page.locator('#password-strength meter'), page.locator('#password-strength [role="status"]')];
  await expect(meter).toBeHidden();
  await expect(said).toHaveText('');
  await page.locator('#last_name').fill('Кузьмина');
  await page.locator('#password').pressSequentially('Кузьмина-1990');
  await expect(said).toContainText('слаб');
  await expect(meter).toBeVisible();
  await expectAccessible(page);
  await page.locator('#password').fill('Correct-horse-9-battery');
  await expect(said).toHaveText('Пароль надёжный');
  await page.locator('#password').fill('');
  await expect(meter).toBeHidden();
  await expect(said).toHaveText('');
  expect(asked.filter((url) => url.includes('/password/strength')).length, 'a pause after the last key, not each key').toBeLessThan(8);
  expect(asked.filter((url) => /horse|1990/.test(url))).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('there is nothing of it, and the form judges', async ({ page, consoleWatch }) => {
    consoleWatch.allow(/status of 422/);
    await page.goto('/register');
    await expect(page.locator('#password-strength meter')).toBeHidden();
    await page.locator('#password').fill('Dragon-2020');
    await page.locator('#password_again').fill('Dragon-2020');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('#error-summary')).toBeVisible();
    await expect(page.locator('#password-strength [role="status"]')).toHaveText('');
  });
});
