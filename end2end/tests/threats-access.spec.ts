// Who may do what: rows 1 (fixation), 3 (forged requests) and 4 (other people's objects) of the security model.
import { Citizen } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { Client, values, type Answer } from '../fixtures/http';
import { formPatterns, securityActs, serverFunctions } from '../fixtures/inventory';
import { STEPS } from '../fixtures/journey';
import { person } from '../fixtures/people';

/** Whether a token opens the cabinet, by page and by API. */
async function opens(client: Client, token: string): Promise<boolean> {
  const thief = client.with({ '__Host-session': token });
  const page = await thief.get('/cabinet');
  const call = await thief.api('accounts/profile');
  expect([page.status, call.status], 'page and API agree').toEqual(page.status === 200 ? [200, 200] : [303, 401]);
  return page.status === 200;
}

test('row 1: each stage has a new token, and the old one is dead', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.registering(baseURL!, { outbox });
  const { client } = citizen;
  const registering = client.token!;
  expect(await opens(client, registering), 'a token before the code').toBe(false);
  expect((await client.form('/register/phone', { code: await outbox.code(citizen.person.phone) })).status).toBe(303);
  const signedUp = client.token!;
  expect(await opens(client, signedUp)).toBe(true);
  expect(await opens(client, registering)).toBe(false);
  // The dead token does not get its attempt back either.
  expect((await client.with({ '__Host-session': registering }).form('/register/phone', { code: '000000' })).status).toBe(303);

  const leaving = await client.form('/logout');
  expect(leaving.headers['clear-site-data'], 'the device forgets').toContain('"storage"');
  expect(client.token, 'the cookie is gone').toBeUndefined();
  expect(await opens(client, signedUp), 'a token after logout').toBe(false);

  // An attacker plants a cookie, his own or an invented one, and waits for the victim to log in with it.
  const planted = 'A'.repeat(43);
  const victim = client.with({ '__Host-session': planted });
  await victim.form('/login', { login: citizen.person.phone, password: citizen.person.password });
  const pending = victim.token!;
  expect(pending).not.toBe(planted);
  expect(await opens(client, pending), 'a token between password and code').toBe(false);
  await victim.form('/login/code', { code: await outbox.code(citizen.person.phone) });
  const open = victim.token!;
  expect(await opens(client, open)).toBe(true);
  for (const old of [planted, pending, registering, signedUp]) expect(await opens(client, old)).toBe(false);
  expect(new Set([planted, pending, open, registering, signedUp]).size).toBe(5);

  // Logging in while logged in ends the session there was.
  await victim.form('/login', { login: citizen.person.phone, password: citizen.person.password });
  expect(await opens(client, open), 'the session another login replaced').toBe(false);
});

