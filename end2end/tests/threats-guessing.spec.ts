// What can be guessed or learnt from outside: rows 14 (codes), 17 (who has an account) and 18 (tokens by their timing).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Citizen, signUpForm } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { Client, type Answer } from '../fixtures/http';
import { person } from '../fixtures/people';
import { Clerk } from '../fixtures/staff';

const wrongCode = (right: string): string => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
const median = (samples: number[]): number => [...samples].sort((a, b) => a - b)[samples.length >> 1]!;
const quarter = (samples: number[]): number => [...samples].sort((a, b) => a - b)[samples.length >> 2]!;
const TRIES = 10;

for (const stage of ['/register/phone', '/login/code'] as const) {
  test(`row 14: ${stage} takes ten guesses, then not even the right code`, async ({ baseURL, outbox }) => {
    const start = async (): Promise<{ client: Client; code: string }> => {
      if (stage === '/register/phone') {
        const { client, person: who } = await Citizen.registering(baseURL!, { outbox });
        return { client, code: await outbox.code(who.phone) };
      }
      const citizen = await Citizen.signUp(baseURL!, { outbox });
      return { client: await citizen.atCode(), code: await outbox.code(citizen.person.phone) };
    };

    const spent = await start();
    for (let guess = 1; guess <= TRIES; guess++) {
      // From many addresses: the tries belong to the code, not to who guesses.
      spent.client.address = `203.0.113.${guess}`;
      const answer = await spent.client.form(stage, { code: wrongCode(spent.code) });
      expect(answer.status, `guess ${guess}`).toBe(422);
    }
    const late = await spent.client.form(stage, { code: spent.code });
    expect([late.status, late.headers['set-cookie']], 'the right code after ten wrong ones').toEqual([429, undefined]);

    const lucky = await start();
    for (let guess = 1; guess < TRIES; guess++) await lucky.client.form(stage, { code: wrongCode(lucky.code) });
    expect((await lucky.client.form(stage, { code: lucky.code })).status, 'the right code as the tenth').toBe(303);

    // Many at once with the right code: one is let in.
    const raced = await start();
    const { token } = raced.client;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => raced.client.with({ '__Host-session': token! })).map((client) => client.form(stage, { code: raced.code })),
    );
    const winners = answers.filter(({ status, headers }) => status === 303 && headers.location === '/cabinet');
    expect(winners.length, `of 50 at once: ${answers.map(({ status }) => status).join(' ')}`).toBe(1);
    expect(answers.filter(({ headers }) => headers['set-cookie']?.some((c) => c.startsWith('__Host-session=') && !c.includes('=;'))).length).toBe(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);

    // Many wrong guesses at once get no more than ten either, and the right one among the last is too late.
    const flooded = await start();
    const wrong = await Promise.all(
      Array.from({ length: 50 }, () => flooded.client.with({ '__Host-session': flooded.client.token! })).map((client) =>
        client.form(stage, { code: wrongCode(flooded.code) }),
      ),
    );
    expect(wrong.filter(({ status }) => status === 422).length, 'guesses compared').toBe(TRIES);
    expect((await flooded.client.form(stage, { code: flooded.code })).status).toBe(429);

    // One attempt's code is nothing to another attempt.
    const [one, other] = [await start(), await start()];
    if (one.code !== other.code) {
      expect((await other.client.form(stage, { code: one.code })).status).toBe(422);
      expect((await one.client.form(stage, { code: other.code })).status).toBe(422);
    }
    expect((await one.client.form(stage, { code: one.code })).status).toBe(303);

    // A minute between two messages.
    const soon = await other.client.form(`${stage}?resend=1`);
    expect(soon.status).toBe(429);
    expect(Number(soon.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(soon.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await other.client.form(stage, { code: other.code })).status, 'the refused wish for another leaves the code alive').toBe(303);
  });
}

test('row 14: of two logins of one person each has its own code', async ({ baseURL, outbox }) => {
  const citizen = await Citizen.signUp(baseURL!, { outbox });
  const first = await citizen.atCode();
  const firstCode = await outbox.code(citizen.person.phone);
  const second = await citizen.atCode();
  const secondCode = await outbox.code(citizen.person.phone);
  if (firstCode !== secondCode) expect((await first.form('/login/code', { code: secondCode })).status).toBe(422);
  expect((await second.form('/login/code', { code: secondCode })).status).toBe(303);
  expect((await second.form('/login/code', { code: secondCode })).status, 'used').toBe(303);
  expect((await first.form('/login/code', { code: secondCode })).status).toBe(422);
});

