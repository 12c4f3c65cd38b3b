// Documents of an application: added, looked at, ordered, removed; attacks refused; a box in an office waits for one.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../fixtures/a11y';
import { Citizen, switchRegistry, test } from '../fixtures/citizen';
import { keepHtml } from '../fixtures/html';
import { expectStatus, hydrated } from '../fixtures/journey';
import { attacks, brokenHeic, CAMERA, heic, largeScan, photo, png, scan, webp, type Paper } from '../fixtures/papers';
import { expect } from '../fixtures/test';

const rows = (page: Page) => page.locator('.documents > li');
const uploads = (page: Page) => page.locator('.uploads > li');

async function openDocuments(page: Page, id: string): Promise<void> {
  await page.goto(`/applications/${id}/documents`);
  await hydrated(page);
}

/** Chooses files and waits until the page has dealt with them. */
async function add(page: Page, kind: string, ...papers: Paper[]): Promise<void> {
  await page.locator('#document_kind').selectOption(kind);
  await page.locator('#document').setInputFiles(papers);
  await page.locator('[data-action="submit"]').click();
}

/** The bytes behind a document's link, as its owner gets them. */
async function download(page: Page, n = 0): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  const href = (await rows(page).nth(n).locator('a').first().getAttribute('href'))!;
  return page.evaluate(async (path) => {
    const answer = await fetch(path);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return {
      status: answer.status,
      headers: Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options'].map((name) => [name, answer.headers.get(name) ?? ''])),
      text: Array.from(bytes, (b) => String.fromCharCode(b)).join(''),
    };
  }, href);
}

test('a citizen adds a photo and a scan, orders and removes them', async ({ page, citizen }) => {
  const id = await citizen.draft('review');
  await openDocuments(page, id);
  // Limits are said before anything is chosen.
  await expect(page.locator('#documents-form')).toContainText(/до 5 МБ/);
  await expectAccessible(page);
  await add(page, 'passport', photo('Паспорт.jpg'));
  await expect(rows(page)).toHaveCount(1);
  await add(page, 'inn', scan('ИНН.pdf', { pages: 2 }));
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('PDF, 2 страницы');
  await expectAccessible(page);
  await keepHtml(page, 'documents');

  await rows(page).nth(1).getByRole('button', { name: /Выше/ }).click();
  await expect(rows(page).nth(0)).toContainText('ИНН.pdf');
  await rows(page).nth(0).getByRole('button', { name: /Удалить/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).nth(0)).toContainText('Паспорт.jpg');

  const file = await download(page);
  expect(file.status).toBe(200);
  expect(file.headers['content-type']).toBe('image/jpeg');
  expect(file.headers['x-content-type-options']).toBe('nosniff');
  expect(file.headers['content-disposition']).toBe('attachment; filename="passport-2.jpg"');

  await page.goto('/cabinet/documents');
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible(page);
  await page.goto(`/applications/${id}/edit/review`);
  await expect(page.locator('[data-documents]')).toContainText('Паспорт.jpg');
  await page.goto('/cabinet/journal');
  for (const act of ['Документ добавлен', 'Документ удалён', 'Документ скачан']) await expect(page.locator('main')).toContainText(act);
});

test('every attack gets its own refusal, and nothing of it is kept', async ({ page, citizen, consoleWatch }) => {
  test.slow();
  consoleWatch.allow(/status of 4\d\d/);
  const id = await citizen.draft('review');
  for (const [what, paper, code] of attacks()) {
    const answer = await citizen.upload(id, 'other', [paper]);
    expect(answer.status, what).toBeGreaterThanOrEqual(400);
    expect(answer.status, what).toBeLessThan(500);
    expect(answer.body, what).toContain(code);
    expect(answer.body, what).not.toContain('class="documents"');
  }
  // Neither is the page, wasm and all, any kinder.
  await openDocuments(page, id);
  await add(page, 'other', scan('act.pdf', { catalog: '/OpenAction << /S /JavaScript >>' }));
  await expect(uploads(page)).toHaveAttribute('data-state', 'bad');
  await expect(uploads(page)).toContainText('act.pdf');
  await expect(uploads(page)).toContainText('Напечатайте документ в PDF');
  await expectAccessible(page);
  await expect(rows(page)).toHaveCount(0);
});

