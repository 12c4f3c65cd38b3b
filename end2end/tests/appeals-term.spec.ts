// The term of an appeal at the desk: with a day to decide it is near at once.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { atDesk, deskOf, GROUNDS, numberOf, refused, reviewed } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const test = reviewed({ OTDELENIE_APPEAL_DAYS: '1' });

test('an appeal whose term is near stands above all applications, and the board counts it', async ({ device, server }) => {
  const [citizen, other] = [await Citizen.signUp(server.baseURL), await Citizen.signUp(server.baseURL)];
  const id = await refused(server, citizen);
  const number = numberOf((await citizen.client.get(`/applications/${id}`)).body);
  await other.until(await other.apply(), 'in_review');
  expect((await citizen.client.form(`/applications/${id}/appeal`, { grounds: GROUNDS })).status).toBe(303);

  const desk = await deskOf(device, server, 'clerk2');
  await desk.goto('/staff');
  await atDesk(desk);
  await expect(desk.locator('[data-urgent="1"]')).toContainText('срок подходит');
  await expect(desk.locator('tbody tr').first()).toHaveAttribute('data-number', number);
  await expect(desk.locator('tbody tr').first()).toContainText('апелляция');
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-queue-urgent');
  // «Next» hands it out first.
  await desk.locator('[data-action="next"]').click();
  await expect(desk.locator('[data-appeal="taken"]')).toContainText(GROUNDS);
  await desk.context().close();

  const chief = await deskOf(device, server, 'admin');
  await chief.goto('/staff/board');
  await expect(chief.locator('[data-appeals-open]')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-due"] .sum')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-fresh"] .sum')).toHaveText('1');
  await expect(chief.locator('tr[data-age="appeal-overdue"] .sum')).toHaveText('0');
  await expectAccessible(chief);
  await chief.context().close();
});