/** An answer without what is new in each: token, nonce, date. */
function plain(answer: Answer): unknown {
  const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy'] ?? ''))?.[1] ?? '\0';
  const { date: _date, 'set-cookie': cookies, ...headers } = answer.headers;
  const shapes = cookies?.map((cookie) => cookie.replace(/=[^;]+/, (value) => `=${value.length}`));
  return [answer.status, shapes, JSON.stringify(headers).replaceAll(nonce, '{nonce}'), answer.body.replaceAll(nonce, '{nonce}')];
}

test('row 17: sign-up does not tell whether a phone or an address is known', async ({ baseURL, outbox }) => {
  const known = (await Citizen.signUp(baseURL!, { outbox })).person;
  await outbox.next(known.email);
  // Alike to the letter but in what is known, so that the answers can be compared to the letter.
  const base = person({ last_name: 'Тихая', first_name: 'Вера', middle_name: 'Ильинична' });
  const walk = async (who: typeof base, right: boolean): Promise<{ answers: string[]; sms: number; letters: number; client: Client }> => {
    const before = [(await outbox.to(who.phone)).length, (await outbox.to(who.email)).length] as const;
    const client = new Client(baseURL!);
    const masked = (answer: Answer): string => mask(plain(answer), who);
    const answers = [masked(await client.form('/register', signUpForm(who)))];
    const sms = await outbox.next(who.phone);
    answers.push(masked(await client.get('/register/phone')));
    answers.push(masked(await client.form('/register/phone?resend=1')));
    if (right) {
      answers.push(masked(await client.form('/register/phone', { code: sms.code! })));
      await expect.poll(async () => (await outbox.to(who.email)).length).toBeGreaterThan(before[1]);
      answers.push(masked(await client.get('/cabinet')));
    } else {
      for (let guess = 0; guess <= TRIES; guess++) answers.push(masked(await client.form('/register/phone', { code: '000000' })));
    }
    // Nothing more comes later.
    await new Promise((wake) => setTimeout(wake, 700));
    return { answers, sms: (await outbox.to(who.phone)).length - before[0], letters: (await outbox.to(who.email)).length - before[1], client };
  };
  // A phone is shown masked: only what the mask hides may differ.
  const phone = (middle: string): string => known.phone.slice(0, 5) + middle + known.phone.slice(8);
  const free = { ...base, phone: phone('017'), email: `f${base.email}` };
  const fresh = await walk(free, false);
  const taken = await walk({ ...free, phone: known.phone, email: `g${base.email}` }, false);
  expect(difference(taken.answers, fresh.answers)).toEqual([]);
  expect([taken.sms, taken.letters], 'as many messages').toEqual([fresh.sms, fresh.letters]);

  const newcomer = await walk({ ...base, phone: phone('018'), email: `h${base.email}` }, true);
  const guest = await walk({ ...base, phone: phone('019'), email: known.email }, true);
  expect(difference(guest.answers, newcomer.answers)).toEqual([]);
  expect([guest.sms, guest.letters]).toEqual([newcomer.sms, newcomer.letters]);
});

test('row 17: asking for the letter again tells nothing, and sends a stranger nothing', async ({ baseURL, outbox }) => {
  const known = (await Citizen.signUp(baseURL!, { outbox })).person;
  const letters = async (who: { email: string }): Promise<number> => (await outbox.to(who.email)).length;
  // The link, and that the account is confirmed.
  await expect.poll(() => letters(known)).toBe(2);
  const stranger = await Citizen.registering(baseURL!, { outbox, who: person({ email: known.email }) });
  const newcomer = await Citizen.registering(baseURL!, { outbox });
  for (const { client, person: who } of [stranger, newcomer]) {
    const before = await letters(who);
    expect((await client.form('/register/phone', { code: await outbox.code(who.phone) })).status).toBe(303);
    await expect.poll(() => letters(who)).toBe(before + 1);
  }
  const [warning] = await outbox.to(known.email);
  expect(warning!.text + warning!.link, 'no link to the account of the stranger').not.toContain('/register/email/');

  const [foreign, own] = [await stranger.client.form('/cabinet/resend-email'), await newcomer.client.form('/cabinet/resend-email')];
  expect(difference([JSON.stringify(plain(foreign))], [JSON.stringify(plain(own))])).toEqual([]);
  // The newcomer asked last: once that letter is there, one to the stranger would be there too.
  await expect.poll(() => letters(newcomer.person), 'the newcomer gets another').toBe(2);
  expect(await letters(known), 'the owner was told once, at the sign-up').toBe(3);
});

