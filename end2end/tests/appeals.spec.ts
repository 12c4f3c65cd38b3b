// A refusal and what follows: the appeal, another clerk, the approval; scans opened by a clerk and seen by their owner;
// a corporate mailbox and its members.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { expectStatus, hydrated } from '../fixtures/journey';
import { photo, scan } from '../fixtures/papers';
import { atDesk, Clerk, deskOf, GROUNDS, numberOf, refused, reviewed, take } from '../fixtures/staff';
import { expect } from '../fixtures/test';

const test = reviewed();

test('refused, appealed, upheld by another clerk, approved: the citizen sees each act on the open page', async ({ page, context, device, server, consoleWatch }) => {
  test.setTimeout(240_000);
  // What is too short is answered by the page again.
  consoleWatch.allow(/status of 422/);
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  const id = await refused(server, citizen);
  const number = numberOf((await citizen.client.get(`/applications/${id}`)).body);
  const letter = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes('отклонена') || m.text.includes('одобрить нельзя'));
  expect(letter.text).toContain(`/applications/${id}/appeal`);

  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'rejected');
  await expect(page.locator('[data-remedy]').first()).not.toBeEmpty();
  await expect(page.getByRole('button', { name: 'Создать новую заявку' })).toBeVisible();
  await expectAccessible(page);
  await page.locator('[data-action="appeal"]').click();
  await page.waitForURL(`**/applications/${id}/appeal`);
  await expect(page.locator('#grounds')).toBeVisible();
  await expectAccessible(page);
  await keepHtml(page, 'appeal-form');

  // Evidence by the documents' own page, and back.
  await page.getByRole('link', { name: 'Добавить документы' }).click();
  await page.waitForURL(`**/applications/${id}/documents`);
  await hydrated(page);
  await page.locator('#document_kind').selectOption('passport');
  await page.locator('#document').setInputFiles(photo('Паспорт.jpg'));
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('.documents li')).toHaveCount(1);
  await page.getByRole('link', { name: 'К апелляции' }).click();
  await page.waitForURL(`**/applications/${id}/appeal`);
  await expect(page.locator('.documents')).toContainText('Паспорт.jpg');

  // Too short says so, and what was typed stays.
  await page.locator('#grounds').fill('Не согласна');
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#grounds')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#grounds')).toHaveValue('Не согласна');
  await expect(page.locator('#error-summary')).toContainText('Напишите подробнее');
  await hydrated(page);
  await expectAccessible(page);
  await page.locator('#grounds').fill(GROUNDS);
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('[data-appeal="submitted"]')).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  await keepHtml(page, 'appeal-sent');
  const received = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes('Мы получили апелляцию'));
  expect(received.text).toContain(number);
  expect(received.text).toContain(GROUNDS);

  // Who refused is not offered it; another clerk is.
  const own = await Clerk.at(server.baseURL, 'clerk');
  const refusedAgain = await own.api('take', { id });
  expect([refusedAgain.status, refusedAgain.body]).toEqual([403, expect.stringContaining('OTD-3404')]);
  const desk = await deskOf(device, server, 'clerk2');
  await desk.goto('/staff');
  await atDesk(desk);
  await desk.locator('[data-appeals] button').click();
  const row = desk.locator(`tr[data-number="${number}"]`);
  await expect(row).toContainText('апелляция');
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-appeals');
  await row.locator('a').focus();
  await desk.keyboard.press('t');
  await expect(desk.locator('[data-appeal="taken"]')).toContainText(GROUNDS);
  await expect(page.locator('[data-appeal="taken"]'), 'the citizen sees that it is being worked on').toBeVisible();

  // The scan beside the data, and a row in the citizen's journal.
  await desk.locator('[data-act="look"]').first().click();
  const shown = desk.locator('img.scan');
  await expect(shown).toBeVisible();
  await expect.poll(async () => shown.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(64);
  await expectAccessible(desk);
  await keepHtml(desk, 'staff-appeal-file');

  await desk.keyboard.press('a');
  const words = 'Паспорт проверен заново: запись в реестре устарела.';
  await desk.locator('#text').fill(words);
  await desk.locator('[data-act="preview"]').click();
  await expect(desk.locator('[data-preview]')).toContainText(words);
  await expect(desk.locator('[data-preview]')).toContainText(number);
  await expectAccessible(desk);
  await desk.locator('dialog [data-action="submit"]').click();
  await expect(page.locator('[data-appeal="upheld"]')).toBeVisible();
  await expect(page.locator('[data-appeal-answer]')).toContainText(words);
  const upheld = await citizen.outbox.next(citizen.person.email, (m) => m.text.includes(words));
  expect(upheld.text).toContain(number);

  // It stays in the same hands, and is approved.
  await expect(desk.locator('[data-act="approve"]')).toBeVisible();
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expectStatus(page, 'in_review');
  await desk.locator('[data-act="approve"]').click();
  await desk.locator('dialog [data-action="submit"]').click();
  await expectStatus(page, 'approved');
  await expect(page.locator('[data-appeal="upheld"]')).toBeVisible();
  await expectAccessible(page);

  await page.goto('/cabinet/journal');
  const journal = page.locator('main');
  for (const said of ['Апелляция подана', 'Апелляцию взяли в работу', 'По апелляции принято решение', /Сотрудник открыл документ · [\w-]+ · Паспорт/]) {
    await expect(journal).toContainText(said);
  }
});