test('of several files the good ones are taken, and each other one is named', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 4\d\d/);
  const id = await citizen.draft('review');
  const answer = await citizen.upload(id, 'passport', [photo('good.jpg'), { ...scan(), name: 'bad.jpg' }, scan('fine.pdf')]);
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('«bad.jpg»');
  await openDocuments(page, id);
  await expect(rows(page)).toHaveCount(2);
  // The same file a second time changes nothing.
  const again = photo();
  expect((await citizen.upload(id, 'passport', [again])).status).toBe(303);
  expect((await citizen.upload(id, 'passport', [again])).status).toBe(303);
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
});

test('place and camera do not reach what is kept, with or without scripts', async ({ page, citizen }) => {
  const id = await citizen.draft('review');
  expect((await citizen.upload(id, 'passport', [photo('IMG_7.jpg', { camera: true })])).status).toBe(303);
  await openDocuments(page, id);
  const { text } = await download(page);
  expect(text.length).toBeGreaterThan(300);
  expect(text).not.toContain(CAMERA);
  expect(text).not.toContain('Exif');
});

test('a name from another world is shown and never used', async ({ page, citizen }) => {
  const id = await citizen.draft('review');
  const names = ['../../../etc/passwd.pdf', 'C:\\boot\\"><img src=x onerror=alert(1)>.pdf', `${'я'.repeat(300)}.pdf`];
  for (const name of names) expect((await citizen.upload(id, 'other', [scan(name)])).status).toBe(303);
  await openDocuments(page, id);
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(0).locator('.filename')).toContainText('passwd.pdf');
  await expect(rows(page).nth(0).locator('.filename')).not.toContainText('etc');
  await expect(rows(page).nth(1).locator('.filename')).toContainText('<img src=x onerror=alert(1)>.pdf');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('a stranger finds neither the documents nor a file', async ({ page, citizen, server }) => {
  const id = await citizen.draft('review');
  await citizen.upload(id, 'passport', [photo()]);
  await openDocuments(page, id);
  const href = (await rows(page).first().locator('a').first().getAttribute('href'))!;
  const document = href.split('/').pop()!;
  const stranger = await Citizen.signUp(server.baseURL);
  expect((await stranger.client.get(href)).status).toBe(404);
  expect((await stranger.client.get(`/applications/${id}/documents`)).body).toContain('Такой заявки у вас нет');
  expect((await stranger.upload(id, 'other', [photo()])).status).toBe(404);
  expect((await stranger.client.form(`/applications/${id}/documents?act=remove&document=${document}`, {})).status).toBe(404);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
});

test('a box in an office waits for the address to be proved, and opens when it is', async ({ page, citizen, outbox }) => {
  const id = await citizen.apply({ mailbox_kind: 'ordinary' });
  await page.goto(`/applications/${id}`);
  await expectStatus(page, 'awaiting_confirmation');
  await expectAccessible(page);
  await expect(page.locator('[data-needed="address_proof"]')).toBeVisible();
  const letter = await outbox.next(citizen.person.email, (m) => m.text.includes('одтверждение адреса'));
  expect(letter.link).toContain(`/applications/${id}/documents`);
  await page.locator('[data-action="next"]').click();
  await page.waitForURL(`**/applications/${id}/documents`);
  await expect(page.locator('#document_kind')).toHaveValue('address_proof');
  await add(page, 'address_proof', scan('Справка о месте жительства.pdf'));
  await expect(rows(page)).toHaveCount(1);
  await page.goto(`/applications/${id}`);
  await expectStatus(page, 'approved');
  await expect(page.locator('[data-registration-number]')).toHaveText(/^R2\d{3}-/);
  await expect(page.locator('[data-documents]')).toContainText('Справка о месте жительства.pdf');
});

test('whoever adds the proof at once is not asked for it', async ({ page, citizen }) => {
  const id = await citizen.draft('review', { mailbox_kind: 'combined' });
  expect((await citizen.upload(id, 'address_proof', [photo()])).status).toBe(303);
  await citizen.submit(id);
  await page.goto(`/applications/${id}`);
  await expectStatus(page, 'approved');
  await expect(page.locator('main')).not.toContainText('Ожидает подтверждения');
});

test('while the virus scanner is down a document waits, closed, and counts when it was seen', async ({ page, citizen, server }) => {
  const id = await citizen.apply({ mailbox_kind: 'ordinary' });
  await citizen.until(id, 'awaiting_confirmation');
  await switchRegistry(server, 'scanner', 'down');
  try {
    expect((await citizen.upload(id, 'address_proof', [photo()])).status).toBe(303);
    await openDocuments(page, id);
    await expect(rows(page).first()).toContainText('Проверяем антивирусом');
    await expect(rows(page).first().locator('a')).toHaveCount(0);
    expect(await citizen.until(id, 'awaiting_confirmation')).toContain('data-status="awaiting_confirmation"');
  } finally {
    await switchRegistry(server, 'scanner', 'ok');
  }
  await citizen.until(id, 'approved');
  await page.reload();
  await expect(rows(page).first().locator('a')).toHaveCount(1);
});

test('on the device PNG and WebP become JPG, and nothing of the camera is sent', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 4\d\d/);
  // What leaves the page, before any server sees it.
  await page.addInitScript(() => {
    const send = window.fetch;
    const sent: string[] = [];
    Object.assign(window, { sent });
    window.fetch = async (to, options) => {
      if (options?.method === 'PUT') sent.push(await (options.body as Blob).text());
      return send(to, options);
    };
  });
  const id = await citizen.draft('review');
  await openDocuments(page, id);
  await page.locator('#document_kind').selectOption('passport');
  await page.locator('#document').setInputFiles([png(), webp(), photo('IMG_8.jpg', { camera: true })]);
  await expect(uploads(page)).toHaveCount(3);
  // Turned and cropped: 48 by 64, a quarter less of the width.
  await uploads(page).nth(0).getByRole('button', { name: 'Повернуть вправо' }).click();
  await expect.poll(() => uploads(page).nth(0).locator('canvas').evaluate((c: HTMLCanvasElement) => [c.width, c.height])).toEqual([48, 64]);
  await uploads(page).nth(0).getByText('Обрезать края').click();
  await uploads(page).nth(0).getByLabel('Слева').fill('250');
  await expect.poll(() => uploads(page).nth(0).locator('canvas').evaluate((c: HTMLCanvasElement) => [c.width, c.height])).toEqual([36, 64]);
  await expectAccessible(page);
  await page.locator('[data-action="submit"]').click();
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(0)).toContainText('Снимок экрана.jpg');
  const sent = await page.evaluate(() => (window as unknown as { sent: string[] }).sent);
  expect(sent).toHaveLength(3);
  for (const text of sent) {
    expect(text).toContain('JFIF');
    expect(text).not.toContain(CAMERA);
    expect(text).not.toContain('Exif');
  }
  await expect(uploads(page)).toHaveCount(0);

  // What nobody can decode is explained, not sent.
  await page.locator('#document').setInputFiles([brokenHeic()]);
  await expect(uploads(page)).toHaveAttribute('data-state', 'bad');
  await expect(uploads(page)).toContainText('Сохраните фото как JPG');
  await uploads(page).getByRole('button', { name: /Отменить/ }).click();
  await expect(uploads(page)).toHaveCount(0);
});

