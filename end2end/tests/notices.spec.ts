// How a citizen is told: chosen on a page that works without scripts too, and what became of each notice.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { expect, test } from '../fixtures/test';

for (const scripts of [true, false]) {
  test(`a citizen chooses what to be told, ${scripts ? 'with' : 'without'} scripts`, async ({ browser, server, consoleWatch }) => {
    consoleWatch.allow(/status of 422/);
    const context = await browser.newContext({ baseURL: server.baseURL, javaScriptEnabled: scripts });
    const page = await context.newPage();
    const citizen = await Citizen.signUp(server.baseURL);
    await citizen.apply();
    await citizen.enter(context);
    await page.goto('/cabinet');
    await page.locator('a[href="/cabinet/notifications"]').click();
    await expect(page.locator('h1')).toHaveText('Уведомления');
    await expect(page.locator('[data-state]').first()).toBeVisible();
    await page.locator('#reminder').selectOption('');
    await page.locator('#progress').selectOption('email');
    await page.locator('#quiet_from').selectOption('22');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('#error-summary')).toContainText('разные часы');
    await page.locator('#reminder').selectOption('');
    await page.locator('#progress').selectOption('email');
    await page.locator('#quiet_from').selectOption('22');
    await page.locator('#quiet_to').selectOption('8');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('.notice.ok')).toHaveText('Сохранили.');
    await expect(page.locator('#reminder')).toHaveValue('');
    await expect(page.locator('#progress')).toHaveValue('email');
    await expect(page.locator('#quiet_to')).toHaveValue('8');
    // What the law asks to be told has no «do not tell».
    await expect(page.locator('#decision option')).toHaveCount(3);
    if (scripts) {
      await expectAccessible(page);
      await keepHtml(page, 'notices');
    }
    await context.close();
  });
}
