// The main job: a citizen applies, the application is kept, checked and answered.
import { expectAccessible } from '../fixtures/a11y';
import { test as signedIn } from '../fixtures/citizen';
import { expectStatus, fillApplication, hydrated, signUp, submitApplication } from '../fixtures/journey';
import { person } from '../fixtures/people';
import { expect, test } from '../fixtures/test';

test('from sign-up to a registration number', async ({ page, outbox }) => {
  const citizen = person();
  await signUp(page, outbox, citizen);
  await expectAccessible(page);
  await fillApplication(page, citizen);
  await expectAccessible(page);
  const number = await submitApplication(page);
  expect(number).toMatch(/^2\d{3}-[2-9ACEHKMPTX]{4}-[2-9ACEHKMPTX]{4}$/);
  await expectStatus(page, 'approved');
  await expect(page.locator('[data-registration-number]')).toHaveText(/^R2\d{3}-/);
  await expectAccessible(page);
});

signedIn('a mailbox that is not for whoever applies is refused in words', async ({ page, citizen }) => {
  const id = await citizen.draft('mailbox');
  await page.goto(`/applications/${id}/edit/mailbox`);
  await hydrated(page);
  await page.locator('#mailbox_kind').selectOption('corporate');
  await page.locator('[data-action="next"]').click();
  await expect(page.locator('#mailbox_kind-error')).toHaveText('Выберите другой ящик: корпоративный открывают только организациям');
  await expect(page.locator('#error-summary a[href="#mailbox_kind"]')).toContainText('корпоративный открывают только организациям');
});

test('data that contradict the directory pass no rehearsal', async ({ page }) => {
  await page.goto('/services/post/registration/rehearsal');
  await hydrated(page);
  const citizen = person();
  const fields = await page.locator('main form input').evaluateAll((all) => all.map((input) => input.id));
  const typed = citizen as unknown as Record<string, string>;
  const wrong: Record<string, string> = { registration_postcode: '101000', registration_address: 'г. Новосибирск, ул. Советская, д. 5, кв. 1' };
  for (const id of fields) await page.locator(`#${id}`).fill(wrong[id] ?? typed[id]!);
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#error-summary a[href="#registration_postcode"]')).toContainText('Москва');
  await expect(page.getByText('Ошибок не нашли')).toBeHidden();
  await page.locator('#registration_postcode').fill('630099');
  await page.locator('[data-action="submit"]').click();
  await expect(page.getByText('Ошибок не нашли')).toBeVisible();
});
