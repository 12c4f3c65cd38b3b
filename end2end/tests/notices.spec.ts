// How a citizen is told: chosen on a page that works without scripts too, and what became of each notice.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { expect, test } from '../fixtures/test';

for (const scripts of [true, false]) {
  test(`a citizen chooses what to be told, ${scripts ? 'with' : 'without'} scripts`, async ({ device, server, consoleWatch }) => {
    consoleWatch.allow(/status of 422/);
    const context = await device({ javaScriptEnabled: scripts });
    const page = await context.newPage();
    const citizen = await Citizen.signUp(server.baseURL);
    await citizen.apply();
    await citizen.enter(context);
    await page.goto('/cabinet');
    await page.locator('a[href="/cabinet/notifications"]').click();
    await expect(page.locator('h1')).toHaveText('Уведомления');
    await expect(page.locator('[data-state]').first()).toBeVisible();
    await expect(page.locator('.crumbs a')).toHaveText('Кабинет');
    const box = (id: string) => page.locator(`#${id}`);
    for (const id of ['reminder-email', 'reminder-sms', 'progress-sms']) await box(id).uncheck();
    await page.locator('#quiet_from').selectOption('22');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('#error-summary')).toContainText('разные часы');
    // Everything stands as it was chosen; only the other hour is missing.
    for (const id of ['reminder-email', 'reminder-sms', 'progress-sms']) await expect(box(id)).not.toBeChecked();
    for (const id of ['progress-email', 'decision-sms', 'question-email']) await expect(box(id)).toBeChecked();
    await expect(page.locator('#quiet_from')).toHaveValue('22');
    await page.locator('#quiet_to').selectOption('8');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('.notice.ok')).toHaveText('Сохранили.');
    await expect(box('reminder-sms')).not.toBeChecked();
    await expect(box('progress-email')).toBeChecked();
    await expect(page.locator('#quiet_to')).toHaveValue('8');
    // What the law asks to be told cannot be switched off wholly.
    for (const id of ['decision-email', 'decision-sms']) await box(id).uncheck();
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('#error-summary')).toContainText('по закону');
    await expect(box('decision-email')).not.toBeChecked();
    if (scripts) {
      await expectAccessible(page);
      await keepHtml(page, 'notices');
    }
    await page.goto('/cabinet/mailboxes');
    await expect(page.locator('.crumbs a')).toHaveText('Кабинет');
    await page.goto('/cabinet/documents');
    await expect(page.locator('.crumbs a')).toHaveText('Кабинет');
    await context.close();
  });
}