test('row 3: no forged request gets through, and no GET changes anything', async ({ baseURL, outbox }) => {
  const { client, person: owner } = await Citizen.signUp(baseURL!, { outbox }).then(async (citizen) => {
    await citizen.draft('review');
    // The letter on the confirmed account is the last that the sign-up sends.
    await outbox.next(citizen.person.email);
    return citizen;
  });
  const { id } = (JSON.parse((await client.api('applications/list')).body) as { id: string }[])[0]!;
  const { submit_key } = JSON.parse((await client.api('applications/edit', { id })).body) as { submit_key: string };
  const typed = values({ last_name: 'Подделка', residence_same: 'yes', consent: 'yes' });

  const functions: Record<string, object> = {
    'accounts/register': { values: values(person()) },
    'accounts/confirm_phone': { values: values({ code: '123456' }) },
    'accounts/confirm_email': { token: 'A'.repeat(43) },
    'accounts/login': { values: values({ login: 'a@example.org', password: 'Otdel-Pochta-1' }), next: null },
    'accounts/login_code': { values: values({ code: '123456' }) },
    'accounts/resend_code': {},
    'accounts/code_sent': {},
    'accounts/profile': {},
    'accounts/consents': {},
    'accounts/session': { quiet: 0 },
    'appeals/of': { application: id },
    'applications/list': {},
    'applications/edit': { id },
    'applications/save_step': { id, step: 'applicant', values: typed },
    'applications/submit': { id, submit_key, values: typed },
    'applications/card': { id },
    'documents/of': { application: id },
    'documents/mine': {},
    'documents/begin': { application: id, kind: 'other', name: 'a.pdf', size: 1, fingerprint: '' },
    'documents/progress': { upload: 'A'.repeat(26) },
    'documents/finish': { upload: 'A'.repeat(26), more: false },
    'documents/cancel': { upload: 'A'.repeat(26) },
    'notices/mine': {},
    'content/page': { path: '/help' },
    'content/search': { query: 'почта' },
    'offices/postcode': { index: '630099' },
    'offices/issuing_units': { department_code: '540-001' },
    'offices/find': { query: '630099' },
    'receipts/verify': { receipt: '2026-2222-2222' },
  };
  const form: Record<string, [string, object]> = {
    '["register"]': ['/register', person()],
    '["register"] if query.get("act") == Some("forget")': ['/register?act=forget', {}],
    '["register", "phone"] | ["login", "code"] if query.get("resend").is_some()': ['/login/code?resend=1', {}],
    '["register", "phone"]': ['/register/phone', { code: '123456' }],
    '["register", "email", token]': [`/register/email/${'A'.repeat(43)}`, {}],
    '["register", "email"]': ['/register/email', { email: 'a@example.org', consent: 'yes' }],
    '["activate", token]': [`/activate/${'a'.repeat(52)}`, person()],
    '["login", "first"]': ['/login/first', { password: 'Otdel-Pochta-1', password_again: 'Otdel-Pochta-1', consent: 'yes' }],
    '["cabinet", "post"] if query.get("act") == Some("unlink")': ['/cabinet/post?act=unlink', {}],
    '["cabinet", "post"]': ['/cabinet/post', { login: 'a@example.org', password: 'x' }],
    '["cabinet", "post", "code"]': ['/cabinet/post/code', { code: '123456' }],
    '["login"]': ['/login', { login: 'a@example.org', password: 'Otdel-Pochta-1' }],
    '["login", "code"]': ['/login/code', { code: '123456' }],
    '["logout"]': ['/logout', {}],
    '["settings"]': ['/settings', { lang: 'en', large: 'yes' }],
    '["recover"]': ['/recover', { login: 'a@example.org' }],
    '["recover", "code"]': ['/recover/code', { code: '123456' }],
    '["recover", "password"]': ['/recover/password', { password: 'Otdel-Pochta-1', password_again: 'Otdel-Pochta-1' }],
    '["recover", "identity"] if query.get("act") == Some("enter")': ['/recover/identity?act=enter', {}],
    '["recover", "identity", "answer"]': ['/recover/identity/answer', { grounds: 'Подделка: не согласна с отказом.' }],
    '["recover", "identity", "phone"] if query.get("resend").is_some()': ['/recover/identity/phone?resend=1', {}],
    '["recover", "identity", "phone"]': ['/recover/identity/phone', { code: '123456' }],
    '["cabinet", "contacts", "phone"]': ['/cabinet/contacts/phone', { new_phone: '+79160000009' }],
    '["cabinet", "contacts", "email"]': ['/cabinet/contacts/email', { new_email: 'thief@example.org' }],
    '["cabinet", "contacts", "code"]': ['/cabinet/contacts/code', { code: '123456' }],
    '["new-email", token]': [`/new-email/${'a'.repeat(52)}`, {}],
    '["not-me", token]': [`/not-me/${'a'.repeat(52)}`, {}],
    '["cabinet", "proof"]': ['/cabinet/proof', { password: 'Otdel-Pochta-1' }],
    '["cabinet", "security"]': ['/cabinet/security?act=add_app', {}],
    '["cabinet", "security", "door"]': ['/cabinet/security/door', {}],
    '["cabinet", "security", "app"]': ['/cabinet/security/app', { app_name: 'x', totp_code: '123456' }],
    '["cabinet", "security", "password"]': ['/cabinet/security/password', { password: 'Otdel-Pochta-1', password_again: 'Otdel-Pochta-1' }],
    '["cabinet", "data"] if query.get("act") == Some("delete")': ['/cabinet/data?act=delete', {}],
    '["cabinet", "data"] if query.get("act") == Some("keep")': ['/cabinet/data?act=keep', {}],
    '["cabinet", "data", "correct"]': ['/cabinet/data/correct', { last_name: 'Подделка' }],
    '["cabinet", "resend-email"]': ['/cabinet/resend-email', {}],
    '["cabinet", "notifications"]': ['/cabinet/notifications', { decision: 'sms', question: 'sms', quiet_from: '', quiet_to: '' }],
    '["cabinet", "notifications"] if query.get("act") == Some("forget")': [`/cabinet/notifications?act=forget&device=${'A'.repeat(43)}`, {}],
    '["cabinet", "consents"]': ['/cabinet/consents?act=withdraw', {}],
    '["applications", "new"]': [`/applications/new?from=${id}`, {}],
    '["applications", id, "edit", "review"]': [`/applications/${id}/edit/review`, { submit_key, consent: 'yes' }],
    '["applications", id, "edit", step]': [`/applications/${id}/edit/applicant`, { last_name: 'Подделка' }],
    '["applications", id, "documents"] if query.get("act") == Some("remove")': [`/applications/${id}/documents?act=remove&document=${'A'.repeat(26)}`, {}],
    '["applications", id, "documents"] if matches!(query.get("act"), Some("up" | "down"))': [`/applications/${id}/documents?act=up&document=${'A'.repeat(26)}`, {}],
    '["applications", id] if query.get("act") == Some("withdraw")': [`/applications/${id}?act=withdraw`, {}],
    '["applications", id, "appeal"]': [`/applications/${id}/appeal`, { grounds: 'Подделка: не согласна с отказом.' }],
    '["applications", id, "appeal"] if query.get("act") == Some("withdraw")': [`/applications/${id}/appeal?act=withdraw`, {}],
    '["cabinet", "mailboxes"] if matches!(query.get("act"), Some("accept" | "decline"))': [`/cabinet/mailboxes?act=accept&invitation=${'A'.repeat(26)}`, {}],
    '["cabinet", "mailboxes", id] if query.get("act") == Some("remove")': [`/cabinet/mailboxes/${'A'.repeat(26)}?act=remove&member=x`, {}],
    '["cabinet", "mailboxes", id] if query.get("act") == Some("hand_over")': [`/cabinet/mailboxes/${'A'.repeat(26)}?act=hand_over&member=x`, {}],
    '["cabinet", "mailboxes", id] if query.get("act") == Some("leave")': [`/cabinet/mailboxes/${'A'.repeat(26)}?act=leave`, {}],
    '["cabinet", "mailboxes", id]': [`/cabinet/mailboxes/${'A'.repeat(26)}`, { member_contact: 'a@example.org', member_role: 'reader' }],
    '["services", "post", "registration", "rehearsal"]': ['/services/post/registration/rehearsal', { snils: '1' }],
  };
  expect(Object.keys(functions).sort(), 'every server function is probed').toEqual(serverFunctions());
  expect(Object.keys(form).sort(), 'every form is probed').toEqual(formPatterns());

  const ours = new URL(baseURL!);
  const forged: Record<string, string>[] = [
    ...['cross-site', 'same-site', 'none', 'Same-Origin', ''].map((site) => ({ 'sec-fetch-site': site })),
    { 'sec-fetch-site': 'cross-site', origin: ours.origin },
    ...[
      'https://evil.example',
      'null',
      '',
      `${ours.origin}.evil.example`,
      `${ours.origin}@evil.example`,
      `${ours.origin}/`,
      `http://evil${ours.host}`,
      `http://evil.example/${ours.origin}`,
      `http://evil.example?${ours.origin}`,
      `https://${ours.host}`,
      `http://${ours.hostname}`,
      `http://localhost:${ours.port}`,
      ours.host,
      `https://evil.example, ${ours.origin}`,
    ].map((origin) => ({ origin })),
    { origin: 'https://evil.example', host: ours.host, referer: `${ours.origin}/cabinet`, 'x-forwarded-host': 'evil.example' },
  ];

  const state = async (): Promise<unknown[]> => {
    const read = async (name: string, args = {}): Promise<unknown> => JSON.parse((await client.api(name, args)).body);
    return [await read('applications/list'), await read('applications/edit', { id }), await read('accounts/consents'), await read('content/page', { path: '/cabinet/journal' })];
  };
  const before = await state();
  const sentSince = await outbox.counting(owner.phone, owner.email);

  for (const headers of forged) {
    const refused = async (what: string, answer: Promise<Answer>): Promise<void> => {
      const { status, body, headers: sent } = await answer;
      expect([status, sent['set-cookie']], `${what} with ${JSON.stringify(headers)}: ${body.slice(0, 200)}`).toEqual([403, undefined]);
    };
    for (const [name, args] of Object.entries(functions)) await refused(name, client.api(name, args, headers));
    for (const [path, fields] of Object.values(form)) await refused(path, client.form(path, fields, headers));
    for (const act of securityActs()) await refused(act, client.form(`/cabinet/security?act=${act}&id=x`, {}, headers));
    for (const act of ['ask', 'ask_add', 'add', 'login']) {
      const sent = { 'content-type': 'application/json', ...headers };
      await refused(`/passkeys/${act}`, client.send('POST', `/passkeys/${act}`, sent, '{"challenge":"","client":"","spoken":""}'));
    }
    for (const act of ['subscribe', 'shown']) {
      const sent = { 'content-type': 'application/json', ...headers };
      await refused(`/push/${act}`, client.send('POST', `/push/${act}`, sent, '{"id":"x"}'));
    }
    await refused('/demo/registries', client.form('/demo/registries', { registry: 'sms', mode: 'down' }, headers));
  }
  const part = await client.send('PUT', `/uploads/${'A'.repeat(26)}?offset=0`, { origin: 'https://evil.example' }, 'x');
  expect(part.status, 'a part of a file').toBe(403);
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const answer = await client.send(method, `/applications/${id}`, { origin: 'https://evil.example' });
    expect(answer.status, method).toBe(403);
  }
  // The same without forging is let in, so the 403 above was for the origin.
  expect((await client.api('offices/find', functions['offices/find']!)).status).toBe(200);
  expect((await client.form(...(form['["settings"]'] as [string, object]))).status).toBe(303);
  await client.form('/settings', { lang: 'ru', large: '' });
  const settled = await state();
  // Only the two honest settings were noted.
  const acts = (page: unknown): string[][] => (page as { blocks: { table?: [string[], string[][]] }[] }).blocks.find(({ table }) => table)!.table![1];
  expect(acts(settled[3]).length).toBe(acts(before[3]).length + 2);
  expect(settled.slice(0, 3)).toEqual(before.slice(0, 3));

  const token = client.token;
  for (const [name, args] of Object.entries(functions)) {
    const query = new URLSearchParams({ ...(args as Record<string, string>) });
    expect([404, 405], `GET ${name}`).toContain((await client.get(`/api/${name}?${query}`)).status);
  }
  for (const [path, fields] of Object.values(form)) {
    const query = new URLSearchParams(fields as Record<string, string>);
    const answer = await client.get(`${path}${path.includes('?') ? '&' : '?'}${query}`);
    expect(answer.status, `GET ${path}`).toBeLessThan(500);
  }
  expect(client.token, 'still the same session').toBe(token);
  // That one's own passport was shown whole is noted, and is no change.
  const changes = (all: unknown[]): unknown[] => [...all.slice(0, 3), acts(all[3]).filter((row) => !row.includes('Данные профиля показаны'))];
  expect(changes(await state()), 'no GET changed anything').toEqual(changes(settled));
  expect(await sentSince(), 'and nothing was sent').toBe(0);
});