test('a photo from an iPhone is read where the browser cannot, and its decoder is loaded for it alone', async ({ page, context, citizen, consoleWatch }) => {
  const id = await citizen.draft('review');
  const loaded: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/bench/heic/')) loaded.push(new URL(request.url()).pathname);
  });
  await openDocuments(page, id);
  await page.locator('#document_kind').selectOption('passport');
  await page.locator('#document').setInputFiles([png()]);
  const canvas = uploads(page).nth(0).locator('canvas');
  await expect.poll(() => canvas.evaluate((c: HTMLCanvasElement) => c.width)).toBe(64);
  expect(loaded, 'other photos need none').toEqual([]);
  await page.locator('[data-action="submit"]').click();
  await expect(rows(page)).toHaveCount(1);

  // Without a network the decoder does not come; it is asked for again with the next photo.
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch dynamically imported module/);
  await context.route('**/bench/heic/**', (route) => route.abort('internetdisconnected'));
  await page.locator('#document').setInputFiles([heic()]);
  await expect(uploads(page)).toHaveAttribute('data-state', 'bad');
  await uploads(page).getByRole('button', { name: /Отменить/ }).click();
  await expect(uploads(page)).toHaveCount(0);
  await context.unroute('**/bench/heic/**');
  await page.locator('#document').setInputFiles([heic()]);
  const drawn = uploads(page).nth(0).locator('canvas');
  await expect.poll(() => drawn.evaluate((c: HTMLCanvasElement) => [c.width, c.height]), { timeout: 20_000 }).toEqual([360, 480]);
  // Red in the upper left corner, paper in the upper right.
  const pixels = await drawn.evaluate((c: HTMLCanvasElement) => [[20, 20], [340, 20]].map(([x, y]) => [...c.getContext('2d')!.getImageData(x!, y!, 1, 1).data]));
  expect(pixels[0]![0]).toBeGreaterThan(150);
  expect(pixels[0]![1]).toBeLessThan(100);
  expect(pixels[1]![1]).toBeGreaterThan(200);
  expect(loaded.filter((path) => path.endsWith('.wasm'))).toEqual(['/bench/heic/libheif.wasm']);
  await page.locator('[data-action="submit"]').click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).nth(1)).toContainText('IMG_0003.jpg');
  const { text } = await download(page, 1);
  expect(text).toContain('JFIF');
  expect(text).not.toContain(CAMERA);
});

