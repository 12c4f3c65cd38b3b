// A citizen makes their account safer, loses things, and gets back in; a stranger does not.
import { expectAccessible } from '../fixtures/a11y';
import { Citizen, test as signedIn } from '../fixtures/citizen';
import { hydrated, mainButton } from '../fixtures/journey';
import { test as plain } from '../fixtures/behind';
import { Client as Http } from '../fixtures/http';
import { expect } from '../fixtures/test';
import { App } from '../fixtures/totp';

signedIn('a citizen adds an app and logs in with its code, a backup code, and then without either', async ({ page, citizen, consoleWatch }) => {
  signedIn.slow();
  consoleWatch.allow(/status of 422/);
  await page.goto('/cabinet');
  await hydrated(page);
  await page.getByRole('link', { name: 'Безопасность' }).click();
  await expect(page.getByText('Сейчас войти можно только с этим телефоном')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Подключить приложение' }).click();

  await page.waitForURL('**/cabinet/security/app');
  await expect(page.locator('svg.qr')).toBeVisible();
  await expectAccessible(page);
  const app = new App(await page.locator('.facts dd').first().innerText());
  await page.locator('#app_name').fill('Мой телефон');
  await page.locator('#totp_code').fill('000000');
  await mainButton(page).click();
  await expect(page.locator('#error-summary')).toContainText('Код из приложения');
  // The code of the next step is taken already, so that this one is known as used for a minute.
  const first = app.code(0);
  await page.locator('#totp_code').fill(first);
  await mainButton(page).click();

  // Whoever has none gets backup codes, once.
  await page.waitForURL('**/cabinet/security/codes');
  const codes = await page.locator('.codes li').allInnerTexts();
  expect(codes).toHaveLength(10);
  await expectAccessible(page);
  await page.reload();
  await expect(page.locator('.codes')).toHaveCount(0);
  await page.getByRole('link', { name: 'Вернуться к безопасности' }).click();
  await expect(page.getByRole('heading', { name: 'Мой телефон' })).toBeVisible();
  await expect(page.getByText('Вход защищён хорошо')).toBeVisible();
  const told = await citizen.outbox.next(citizen.person.email, (m) => m.subject?.includes('Безопасность') ?? false);
  expect(told.text).toContain('подключено приложение с кодами');

  // The login asks for the app, sends no SMS, and takes a code once.
  await page.goto('/cabinet');
  await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  const codesSent = async (): Promise<number> => (await citizen.outbox.to(citizen.person.phone)).filter((m) => m.code).length;
  const sent = await codesSent();
  const logIn = async (): Promise<void> => {
    await page.goto('/login');
    await page.locator('#login').fill(citizen.person.phone);
    await page.locator('#password').fill(citizen.person.password);
    await mainButton(page).click();
  };
  await logIn();
  await page.waitForURL('**/login/code');
  await expect(page.getByText('Откройте приложение с кодами')).toBeVisible();
  await expectAccessible(page);
  await page.locator('#code').fill(first);
  await mainButton(page).click();
  await expect(page.locator('#error-summary')).toContainText('уже использован');
  await page.locator('#code').fill(app.code(1));
  await mainButton(page).click();
  await page.waitForURL('**/cabinet');
  expect(await codesSent()).toBe(sent);

  // A backup code, with trust: the next login asks for nothing more.
  await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await logIn();
  await page.waitForURL('**/login/code');
  await page.getByText('Ввести запасной код').click();
  await page.locator('#backup_code').fill(codes[0]!.toLowerCase());
  await page.locator('#trust_device').check();
  await mainButton(page).click();
  await page.waitForURL('**/cabinet');
  await page.goto('/cabinet/security');
  await expect(page.getByText('9 кодов')).toBeVisible();
  await page.goto('/cabinet');
  await hydrated(page);
  await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await logIn();
  await page.waitForURL('**/cabinet');

  // Forgotten, it is asked again.
  await page.goto('/cabinet/security');
  await page.getByRole('button', { name: 'Забыть все доверенные устройства' }).click();
  await expect(page.getByText('Доверенных устройств нет.')).toBeVisible();
  await page.goto('/cabinet');
  await hydrated(page);
  await page.locator('main').getByRole('button', { name: 'Выйти' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await logIn();
  await page.waitForURL('**/login/code');
});

signedIn('whoever asks for another code too soon is told when', async ({ device, citizen, consoleWatch }) => {
  consoleWatch.allow(/status of 429/);
  const page = await (await device()).newPage();
  await page.goto('/login');
  await hydrated(page);
  await page.locator('#login').fill(citizen.person.phone);
  await page.locator('#password').fill(citizen.person.password);
  await mainButton(page).click();
  await page.waitForURL('**/login/code');
  await expect(page.locator('h1')).toBeFocused();
  // Not yet, it says, and can be pressed all the same.
  await page.getByRole('button', { name: 'Прислать код сообщением' }).press('Enter');
  await expect(page.locator('#error-summary')).toContainText(/секунд/);
  await expect(page.locator('#error-summary')).toBeFocused();
});

plain('a new device is told of, and ending the other sessions ends them at once', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const first = citizen.client;
  const second = await citizen.logIn();
  const told = await outbox.next(citizen.person.phone, (m) => m.text.includes('новое устройств') || m.text.includes('нового устройства'));
  expect(told.link).toContain('/not-me/');
  expect((await first.get('/cabinet')).status).toBe(200);
  const ended = await second.form('/cabinet/security?act=end_others');
  expect([ended.status, ended.headers.location]).toEqual([303, '/cabinet/security']);
  expect((await first.get('/cabinet')).headers.location).toBe('/login?next=/cabinet');
  expect((await second.get('/cabinet/security')).body).toContain('это устройство');
});

plain('«Это не я» needs its button, closes the account, undoes the change; recovery opens it again', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const { client, person } = citizen;
  expect((await client.form('/cabinet/security?act=add_app')).headers.location).toBe('/cabinet/security/app');
  const page = (await client.get('/cabinet/security/app')).body;
  const app = new App(/<dd[^>]*>([A-Z2-7 ]{32,})</.exec(page)![1]!);
  const added = await client.form('/cabinet/security/app', { app_name: 'Чужой', totp_code: app.code() });
  expect([added.status, added.headers.location]).toEqual([303, '/cabinet/security/codes']);
  const link = new URL((await outbox.next(person.email, (m) => m.text.includes('подключено приложение'))).link!);

  const stranger = client.with({});
  for (let looks = 0; looks < 3; looks++) expect((await stranger.get(link.pathname)).body).toContain('Это не я, закрыть вход');
  expect((await client.get('/cabinet')).status, 'looking changes nothing').toBe(200);
  expect((await stranger.form(link.pathname)).headers.location).toBe('/not-me/done');
  expect((await client.get('/cabinet')).headers.location, 'every session has ended').toBe('/login?next=/cabinet');
  expect((await stranger.form(link.pathname)).status, 'once').toBe(422);
  const closed = await stranger.form('/login', { login: person.phone, password: person.password });
  expect([closed.status, closed.body.includes('OTD-2001')]).toEqual([422, true]);

  // Back in through the phone; the login then proves the e-mail, and the app is gone.
  const owner = client.with({});
  expect((await owner.form('/recover', { login: person.phone })).headers.location).toBe('/recover/code');
  const code = await outbox.code(person.phone);
  expect((await owner.form('/recover/code', { code })).headers.location).toBe('/recover/password');
  const password = 'Берёза-42-у-крыльца!';
  const same = await owner.form('/recover/password', { password: person.password, password_again: person.password });
  expect([same.status, same.body.includes('OTD-2107')]).toEqual([422, true]);
  const done = await owner.form('/recover/password', { password, password_again: password });
  expect(done.headers.location).toBe('/recover/done');
  expect((await owner.form('/login', { login: person.phone, password })).headers.location).toBe('/login/code');
  const letter = await outbox.next(person.email, (m) => m.code !== null);
  expect((await owner.form('/login/code', { code: letter.code! })).headers.location).toBe('/cabinet');
  expect((await owner.get('/cabinet/security')).body).not.toContain('Чужой');
});

plain('recovery does not tell who has an account, by words, status, cookies or time', async ({ baseURL, outbox }) => {
  const { person } = await Citizen.signUp(baseURL!, { outbox });
  const times: Record<string, number[]> = { known: [], nobody: [] };
  const seen: Record<string, string> = {};
  for (let round = 0; round < 3; round++) {
    for (const [who, login] of [['known', round % 2 ? person.email : person.phone], ['nobody', round % 2 ? `nobody${round}@example.org` : `+7916${String(1000000 + round)}`]] as const) {
      const client = new Http(baseURL!);
      const asked = await client.form('/recover', { login });
      times[who]!.push(asked.ms);
      const page = await client.get('/recover/code');
      const wrong = await client.form('/recover/code', { code: '000000' });
      const shape = [asked.status, asked.headers.location, asked.headers['set-cookie']?.map((c) => c.replace(/=[^;]+/, '')), page.status, page.body.length, wrong.status, /OTD-\d+/.exec(wrong.body)?.[0]];
      seen[`${who}${round % 2}`] ??= JSON.stringify(shape);
      expect(JSON.stringify(shape)).toBe(seen[`known${round % 2}`]);
    }
  }
  const middle = (all: number[]): number => [...all].sort((a, b) => a - b)[1]!;
  expect(Math.abs(middle(times.known!) - middle(times.nobody!))).toBeLessThan(100);
});