/** Where answers first differ, with a few words around it. */
function difference(some: string[], others: string[]): string[] {
  return some.flatMap((text, i) => {
    const other = others[i] ?? '';
    if (text === other) return [];
    let at = 0;
    while (text[at] === other[at]) at++;
    return [`answer ${i}: «${text.slice(at - 60, at + 60)}» and «${other.slice(at - 60, at + 60)}»`];
  });
}

/** Without the person's own phone, address and id, and without times. */
function mask(answer: unknown, who: { phone: string; email: string }): string {
  const digits = who.phone.slice(2).split('').join('[^0-9]{0,2}');
  return JSON.stringify(answer)
    .replaceAll(who.email, '{email}')
    .replaceAll(new RegExp(`\\+7[^0-9]{0,2}${digits}`, 'g'), '{phone}')
    .replaceAll(/\b[0-9a-z]{26}\b/g, '{id}')
    .replaceAll(/\b1[0-9]{12}\b/g, '{ms}')
    // Countdowns, by the second.
    .replaceAll(/(again_in|retry-after)[^0-9]*[0-9]+|\b[1-6]?[0-9]\b/g, '{s}');
}

test('row 17: login does not tell whether an account is known, in words or in time', async ({ baseURL, outbox }) => {
  const EACH = 60;
  // Few tries each, so that the limit per account is never reached.
  const people = await Promise.all(Array.from({ length: 8 }, () => Citizen.registering(baseURL!, { outbox })));
  for (const { client, person: who } of people) await client.form('/register/phone', { code: await outbox.code(who.phone) });
  const known = await Citizen.signUp(baseURL!, { outbox });
  const strangers = people.map(() => person());
  // The letter on the confirmed account is the last of the sign-ups.
  await outbox.next(known.person.email);
  await new Promise((wake) => setTimeout(wake, 700));
  const sentSince = await outbox.counting(known.person.email, ...people.flatMap(({ person: who }) => [who.phone, who.email]));
  const attempt = (login: string): Promise<Answer> => new Client(baseURL!).form('/login', { login, password: 'Ne-Tot-Parol-1' });
  const alike = (answer: Answer, login: string): unknown => JSON.parse(JSON.stringify(plain(answer)).replaceAll(login, '{login}'));

  const stranger = person();
  // Also the limit answers alike: eleven tries in a row.
  for (let guess = 1; guess <= 12; guess++) {
    const [unknown, wrong] = [await attempt(stranger.email), await attempt(known.person.email)];
    expect(alike(wrong, known.person.email), `try ${guess}`).toEqual(alike(unknown, stranger.email));
    if (guess > 10) expect([unknown.status, Number(unknown.headers['retry-after']) > 0]).toEqual([429, true]);
    else expect(unknown.status).toBe(422);
  }
  const samples: { unknown: number[]; wrong: number[] } = { unknown: [], wrong: [] };
  for (let i = 0; i < EACH; i++) {
    const who = i % people.length;
    const pair = [
      async () => samples.unknown.push((await attempt(strangers[who]!.phone)).ms),
      async () => samples.wrong.push((await attempt(people[who]!.person.phone)).ms),
    ];
    // Either goes first in turn, so that no order helps one of them.
    for (const one of i % 2 ? pair : pair.reverse()) await one();
  }
  const [unknown, wrong] = [median(samples.unknown), median(samples.wrong)];
  expect(Math.abs(unknown - wrong) / Math.max(unknown, wrong), `medians ${unknown.toFixed(1)} and ${wrong.toFixed(1)} ms`).toBeLessThan(0.2);
  expect(await sentSince(), 'nobody is told of wrong passwords').toBe(0);
});

