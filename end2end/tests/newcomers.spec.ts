// Other ways to begin: an e-mail alone, an account that staff open; and the account of the post that a citizen links.
// Each way is gone with scripts, every page on it looked over, and without.
import type { Page } from '@playwright/test';
import { inspect } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { hydrated, mainButton } from '../fixtures/journey';
import type { Outbox } from '../fixtures/outbox';
import { person, type Person } from '../fixtures/people';
import { Clerk } from '../fixtures/staff';
import { expect, test } from '../fixtures/test';

/** Logs in with what somebody else has set, and replaces it; `besides` is what the page has or asks beyond the password. */
async function firstEntry(
  page: Page,
  outbox: Outbox,
  issued: { login: string; password: string },
  who: Person,
  besides: () => Promise<void>,
): Promise<void> {
  await page.goto('/login');
  await page.locator('#login').fill(issued.login);
  await page.locator('#password').fill(issued.password);
  await mainButton(page).click();
  await page.waitForURL('**/login/first');
  await besides();
  await page.locator('#password').fill(who.password);
  await page.locator('#password_again').fill(who.password);
  await page.locator('#consent').check();
  await mainButton(page).click();
  await page.waitForURL('**/login/code');
  await page.locator('#code').fill(await outbox.code(who.phone));
  await mainButton(page).click();
  await page.waitForURL('**/cabinet');
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    /** The page has come, and looks as it should. */
    async function come(page: Page, name: string): Promise<void> {
      if (!scripts) return;
      await hydrated(page);
      await inspect(page, `newcomers_${name}`);
    }

    test('a citizen signs up with an e-mail alone and later proves a phone', async ({ page, outbox, consoleWatch }) => {
      consoleWatch.allow(/status of 4\d\d/);
      const who = person();
      await page.goto('/register');
      await page.getByRole('link', { name: 'Зарегистрироваться только по почте' }).click();
      await page.waitForURL('**/register/email');
      await page.locator('#email').fill(who.email);
      await page.locator('#consent').check();
      await mainButton(page).click();
      await expect(page.getByText('Письмо отправлено')).toBeVisible();

      await page.goto(await outbox.link(who.email));
      await come(page, 'activate');
      for (const id of ['last_name', 'first_name', 'middle_name', 'password'] as const) await page.locator(`#${id}`).fill(who[id]);
      await page.locator('#password_again').fill(who.password);
      await mainButton(page).click();
      await page.waitForURL('**/cabinet');
      await expect(page.getByText('Почта подтверждена')).toBeVisible();
      await come(page, 'cabinet_without_phone');

      await page.getByRole('link', { name: 'Подтвердить телефон' }).click();
      await page.locator('#new_phone').fill(who.phone);
      await mainButton(page).click();
      await page.waitForURL('**/cabinet/contacts/code');
      await come(page, 'contacts_code');
      await page.locator('#code').fill(await outbox.code(who.phone));
      await mainButton(page).click();
      await page.waitForURL('**/cabinet/profile');
      await page.goto('/cabinet/access');
      await expect(page.getByText('Подтверждена', { exact: true }).first()).toBeVisible();
    });

    test('an operator opens an account on the phone; its owner chooses the password', async ({ page, outbox, baseURL }) => {
      const who = person();
      const support = await Clerk.at(baseURL!, 'support');
      const values = [['last_name', who.last_name], ['first_name', who.first_name], ['phone', who.phone]];
      await support.must('open_on_the_phone', { values });
      const sms = await outbox.next(who.phone);
      const first = /Пароль: (\S+)/.exec(sms.text)![1]!;
      await firstEntry(page, outbox, { login: who.phone, password: first }, who, async () => {
        await come(page, 'login_first');
      });
      await page.goto('/cabinet/journal');
      await expect(page.getByText('Учётную запись открыл сотрудник по телефону')).toBeVisible();
    });

    test('a clerk at the counter gives a login on paper', async ({ page, outbox, baseURL }) => {
      const who = person();
      const clerk = await Clerk.at(baseURL!, 'operator');
      const read = ['last_name', 'first_name', 'passport_series', 'passport_number'] as const;
      const issued = await clerk.must<{ login: string; password: string }>('open_at_the_counter', { values: read.map((id) => [id, who[id]]) });
      await firstEntry(page, outbox, issued, who, async () => {
        await come(page, 'login_first_counter');
        await page.locator('#phone').fill(who.phone);
      });
    });

    test('a citizen links an account of the post and sees what is on its way', async ({ page, context, baseURL, consoleWatch }) => {
      consoleWatch.allow(/status of 4\d\d/);
      const citizen = await Citizen.signUp(baseURL!);
      await citizen.enter(context);
      await page.goto('/cabinet');
      await page.getByRole('link', { name: 'Почта России' }).click();
      await page.waitForURL('**/cabinet/post');
      await page.locator('#login').fill('+7 913 000-00-00');
      await page.locator('#password').fill('any');
      await mainButton(page).click();
      await expect(page.locator('#error-summary')).toContainText('сначала создайте его');
      await come(page, 'post_refused');
      await page.locator('#login').fill('+79135550201');
      await page.locator('#password').fill('Pochta-2026!');
      await mainButton(page).click();
      await page.waitForURL('**/cabinet/post/code');
      await come(page, 'post_code');
      await page.locator('#code').fill(await citizen.outbox.code('+79135550201'));
      await mainButton(page).click();
      await page.waitForURL('**/cabinet/post');
      await expect(page.getByText('RA644000001RU')).toBeVisible();
      await come(page, 'post_linked');
      await page.getByRole('button', { name: 'Отвязать аккаунт' }).click();
      await expect(page.locator('#login')).toBeVisible();
    });
  });
}
