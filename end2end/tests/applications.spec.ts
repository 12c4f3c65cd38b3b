// The main job: a citizen applies, the application is kept, checked and answered.
import { expectAccessible } from '../fixtures/a11y';
import { expectStatus, fillApplication, signUp, submitApplication } from '../fixtures/journey';
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
