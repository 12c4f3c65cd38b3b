// Everything a citizen needs works as plain HTML: the browser runs no script at all.
import type { Page, Response } from '@playwright/test';
import { Citizen, test as signedIn } from '../fixtures/citizen';
import { fillApplication, signUp, submitApplication } from '../fixtures/journey';
import { person } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test.use({ javaScriptEnabled: false });
signedIn.use({ javaScriptEnabled: false });

/** Presses the main button and answers what the server said to the POST. */
async function press(page: Page): Promise<Response> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('[data-action="next"], [data-action="submit"]').click();
  return answer;
}

/** The page again: told what is wrong, everything typed still there. */
async function expectRefused(page: Page, answer: Response, typed: Record<string, string>, wrong: Record<string, RegExp>): Promise<void> {
  expect(answer.status()).toBe(422);
  const summary = page.locator('#error-summary');
  await expect(summary).toBeVisible();
  for (const [id, words] of Object.entries(wrong)) {
    await expect(page.locator(`#${id}`)).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator(`#${id}-error`)).toContainText(words);
    await expect(summary.locator(`a[href="#${id}"]`)).toContainText(words);
  }
  for (const [id, value] of Object.entries(typed)) await expect(page.locator(`#${id}`)).toHaveValue(value);
}

async function fill(page: Page, typed: Record<string, string>): Promise<void> {
  for (const [id, value] of Object.entries(typed)) await page.locator(`#${id}`).fill(value);
}

test('from sign-up to the card with a registration number', async ({ page, outbox }) => {
  const citizen = person();
  await signUp(page, outbox, citizen);
  await fillApplication(page, citizen);
  for (const shown of [citizen.last_name, citizen.snils, citizen.registration_address]) {
    await expect(page.locator('main')).toContainText(shown);
  }
  const number = await submitApplication(page);
  await expect(page).toHaveURL(/\/applications\/[^/]+$/);
  await expect(async () => {
    await page.reload();
    await expect(page.locator('[data-registration-number]')).toHaveText(/^R2\d{3}-/, { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.locator(`[data-application-number="${number}"]`).first()).toBeVisible();
  expect(await page.locator('html').getAttribute('data-hydrated')).toBeNull();
});

test('sign-up with mistakes: all are named, everything but the passwords is kept', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  await page.goto('/register');
  const typed = {
    last_name: 'соколова', first_name: 'Анна', passport_series: '501', passport_number: '123456',
    phone: '+7 495 123-45-67', email: 'анна@example.org',
  };
  await fill(page, { ...typed, password: 'Otdel-1-Pochta', password_again: 'Otdel-2-Pochta' });
  const answer = await press(page);
  await expectRefused(page, answer, { ...typed, password: '', password_again: '' }, {
    last_name: /заглавной/,
    passport_series: /четыре цифры/,
    phone: /мобильный/,
    email: /латинскими/,
    password_again: /тот же пароль/,
    consent: /согласие|отмет/,
  });
  await expect(page).toHaveURL(/\/register$/);
});

test('a wrong code is refused in words, with a way to another one', async ({ page, outbox, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const citizen = person();
  await page.goto('/register');
  const { last_name, first_name, passport_series, passport_number, phone, email, password } = citizen;
  await fill(page, { last_name, first_name, passport_series, passport_number, phone, email, password, password_again: password });
  await page.locator('#consent').check();
  await press(page);
  await page.waitForURL('**/register/phone');
  const code = await outbox.code(phone);
  await fill(page, { code: code === '000000' ? '000001' : '000000' });
  const answer = await press(page);
  await expectRefused(page, answer, { code: '' }, { code: /Код не подошёл/ });
  await fill(page, { code });
  await press(page);
  await page.waitForURL('**/cabinet');
});

signedIn('a step with mistakes stays, says what is wrong, and loses nothing', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const id = await citizen.draft('passport');
  await page.goto(`/applications/${id}/edit/passport`);
  const typed = {
    passport_series: '501', passport_number: '12345', passport_issue_date: '31.02.2020',
    passport_department_code: '540-001', passport_issuer: 'ГУ МВД', snils: '112-233-445 96',
  };
  await fill(page, typed);
  const answer = await press(page);
  await expectRefused(page, answer, typed, {
    passport_series: /четыре цифры/,
    passport_number: /шесть цифр/,
    passport_issue_date: /такого дня нет/,
    snils: /Сверьте СНИЛС/,
  });
  // Kept on the server as well: the page may be left and opened again.
  await page.goto(`/applications/${id}/edit/passport`);
  await expect(page.locator('#snils')).toHaveValue('112-233-445 96');
});

signedIn('an index of another town is refused by name', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const id = await citizen.draft('contacts');
  await page.goto(`/applications/${id}/edit/contacts`);
  const typed = { registration_postcode: '101000', registration_address: 'г. Новосибирск, ул. Советская, д. 5, кв. 1' };
  await fill(page, typed);
  await expectRefused(page, await press(page), typed, { registration_postcode: /Москва/ });
});

signedIn('a step that is not open yet leads to the one that is', async ({ page, citizen }) => {
  const id = await citizen.draft('passport');
  await page.goto(`/applications/${id}/edit/review`);
  await expect(page).toHaveURL(new RegExp(`/applications/${id}/edit/passport$`));
});

signedIn('submitting without consent is refused beside the box; the application stays a draft', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  const id = await citizen.draft('review');
  await page.goto(`/applications/${id}/edit/review`);
  const answer = await press(page);
  expect(answer.status()).toBe(422);
  await expect(page.locator('#consent')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#error-summary a[href="#consent"]')).toBeVisible();
  expect((await (citizen as Citizen).client.get('/applications')).body).toContain('Черновик');
});

test('«Проверить данные без входа» judges on the server', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  await page.goto('/services/post/registration/rehearsal');
  await expect(page.locator('noscript p')).toContainText('данные проверит сервер');
  const wrong = { last_name: 'Соколова', snils: '112-233-445 96', registration_postcode: '630094' };
  await fill(page, wrong);
  await expectRefused(page, await press(page), wrong, {
    first_name: /Не заполнено/,
    snils: /Сверьте СНИЛС/,
    registration_postcode: /такого нет в почтовой базе/,
  });
  await fill(page, {
    first_name: 'Анна', middle_name: 'Сергеевна', birth_date: '21.03.1990',
    passport_series: '5012', passport_number: '123456', passport_issue_date: '30.03.2012',
    passport_department_code: '540-001', passport_issuer: 'ГУ МВД РОССИИ ПО НОВОСИБИРСКОЙ ОБЛ.',
    snils: '112-233-445 95', phone: '+7 916 123-45-67', email: 'anna@example.org',
    registration_postcode: '630099', registration_address: 'г. Новосибирск, ул. Советская, д. 5, кв. 1',
  });
  const answer = await press(page);
  expect(answer.status()).toBe(303);
  await expect(page.getByText('Ошибок не нашли')).toBeVisible();
});

test('language, large print and search are plain forms too', async ({ page }) => {
  await page.goto('/services');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/\/services$/);
  await page.getByRole('button', { name: 'Large print' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-vision', 'large');
  await page.getByRole('button', { name: 'Русский' }).click();
  await page.goto('/');
  await page.getByRole('searchbox').or(page.locator('input[name="q"]')).first().fill('регистрация в почте');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
  await expect(page.locator('main a[href="/services/post/registration"]').first()).toBeVisible();
});

test('the desk says that it needs scripts, instead of nothing', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/status of 401/);
  await page.goto('/staff');
  await expect(page.locator('noscript p')).toContainText('Включите JavaScript');
});
