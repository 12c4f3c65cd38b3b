// The form corrects as one types: late enough not to scold, early enough to help.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { test } from '../fixtures/citizen';
import { hydrated, open, REHEARSAL } from '../fixtures/journey';
import { expect } from '../fixtures/test';

const rehearse = (page: Page): Promise<void> => open(page, REHEARSAL);

/** Types a value as a person does and goes on to the next field. */
async function type(page: Page, id: string, value: string): Promise<void> {
  await page.locator(`#${id}`).fill('');
  await page.locator(`#${id}`).pressSequentially(value);
  await page.keyboard.press('Tab');
}

async function expectRefused(page: Page, id: string, words: RegExp | string): Promise<void> {
  const control = page.locator(`#${id}`);
  await expect(control).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator(`#${id}-error`)).toContainText(words);
  await expect(page.locator(`#${id}-error`)).toBeVisible();
  // The message is the control's own, also for those who hear it.
  expect((await control.getAttribute('aria-describedby'))?.split(' ')).toContain(`${id}-error`);
}

async function expectAccepted(page: Page, id: string): Promise<void> {
  await expect(page.locator(`#${id}`)).not.toHaveAttribute('aria-invalid');
  await expect(page.locator(`#${id}-error`)).toBeEmpty();
}

const ON_BLUR: { id: string; wrong: string; words: RegExp; right: string; shown: string }[] = [
  { id: 'snils', wrong: '112-233-445 96', words: /Сверьте СНИЛС/, right: '11223344595', shown: '112-233-445 95' },
  { id: 'passport_series', wrong: '501', words: /Введите четыре цифры серии/, right: '5019', shown: '50 19' },
  { id: 'phone', wrong: '+7 495 123-45-67', words: /Введите мобильный номер/, right: '8 (916) 123 45 67', shown: '+7 916 123-45-67' },
  { id: 'email', wrong: 'анна@example.org', words: /латинскими буквами/, right: 'anna@example.org', shown: 'anna@example.org' },
  { id: 'birth_date', wrong: '31.02.1990', words: /такого дня нет/, right: '21.03.1990', shown: '21.03.1990' },
  { id: 'inn', wrong: '500100732258', words: /Сверьте ИНН/, right: '500100732259', shown: '5001 007322 59' },
];

for (const { id, wrong, words, right, shown } of ON_BLUR) {
  test(`${id}: told on leaving, taken back once mended, shown as people write it`, async ({ page }) => {
    await rehearse(page);
    await type(page, id, wrong);
    await expectRefused(page, id, words);
    await type(page, id, right);
    await expectAccepted(page, id);
    await expect(page.locator(`#${id}`)).toHaveValue(shown);
  });
}

test('nobody is scolded in the middle of typing', async ({ page }) => {
  await rehearse(page);
  // Watches every moment, not only those between two keys.
  await page.evaluate(() => {
    const scolded: string[] = [];
    Object.assign(window, { scolded });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        if (target instanceof Element && target.getAttribute('aria-invalid')) scolded.push(`${target.id}: ${(target as HTMLInputElement).value}`);
      }
    }).observe(document.body, { subtree: true, attributeFilter: ['aria-invalid'] });
  });
  const typed = {
    last_name: 'Салтыкова-Щедрина',
    birth_date: '21.03.1990',
    passport_series: '5019',
    passport_number: '123456',
    passport_department_code: '540-001',
    snils: '112-233-445 95',
    inn: '500100732259',
    phone: '+7 916 123-45-67',
    email: 'anna.maria@mail.example.org',
    registration_postcode: '630099',
    registration_address: 'г. Новосибирск, ул. Советская, д. 5, кв. 1',
  };
  for (const [id, value] of Object.entries(typed)) {
    await page.locator(`#${id}`).focus();
    await page.keyboard.type(value);
  }
  await page.keyboard.press('Tab');
  await expect(page.locator('#registration_postcode-note')).toContainText('Новосибирск');
  expect(await page.evaluate(() => (window as unknown as { scolded: string[] }).scolded)).toEqual([]);
});

test('a value that can only be wrong is told at once, without leaving the field', async ({ page }) => {
  await rehearse(page);
  await page.locator('#passport_number').focus();
  await page.keyboard.type('12а');
  await expect(page.locator('#passport_number')).toBeFocused();
  await expectRefused(page, 'passport_number', 'Уберите');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('3456');
  await page.keyboard.press('Tab');
  await expectAccepted(page, 'passport_number');
});

test('an empty field is passed by in silence', async ({ page }) => {
  await rehearse(page);
  for (const id of ['last_name', 'first_name', 'birth_date']) await page.locator(`#${id}`).focus();
  await page.locator('#snils').focus();
  await expect(page.locator('[aria-invalid="true"]')).toHaveCount(0);
});

test('«Продолжить» with empty fields: a summary that takes the focus and leads to each control', async ({ page, citizen }) => {
  const id = await citizen.draft('passport');
  await page.goto(`/applications/${id}/edit/passport`);
  await hydrated(page);
  for (const control of ['passport_series', 'passport_number']) await page.locator(`#${control}`).fill('');
  await page.locator('[data-action="next"]').click();

  const summary = page.locator('#error-summary');
  await expect(summary).toBeFocused();
  await expect(page).toHaveURL(/\/edit\/passport$/);
  const empty = ['passport_series', 'passport_number', 'passport_issue_date', 'passport_department_code', 'passport_issuer', 'snils'];
  await expect(summary.locator('h2')).toHaveText(`Исправьте ${empty.length} полей`);
  await expect(summary.locator('li')).toHaveCount(empty.length);
  for (const control of empty) {
    await expectRefused(page, control, 'Не заполнено');
    await expect(summary.locator(`a[href="#${control}"]`)).toContainText('Не заполнено');
  }
  await expectAccessible(page);

  await summary.locator('a[href="#snils"]').click();
  await expect(page.locator('#snils')).toBeFocused();
  // What is mended leaves its message; the others stay.
  await page.keyboard.type('112-233-445 95');
  await page.keyboard.press('Tab');
  await expectAccepted(page, 'snils');
  await expectRefused(page, 'passport_series', 'Не заполнено');
  // The code of the refusal is explained.
  const code = summary.locator('a[href^="/help/errors/OTD-"]');
  await expect(code).toHaveText(/OTD-\d{4}/);
});

