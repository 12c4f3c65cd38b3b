// Documents without scripts: the form, its refusals, order and removal are plain HTML.
import { test } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { photo, scan } from '../fixtures/papers';
import { expect } from '../fixtures/test';

test.use({ javaScriptEnabled: false });

test('a citizen without scripts adds, orders and removes documents', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 4\d\d/);
  const id = await citizen.draft('review');
  await page.goto(`/applications/${id}/documents`);
  const rows = page.locator('.documents > li');
  const send = page.locator('[data-action="submit"]');
  await expect(page.locator('#documents-form')).toContainText(/до 5 МБ/);

  await send.click();
  for (const control of ['document_kind', 'document']) await expect(page.locator(`#${control}`)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#error-summary')).toBeVisible();

  await page.locator('#document_kind').selectOption('passport');
  await page.locator('#document').setInputFiles([photo('один.jpg'), { ...scan(), name: 'ложь.jpg' }, scan('два.pdf')]);
  await send.click();
  await expect(page.locator('#document-error')).toContainText('«ложь.jpg»');
  await expect(page.locator('#document_kind')).toHaveValue('passport');
  await expect(rows).toHaveCount(2);
  await keepHtml(page, 'documents-plain', await page.content());

  await rows.nth(1).getByRole('button', { name: /Выше/ }).click();
  await expect(rows.nth(0)).toContainText('два.pdf');
  await rows.nth(0).getByRole('button', { name: /Удалить/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.locator('main')).not.toContainText('два.pdf');
});