test('row 4: what is not mine answers as what is not there', async ({ baseURL, outbox }) => {
  // Names nobody else here bears: they are searched for in the other's pages.
  const a = await Citizen.signUp(baseURL!, { outbox, who: person({ last_name: 'Заповедная', first_name: 'Аделаида' }) });
  const submitted = await a.draft('review');
  expect((await a.submit(submitted)).status).toBe(303);
  const card = await a.settled(submitted);
  const draft = await a.draft('review', { purpose: 'Личная цель отправителя' });
  const b = (await Citizen.signUp(baseURL!, { outbox })).client;
  const guest = new Client(baseURL!);
  const absent = (id: string): string => id.replace(/.{8}$/, id.endsWith('2222') ? '33333333' : '22222222');
  const edit = JSON.parse((await a.client.api('applications/edit', { id: draft })).body) as { submit_key: string };
  const look = async (): Promise<string[]> => [
    (await a.client.api('applications/card', { id: submitted })).body,
    (await a.client.api('applications/edit', { id: draft })).body,
    (await a.client.api('applications/list')).body,
  ];
  const before = await look();

  const typed = values({ applicant_kind: 'citizen', last_name: 'Чужой', first_name: 'Чужой', residence_same: 'yes', consent: 'yes' });
  type Probe = (client: Client, id: string) => Promise<Answer>;
  const probes: [string, Probe][] = [
    ['page of the card', (c, id) => c.get(`/applications/${id}`)],
    ...[...STEPS, 'review'].map((step): [string, Probe] => [`page of step ${step}`, (c, id) => c.get(`/applications/${id}/edit/${step}`)]),
    ['page of the draft copied', (c, id) => c.get(`/applications/new?from=${id}`)],
    ['file', (c, id) => c.get(`/files/${id}`)],
    ['page of the documents', (c, id) => c.get(`/applications/${id}/documents`)],
    ['documents', (c, id) => c.api('documents/of', { application: id })],
    ['upload', (c, id) => c.api('documents/begin', { application: id, kind: 'other', name: 'a.pdf', size: 1, fingerprint: '' })],
    ['remove', (c, id) => c.form(`/applications/${id}/documents?act=remove&document=${id}`)],
    ['move', (c, id) => c.form(`/applications/${id}/documents?act=up&document=${id}`)],
    ['page of the appeal', (c, id) => c.get(`/applications/${id}/appeal`)],
    ['appeal', (c, id) => c.api('appeals/of', { application: id })],
    ['form of the appeal', (c, id) => c.form(`/applications/${id}/appeal`, { grounds: 'Чужая апелляция на чужой отказ.' })],
    ['appeal taken back', (c, id) => c.form(`/applications/${id}/appeal?act=withdraw`)],
    ['words of the mailbox', (c, id) => c.api('content/page', { path: `/cabinet/mailboxes/${id}` })],
    ['page of the mailbox', (c, id) => c.get(`/cabinet/mailboxes/${id}`)],
    ['card', (c, id) => c.api('applications/card', { id })],
    ['edit', (c, id) => c.api('applications/edit', { id })],
    ['save_step', (c, id) => c.api('applications/save_step', { id, step: 'applicant', values: typed })],
    ['submit', (c, id) => c.api('applications/submit', { id, submit_key: edit.submit_key, values: typed })],
    ...STEPS.map((step): [string, Probe] => [`form of step ${step}`, (c, id) => c.form(`/applications/${id}/edit/${step}`, { last_name: 'Чужой' })]),
    ['form of the review', (c, id) => c.form(`/applications/${id}/edit/review`, { submit_key: edit.submit_key, consent: 'yes' })],
    ['withdrawal', (c, id) => c.form(`/applications/${id}?act=withdraw`)],
    ['copy', (c, id) => c.form(`/applications/new?from=${id}`)],
  ];
  const secrets = [a.person.last_name, a.person.first_name, a.person.email, a.person.passport_number, a.person.snils, card.number, 'Личная цель', edit.submit_key];
  // The nonce is new in every answer; the id is what was asked for.
  const plain = (answer: Answer, id: string): unknown => {
    const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy'] ?? ''))?.[1] ?? '\0';
    const clean = (text: string): string => text.replaceAll(id, '{id}').replaceAll(nonce, '{nonce}');
    const { date: _date, ...headers } = answer.headers;
    return [answer.status, clean(JSON.stringify(headers)), clean(answer.body)];
  };
  for (const [what, probe] of probes) {
    for (const id of [submitted, draft, card.receipt!]) {
      const [foreign, missing] = [await probe(b, id), await probe(b, absent(id))];
      // A page without a draft to copy is the page itself; nothing else may be a success.
      if (!what.startsWith('page of the draft')) expect([404, 403, 303], `${what} of another`).toContain(foreign.status);
      expect(plain(foreign, id), `${what}: foreign as absent`).toEqual(plain(missing, absent(id)));
      const sent = JSON.stringify(foreign.headers) + foreign.body;
      expect(secrets.filter((secret) => sent.includes(secret)), `${what} tells nothing`).toEqual([]);
      const asked = await probe(guest, id);
      expect([303, 401], `${what} for a guest`).toContain(asked.status);
      if (asked.status === 303) expect(asked.headers.location).toMatch(/^\/login\?next=/);
    }
  }
  expect(await look(), 'everything of the owner is as it was').toEqual(before);
  expect(JSON.parse((await b.api('applications/list')).body), 'and the other has nothing of it').toEqual([]);
  // The owner is let in everywhere, so the refusals above were for the person.
  expect((await a.client.get(`/files/${card.receipt}`)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await a.client.get(`/applications/${draft}/edit/passport`)).status).toBe(200);
});