test('a scan: to whom it opens, how it is sent, and what a stranger gets', async ({ server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  const id = await citizen.draft('review');
  for (const paper of [photo(), scan('Справка.pdf')]) await citizen.upload(id, 'address_proof', [paper]);
  const sent = await citizen.submit(id);
  expect(sent.status).toBe(303);
  const ids = [...(await citizen.client.get(`/applications/${id}/documents`)).body.matchAll(/\/files\/([^"]+)"/g)].map(([, file]) => file!);
  const [jpg, pdf] = [ids[0]!, ids[1]!];
  const clerk = await Clerk.at(server.baseURL, 'clerk');
  const look = (who: Clerk, document: string, query = '') => who.client.get(`/staff/documents/${document}${query}`);
  // Without a purpose only in a file of one's own.
  const early = await look(clerk, jpg);
  expect([early.status, early.body]).toEqual([422, expect.stringContaining('OTD-6012')]);
  await take(clerk, id);
  const image = await look(clerk, jpg);
  expect(image.status).toBe(200);
  expect(image.bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(image.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(image.headers['content-disposition']).toMatch(/^inline; filename="address_proof-1\.jpg"$/);
  const paper = await look(clerk, pdf);
  expect(paper.headers['content-disposition']).toMatch(/^attachment; filename="address_proof-2\.pdf"$/);
  expect(paper.headers['content-security-policy']).toContain('sandbox');

  const support = await Clerk.at(server.baseURL, 'support');
  expect((await look(support, jpg)).status).toBe(422);
  expect((await look(support, jpg, '?purpose=invented')).status).toBe(400);
  expect((await look(support, jpg, '?purpose=complaint')).status).toBe(200);
  for (const login of ['auditor', 'admin']) {
    expect((await look(await Clerk.at(server.baseURL, login), jpg, '?purpose=review')).status, login).toBe(403);
  }
  expect((await look(clerk, 'A'.repeat(26), '?purpose=review')).status).toBe(404);
  // A citizen's session opens nothing there, not even their own.
  expect((await citizen.client.get(`/staff/documents/${jpg}?purpose=review`)).status).toBe(401);
  const journal = (await citizen.client.get('/cabinet/journal')).body;
  expect(journal.match(/<td[^>]*>Сотрудник открыл документ/g)).toHaveLength(3);
  expect(journal).toContain('разбор жалобы');
});

test('dismissed: the answer is there, and the way to file anew with what was wrong marked', async ({ page, context, server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  const id = await refused(server, citizen);
  expect((await citizen.client.form(`/applications/${id}/appeal`, { grounds: GROUNDS })).status).toBe(303);
  const clerk = await Clerk.at(server.baseURL, 'clerk2');
  const { appeal } = await take(clerk, id);
  const text = 'Паспорт заменён: в реестре действует новый.';
  await clerk.must('decide_appeal', { id, version: appeal!.version, decision: { verdict: 'dismiss', text } });
  await page.goto(`/applications/${id}`);
  await hydrated(page);
  await expect(page.locator('[data-appeal="dismissed"]')).toBeVisible();
  await expect(page.locator('[data-appeal-answer]')).toContainText(text);
  await expect(page.locator('[data-action="appeal"]')).toHaveCount(0);
  await expectAccessible(page);
  const again = await citizen.client.form(`/applications/${id}/appeal`, { grounds: GROUNDS });
  expect([again.status, again.body]).toEqual([409, expect.stringContaining('OTD-3401')]);

  await page.getByRole('button', { name: 'Создать новую заявку' }).click();
  await page.waitForURL(/\/edit\/applicant$/);
  await expect(page.locator('#last_name')).toHaveValue(citizen.person.last_name);
  await page.goto(page.url().replace('applicant', 'passport'));
  await hydrated(page);
  await expect(page.locator('#passport_number')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('#snils')).not.toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
});

test('withdrawn by its author at any stage before the decision', async ({ page, context, server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  const id = await refused(server, citizen);
  await citizen.client.form(`/applications/${id}/appeal`, { grounds: GROUNDS });
  await take(await Clerk.at(server.baseURL, 'clerk2'), id);
  await page.goto(`/applications/${id}/appeal`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Отозвать апелляцию' }).click();
  await expect(page.locator('[data-appeal="withdrawn"]')).toBeVisible();
  await expect(page.locator('main')).not.toContainText('Отозвать апелляцию');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an appeal is sent, and refused when it says too little', async ({ page, context, server, consoleWatch }) => {
    consoleWatch.allow(/status of 422/);
    const citizen = await Citizen.signUp(server.baseURL);
    await citizen.enter(context);
    const id = await refused(server, citizen);
    await page.goto(`/applications/${id}`);
    await page.locator('[data-action="appeal"]').click();
    await page.locator('#grounds').fill('Мало');
    await page.locator('[data-action="submit"]').click();
    await expect(page.locator('#grounds')).toHaveValue('Мало');
    await expect(page.locator('#error-summary a[href="#grounds"]')).toBeVisible();
    await page.locator('#grounds').fill(GROUNDS);
    await page.locator('[data-action="submit"]').click();
    await expect(page).toHaveURL(new RegExp(`/applications/${id}/appeal$`));
    await expect(page.locator('[data-appeal="submitted"]')).toBeVisible();
    await expect(page.locator('main')).toContainText(GROUNDS);
  });
});

test('the wrong section: refused with the way to the right one, everything kept; no office for an electronic box', async ({ page, context, server }) => {
  const citizen = await Citizen.signUp(server.baseURL);
  await citizen.enter(context);
  const id = await citizen.draft('mailbox');
  await page.goto(`/applications/${id}/edit/mailbox`);
  await hydrated(page);
  await page.locator('#mailbox_kind').selectOption('ordinary');
  await expect(page.locator('#office_index')).toBeVisible();
  await page.locator('#mailbox_kind').selectOption('electronic');
  await expect(page.locator('#office_index')).toBeHidden();
  await page.locator('#mailbox_kind').selectOption('corporate');
  await page.locator('[data-action="next"]').click();
  await expect(page.locator('#mailbox_kind')).toHaveAttribute('aria-invalid', 'true');
  const way = page.locator('[data-other-section]');
  await expect(way).toBeVisible();
  await expectAccessible(page);
  await way.locator('a').click();
  await page.waitForURL('**/edit/applicant');
  await expect(page.locator('#last_name')).toHaveValue(citizen.person.last_name);
  await expect(page.locator('#applicant_kind-citizen')).toBeChecked();
});

test('a corporate mailbox: invited, accepted, handed over', async ({ page, context, device, server, consoleWatch }) => {
  test.setTimeout(180_000);
  consoleWatch.allow(/status of 422/);
  const [owner, colleague] = [await Citizen.signUp(server.baseURL), await Citizen.signUp(server.baseURL)];
  await owner.enter(context);
  const organisation = {
    applicant_kind: 'organisation',
    organisation_name: 'ООО «Ромашка»',
    organisation_inn: '7707083893',
    organisation_kpp: '770701001',
    organisation_ogrn: '1027700132195',
  };
  const id = await owner.draft('review', { mailbox_kind: 'electronic' });
  const { last_name, first_name, middle_name, birth_date, birth_place, office_index } = owner.person;
  const applicant = { ...organisation, last_name, first_name, middle_name, birth_date, birth_place };
  expect((await owner.client.form(`/applications/${id}/edit/applicant`, applicant)).status).toBe(303);
  expect((await owner.client.form(`/applications/${id}/edit/mailbox`, { mailbox_kind: 'corporate', office_index })).status).toBe(303);
  expect((await owner.submit(id)).status).toBe(303);
  const clerk = await Clerk.at(server.baseURL, 'clerk');
  const { version } = await take(clerk, id);
  await clerk.must('act', { id, version, act: { act: 'approve' } });

  await page.goto('/cabinet');
  await page.getByRole('link', { name: /Мои ящики/ }).click();
  await hydrated(page);
  await expectAccessible(page);
  await keepHtml(page, 'mailboxes');
  await page.locator('[data-item="mailbox"] a').click();
  await page.waitForURL(/\/cabinet\/mailboxes\/.+/);
  await hydrated(page);
  await expect(page.locator('.facts')).toContainText('владелец');
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#member_contact')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#member_contact').fill(colleague.person.email);
  await page.locator('#member_role').selectOption('reader');
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('[data-item="invited-reader"]')).toBeVisible();
  await hydrated(page);
  await expectAccessible(page);
  await keepHtml(page, 'mailbox');
  const letter = await colleague.outbox.next(colleague.person.email, (m) => m.text.includes('приглашает вас'));
  expect(letter.text).toContain('/cabinet/mailboxes');

  const other = await device();
  await colleague.enter(other);
  const theirs = await other.newPage();
  await theirs.goto('/cabinet/mailboxes');
  await hydrated(theirs);
  await expect(theirs.locator('[data-item="invitation"]')).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole('button', { name: 'Принять' }).click();
  await expect(theirs.locator('[data-item="own-reader"]')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /Сделать владельцем/ }).click();
  await expect(page.locator('[data-item="own-sender"]')).toBeVisible();
  await theirs.reload();
  await expect(theirs.locator('.facts')).toContainText('владелец');
  await expect(theirs.locator('[data-item="member-sender"]')).toContainText(/\+7 9\d\d/);
  // A stranger finds neither the page nor the acts.
  const stranger = await Citizen.signUp(server.baseURL);
  const path = new URL(page.url()).pathname;
  expect((await stranger.client.get(path)).status).toBe(404);
  for (const act of ['?act=leave', '?act=remove&member=x', '?act=hand_over&member=x', '']) {
    const answer = await stranger.client.form(path + act, { member_contact: stranger.person.email, member_role: 'reader' });
    expect(answer.status, act).toBe(404);
  }
});
