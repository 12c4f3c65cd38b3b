// From one page of words to another inside the app, and back: the same view, asked anew.
import { hydrated } from '../fixtures/journey';
import { expect, test } from '../fixtures/test';

test('anyone walks from page of words to page of words without loading anew', async ({ page }) => {
  await page.goto('/help');
  await hydrated(page);
  await page.evaluate(() => ((window as unknown as { stays: boolean }).stays = true));
  await page.locator('main a[href="/help/errors"]').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Коды ошибок' })).toBeVisible();
  await page.locator('main a[href^="/help/errors/OTD-"]').first().click();
  await page.waitForURL('**/help/errors/OTD-*');
  await expect(page.locator('h1')).not.toHaveText('Коды ошибок');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Коды ошибок' })).toBeVisible();
  await page.locator('header a[href="/services"]').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Услуги' })).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { stays?: boolean }).stays)).toBe(true);
});