/** Wrong codes typed in turn by who is known and who is not: the same words and status, and as long. */
async function guessedAlike(stage: string, pairs: { known: Client; unknown: Client; phones: [string, string] }[]): Promise<void> {
  const samples: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (const { known, unknown, phones } of pairs) {
    const guess = async (who: 'known' | 'unknown'): Promise<unknown> => {
      const answer = await { known, unknown }[who].form(stage, { code: '000000' });
      samples[who].push(answer.ms);
      expect(answer.status, `${stage}: ${who}`).toBe(422);
      return phones.reduce((text, phone) => mask(JSON.parse(text), { phone, email: phone }), JSON.stringify(plain(answer)));
    };
    for (let i = 0; i < TRIES - 1; i++) {
      const [one, other] = i % 2 ? ['known', 'unknown'] as const : ['unknown', 'known'] as const;
      expect(await guess(one), `${stage}: try ${i}`).toEqual(await guess(other));
    }
  }
  // What a busy machine adds is above the lower quarter; some milliseconds in all, of which one or two are its noise as well.
  const [known, unknown] = [quarter(samples.known), quarter(samples.unknown)];
  const apart = Math.max(2, 0.2 * Math.max(known, unknown));
  expect(Math.abs(known - unknown), `${stage}: lower quarters at ${known.toFixed(1)} and ${unknown.toFixed(1)} ms`).toBeLessThan(apart);
}

test('row 17: a wrong code of a recovery does not tell whether there is an account', async ({ baseURL, outbox }) => {
  const pairs = [];
  for (let i = 0; i < 6; i++) {
    const who = (await Citizen.signUp(baseURL!, { outbox })).person;
    const nobody = person();
    const [known, unknown] = [new Client(baseURL!), new Client(baseURL!)];
    for (const [client, { phone }] of [[known, who], [unknown, nobody]] as const) {
      expect((await client.form('/recover', { login: phone })).headers.location).toBe('/recover/code');
    }
    pairs.push({ known, unknown, phones: [who.phone, nobody.phone] as [string, string] });
  }
  await guessedAlike('/recover/code', pairs);
});

test('row 17: a wrong code of a login does not tell whether a phone is somebody\'s', async ({ baseURL, outbox }) => {
  const clerk = await Clerk.at(baseURL!, 'operator');
  const read = ['last_name', 'first_name', 'passport_series', 'passport_number'] as const;
  /** A first entry that gives this phone: the login waits for its code. */
  const entering = async (phone: string): Promise<Client> => {
    const who = person({ last_name: 'Тихая', first_name: 'Вера' });
    const slip = await clerk.must<{ login: string; password: string }>('open_at_the_counter', { values: read.map((id) => [id, who[id]]) });
    const client = new Client(baseURL!);
    expect((await client.form('/login', slip)).headers.location).toBe('/login/first');
    const chosen = { phone, password: who.password, password_again: who.password, consent: 'yes' };
    expect((await client.form('/login/first', chosen)).headers.location).toBe('/login/code');
    return client;
  };
  const pairs = [];
  for (let i = 0; i < 6; i++) {
    const { phone } = (await Citizen.signUp(baseURL!, { outbox })).person;
    // A phone is shown masked: only what the mask hides differs.
    const free = phone.slice(0, 5) + String((Number(phone.slice(5, 8)) + 500) % 1000).padStart(3, '0') + phone.slice(8);
    pairs.push({ known: await entering(phone), unknown: await entering(free), phones: [phone, free] as [string, string] });
  }
  await guessedAlike('/login/code', pairs);
});

test('row 18: a token that begins right takes no longer than one that begins wrong', async ({ baseURL, outbox, server }) => {
  const { client } = await Citizen.signUp(baseURL!, { outbox });
  const token = client.token!;
  const flip = (at: number): string => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  // Base64 of 256 bits ends in a character with two idle bits: the one before it surely changes the token.
  const near = client.with({ '__Host-session': flip(token.length - 2) });
  const far = client.with({ '__Host-session': flip(0) });
  const samples: { near: number[]; far: number[] } = { near: [], far: [] };
  for (let i = 0; i < 500; i++) {
    const ask = async (name: 'near' | 'far', thief: Client): Promise<void> => {
      const answer = await thief.api('accounts/consents');
      expect(answer.status).toBe(401);
      samples[name].push(answer.ms);
    };
    if (i % 2) (await ask('near', near), await ask('far', far));
    else (await ask('far', far), await ask('near', near));
  }
  const [right, wrong] = [median(samples.near), median(samples.far)];
  expect(Math.abs(right - wrong) / Math.max(right, wrong), `medians ${right.toFixed(2)} and ${wrong.toFixed(2)} ms`).toBeLessThan(0.25);

  // Because what is stored and compared is the token's hash.
  const kept = readdirSync(server.dataDir).filter((name) => name.includes('.db')).map((name) => readFileSync(join(server.dataDir, name)));
  expect(kept.some((file) => file.includes(createHash('sha256').update(token).digest())), 'the hash is stored').toBe(true);
  expect(kept.some((file) => file.includes(token)), 'the token is not').toBe(false);
});