test('who leaves the page and chooses the same file again goes on where it stopped', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED/);
  const id = await citizen.draft('review');
  await openDocuments(page, id);
  const offsets: number[] = [];
  let cut = true;
  await page.route('**/uploads/**', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'));
    if (offset > 300_000 && cut) return route.abort('internetdisconnected');
    offsets.push(offset);
    return route.continue();
  });
  const file = largeScan('договор.pdf');
  await add(page, 'other', file);
  await expect(uploads(page)).toContainText('Связь прервалась');
  await page.goto('/cabinet');
  cut = false;
  await openDocuments(page, id);
  await expect(page.locator('[data-unfinished]')).toContainText('договор.pdf');
  await expect(page.locator('[data-unfinished]')).toContainText('Выберите тот же файл');
  await expectAccessible(page);
  // The last part is held back, so that what the page says can be read.
  let let_go = (): void => undefined;
  const held = new Promise<void>((done) => (let_go = done));
  await page.route('**/uploads/**offset=524288', async (route) => {
    await held;
    return route.fallback();
  });
  await add(page, 'address_proof', { ...file, name: 'договор аренды.pdf' });
  await expect(page.locator('[data-resumed]')).toContainText('уже было на сервере');
  let_go();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page), 'called what it was called the last time').toContainText('договор аренды.pdf');
  expect(offsets, 'nothing is sent twice').toEqual([0, 262_144, 524_288]);
  await expect(page.locator('[data-unfinished]')).toHaveCount(0);
});

test('a cut line stops an upload, and it goes on where it was', async ({ page, citizen, consoleWatch }) => {
  consoleWatch.allow(/ERR_INTERNET_DISCONNECTED/);
  const id = await citizen.draft('review');
  await openDocuments(page, id);
  const offsets: number[] = [];
  let cut = true;
  await page.route('**/uploads/**', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'));
    if (offset > 0 && cut) return route.abort('internetdisconnected');
    offsets.push(offset);
    return route.continue();
  });
  await add(page, 'inn', largeScan());
  const goOn = uploads(page).getByRole('button', { name: /Продолжить/ });
  await expect(goOn).toBeVisible();
  await expect(uploads(page)).toContainText('Связь прервалась');
  await expectAccessible(page);
  cut = false;
  await goOn.click();
  await expect(rows(page)).toHaveCount(1);
  expect(offsets, 'nothing is sent twice').toEqual([0, 262_144, 524_288]);
});

test('files are dropped and pasted, and taken back before they are sent', async ({ page, citizen }) => {
  const id = await citizen.draft('review');
  await openDocuments(page, id);
  const bytes = [...photo().buffer];
  for (const kind of ['drop', 'paste']) {
    await page.locator('#documents-form').evaluate((form, [bytes, kind]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes as number[])], `${kind as string}.jpg`, { type: 'image/jpeg' }));
      const event = kind === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent('paste', { clipboardData: data, bubbles: true });
      form.dispatchEvent(event);
    }, [bytes, kind]);
  }
  await expect(uploads(page)).toHaveCount(2);
  await expect(uploads(page).nth(0)).toContainText('drop.jpg');
  await uploads(page).nth(0).getByRole('button', { name: /Отменить/ }).click();
  await expect(uploads(page)).toHaveCount(1);
  await page.locator('[data-action="submit"]').click();
  await expect(page.locator('#document_kind')).toHaveAttribute('aria-invalid', 'true');
  await page.locator('#document_kind').selectOption('other');
  await page.locator('[data-action="submit"]').click();
  await expect(rows(page)).toHaveCount(1);
});