test('«кем выдан» follows from the code of the unit, and never overwrites what a person wrote', async ({ page, citizen }) => {
  const id = await citizen.draft('passport');
  await page.goto(`/applications/${id}/edit/passport`);
  await hydrated(page);
  await type(page, 'passport_department_code', '540001');
  await expect(page.locator('#passport_department_code')).toHaveValue('540-001');
  await expect(page.locator('#passport_issuer')).toHaveValue(/НОВОСИБИРСК/i);
  await page.locator('#passport_issuer').fill('ОТДЕЛОМ ВНУТРЕННИХ ДЕЛ ЦЕНТРАЛЬНОГО РАЙОНА');
  await type(page, 'passport_department_code', '640-001');
  await expect(page.locator('#passport_issuer-list option').first()).toHaveAttribute('value', /САРАТОВ/i);
  await expect(page.locator('#passport_issuer')).toHaveValue('ОТДЕЛОМ ВНУТРЕННИХ ДЕЛ ЦЕНТРАЛЬНОГО РАЙОНА');
});

test('an index names its town; one that contradicts the address, and one that does not exist, are refused', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const id = await citizen.draft('contacts');
  await page.goto(`/applications/${id}/edit/contacts`);
  await hydrated(page);
  await type(page, 'registration_postcode', '630099');
  await expect(page.locator('#registration_postcode-note')).toContainText('Новосибирск');
  await type(page, 'registration_address', 'г. Новосибирск, ул. Советская, д. 5, кв. 1');
  await expectAccepted(page, 'registration_postcode');

  await type(page, 'registration_postcode', '101000');
  await expectRefused(page, 'registration_postcode', /Сверьте индекс.*Москва/);
  await page.locator('[data-action="next"]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#error-summary a[href="#registration_postcode"]')).toContainText('Москва');

  await type(page, 'registration_postcode', '630094');
  await expectRefused(page, 'registration_postcode', 'такого нет в почтовой базе');
  await page.locator('[data-action="next"]').click();
  await expect(page.locator('#error-summary')).toBeFocused();
  await expect(page.locator('#error-summary a[href="#registration_postcode"]')).toContainText('такого нет');
  await expect(page).toHaveURL(/\/edit\/contacts$/);

  await type(page, 'registration_postcode', '630099');
  await page.locator('[data-action="next"]').click();
  await page.waitForURL('**/edit/mailbox');
});

test('an index the directory has no region for is warned of, and stops nobody', async ({ page, citizen }) => {
  const id = await citizen.draft('contacts');
  await page.goto(`/applications/${id}/edit/contacts`);
  await hydrated(page);
  await type(page, 'registration_postcode', '999999');
  await expect(page.locator('#registration_postcode-note')).toContainText('по региону нет данных');
  await expectAccepted(page, 'registration_postcode');
  await type(page, 'registration_address', 'г. Новосибирск, ул. Советская, д. 5, кв. 1');
  await page.locator('[data-action="next"]').click();
  await page.waitForURL('**/edit/mailbox');
});

test('a mistake in the address is mended from the other end: correcting the address frees the index', async ({ page, citizen }) => {
  const id = await citizen.draft('contacts');
  await page.goto(`/applications/${id}/edit/contacts`);
  await hydrated(page);
  await type(page, 'registration_address', 'г. Новосибирск, ул. Советская, д. 5, кв. 1');
  await type(page, 'registration_postcode', '410012');
  await expectRefused(page, 'registration_postcode', /Саратов/);
  await type(page, 'registration_address', 'Саратовская обл., г. Саратов, ул. Московская, д. 5, кв. 1');
  await expectAccepted(page, 'registration_postcode');
  await expect(page.locator('#registration_postcode-note')).toContainText('Саратов');
});

test('«Проверить данные без входа» says that nothing is wrong, sends no answers, and keeps none', async ({ page }) => {
  await rehearse(page);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(`${new URL(request.url()).pathname} ${request.postData() ?? ''}`);
  });
  const right: Record<string, string> = {
    last_name: 'Соколова', first_name: 'Анна', middle_name: 'Сергеевна', birth_date: '21.03.1990',
    passport_series: '5012', passport_number: '123456', passport_issue_date: '30.03.2012',
    passport_department_code: '540-001', snils: '112-233-445 95', phone: '+7 916 123-45-67', email: 'anna@example.org',
    registration_postcode: '630099', registration_address: 'г. Новосибирск, ул. Советская, д. 5, кв. 1',
  };
  for (const [id, value] of Object.entries(right)) await type(page, id, value);
  await expect(page.locator('#passport_issuer')).not.toHaveValue('');
  await page.locator('[data-action="submit"]').click();
  await expect(page.getByText('Ошибок не нашли')).toBeVisible();
  await expectAccessible(page);
  // Only the codes that the directory is asked about leave the device.
  for (const line of sent) {
    expect(line).toMatch(/^\/api\/offices\//);
    for (const id of ['last_name', 'snils', 'passport_number', 'registration_address']) expect(line).not.toContain(right[id]);
  }
});
