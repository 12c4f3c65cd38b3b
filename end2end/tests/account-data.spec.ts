// What the portal holds about its owner: seen, taken along, corrected, deleted; and consent that closes and opens.
import { readFile } from 'node:fs/promises';
import { expectAccessible } from '../fixtures/a11y';
import { test } from '../fixtures/citizen';
import { hydrated, mainButton } from '../fixtures/journey';
import { expect } from '../fixtures/test';

test('a citizen sees, takes along and corrects their data', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 422/);
  await citizen.draft('review');
  await page.goto('/cabinet');
  await hydrated(page);
  await page.getByRole('link', { name: 'Копия и удаление данных' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Копия и удаление данных' })).toBeVisible();
  await expect(page.locator('tr').filter({ hasText: /Заявки.*1/ })).toBeVisible();
  await expect(page.getByText('Сотрудники ваши данные не открывали.')).toBeVisible();
  await expectAccessible(page);

  const [json] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать архив JSON' }).click()]);
  const text = await readFile(await json.path(), 'utf8');
  const archive = JSON.parse(text) as { format: string; profile: [string, string][]; applications: { answers: [string, string][] }[]; journal: { act: string }[] };
  expect(archive.format).toBe('otdelenie-archive/1');
  expect(Object.fromEntries(archive.profile)).toMatchObject({ last_name: citizen.person.last_name, email: citizen.person.email });
  expect(Object.fromEntries(archive.applications[0]!.answers).passport_number).toBe(citizen.person.passport_number);
  expect(archive.journal.map((row) => row.act)).toContain('data_taken');
  expect(text, 'no code or link that still works').not.toMatch(/\/not-me\/|\/register\/email\/|Код: \d{6}/);
  const [pdf] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать PDF' }).click()]);
  const bytes = await readFile(await pdf.path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');

  await page.getByRole('link', { name: 'Исправить данные' }).click();
  await expect(page.locator('#last_name')).toHaveValue(citizen.person.last_name);
  await expectAccessible(page);
  await page.locator('#last_name').fill('Smith');
  await mainButton(page).click();
  await expect(page.locator('#last_name-error')).not.toBeEmpty();
  await page.locator('#last_name').fill('Новосёлова');
  await mainButton(page).click();
  await page.waitForURL('**/cabinet/profile');
  await expect(page.getByText('Новосёлова')).toBeVisible();
  await page.goto('/cabinet/journal');
  await expect(page.getByText('Данные профиля исправлены · last_name')).toBeVisible();
});

test('a wish to be forgotten can be taken back, and leaves the address of its certificate', async ({ page, citizen, server }) => {
  await page.goto('/cabinet/data');
  await page.getByRole('button', { name: 'Удалить учётную запись' }).click();
  await page.waitForURL('**/deletion/*');
  await expect(page.getByText('Учётная запись будет удалена').first()).toBeVisible();
  await expectAccessible(page);
  const certificate = await fetch(`${page.url()}/certificate`);
  expect(certificate.status, 'not yet').toBe(404);
  const told = await citizen.outbox.next(citizen.person.phone, (m) => m.text.includes('запрошено удаление'));
  expect(told.link).toContain('/not-me/');
  await page.goto('/cabinet/data');
  await page.getByRole('button', { name: 'Не удалять' }).click();
  await expect(page.getByRole('button', { name: 'Удалить учётную запись' })).toBeVisible();
  expect((await fetch(`${server.baseURL}/deletion/${'a'.repeat(52)}`)).status).toBe(404);
});

test('withdrawn consent closes services at once, and giving it again opens them', async ({ page, citizen }) => {
  await page.goto('/cabinet/access');
  await expectAccessible(page);
  await expect(page.locator('tr').filter({ hasText: /Отправка заявок.*открыто/ })).toBeVisible();
  await page.goto('/cabinet/consents');
  await page.getByRole('button', { name: 'Отозвать согласие' }).click();
  await expect(page.getByRole('button', { name: 'Дать согласие снова' })).toBeVisible();
  const refused = await citizen.client.form('/applications/new', {});
  expect([refused.status, refused.body.includes('OTD-2012')]).toEqual([403, true]);
  await page.goto('/cabinet/access');
  await expect(page.locator('tr').filter({ hasText: /Отправка заявок.*согласие отозвано/ })).toBeVisible();
  // What protects the account, and one's own data, stay open.
  await page.goto('/cabinet/security');
  await expect(page.getByRole('heading', { level: 1, name: 'Безопасность' })).toBeVisible();
  expect((await citizen.client.get('/cabinet/data/archive.json')).status).toBe(200);
  await page.goto('/cabinet/consents');
  await page.getByRole('button', { name: 'Дать согласие снова' }).click();
  await expect(page.getByRole('button', { name: 'Отозвать согласие' })).toBeVisible();
  expect((await citizen.client.form('/applications/new', {})).status).toBe(303);
});

test('the journal is filtered by kind and taken along', async ({ page, citizen }) => {
  await citizen.draft('review');
  await page.goto('/cabinet/journal');
  await hydrated(page);
  await expect(page.locator('td').filter({ hasText: 'Черновик заявки создан' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Данные и согласия' }).click();
  await page.waitForURL('**/cabinet/journal/data');
  await expect(page.locator('td').filter({ hasText: /Согласие дано/ })).toBeVisible();
  await expect(page.locator('td').filter({ hasText: /Черновик/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Просмотры сотрудниками' }).click();
  await expect(page.getByText('Таких записей пока нет.')).toBeVisible();
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Скачать журнал (CSV)' }).click()]);
  const lines = (await readFile(await csv.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toContain('Когда;Что;Кто');
  expect(lines.some((line) => line.includes('Учётная запись создана;вы'))).toBe(true);
  expect((await citizen.client.get('/cabinet/journal/nothing')).status).toBe(404);
});
