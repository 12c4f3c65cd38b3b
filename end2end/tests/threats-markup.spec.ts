// Row 19: text that wants to be markup stays text, wherever it is typed and wherever it is shown.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { Citizen } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { Client } from '../fixtures/http';
import { hydrated, logIn, STEPS } from '../fixtures/journey';

/** Each calls `xss()` or leaves an element `data-xss` if it works. */
const OWN = [
  '<script>xss()</script>',
  '</script><script>xss()</script>',
  '<img src=x onerror=xss() data-xss>',
  '"><img src=x onerror=xss() data-xss>',
  "'><svg/onload=xss() data-xss>",
  '</textarea><b data-xss>x</b>',
  '</title><b data-xss>x</b>',
  '<!--><b data-xss>x</b>-->',
  '"onfocus=xss() autofocus data-xss="',
  "' onmouseover=xss() data-xss='",
  'javascript:xss()',
  '<a href="javascript:xss()" data-xss>x</a>',
  '<base href="https://evil.example/" data-xss>',
  '<meta http-equiv=refresh content="0;url=https://evil.example" data-xss>',
  '<iframe srcdoc="<script>parent.xss()</script>" data-xss></iframe>',
  '<form action=https://evil.example data-xss><button>x</button></form>',
  '<style data-xss>*{color:red}</style>',
  '{{constructor.constructor("xss()")()}}',
  '\\u003cimg src=x onerror=xss()\\u003e',
  '&lt;img src=x onerror=xss()&gt;',
];
const BLNS = (JSON.parse(readFileSync(resolve('../app/domain/tests/vectors/blns.json'), 'utf8')) as string[])
  .filter((text) => /<(script|img|svg|iframe|a |body|input)|on\w+=/i.test(text) && text.length < 200)
  .map((text) => text.replaceAll(/alert\(\w+\)/g, 'xss()'))
  .slice(0, 200)
  .filter((_, i) => i % 20 === 0);
const PAYLOADS = [...OWN, ...BLNS];

/** What has become of the payloads on the page as it stands. */
async function expectInert(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { ran?: number }).ran ?? 0,
    elements: document.querySelectorAll('[data-xss]').length,
    handlers: Array.from(document.querySelectorAll('*')).filter((e) => Array.from(e.attributes).some(({ name }) => name.startsWith('on') && name.length > 3)).length,
    strange: document.querySelectorAll('main iframe, main base, main meta, main script:not([nonce]):not([type]), a[href^="javascript:"]').length,
    elsewhere: location.origin,
  }));
  expect(found, where).toEqual({ ran: 0, elements: 0, handlers: 0, strange: 0, elsewhere: new URL(page.url()).origin });
}

test('row 19: markup typed into any field is shown as text', async ({ page, context, server, outbox, consoleWatch }) => {
  test.setTimeout(180_000);
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(25);
  // The server's refusals are part of this test; what scripts say is not.
  consoleWatch.allow(/status of 4(04|22)/);
  await context.addInitScript(() => {
    const counted = window as unknown as { ran: number; xss: () => void };
    counted.ran = 0;
    counted.xss = () => void counted.ran++;
  });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const citizen = await Citizen.signUp(server.baseURL, { outbox });
  const id = await citizen.draft('review');
  await logIn(page, outbox, citizen.person, { from: `${server.baseURL}/login` });
  const at = (path: string): string => server.baseURL + path;
  const fields = ['birth_place', 'passport_issuer', 'registration_address', 'residence_address', 'organisation_name', 'purpose', 'last_name', 'snils', 'email', 'registration_postcode', 'applicant_kind', 'mailbox_kind'];

  for (const [n, payload] of PAYLOADS.entries()) {
    // Drafts keep whatever is typed, right or wrong: seen again on every step.
    const dirty = Object.fromEntries(fields.map((field) => [field, payload]));
    for (const step of STEPS) {
      const kinds = n % 2 ? { applicant_kind: 'organisation', mailbox_kind: 'paper', residence_same: '' } : {};
      await citizen.client.form(`/applications/${id}/edit/${step}`, { ...citizen.person, ...dirty, ...kinds });
    }
    const kept = JSON.parse((await citizen.client.api('applications/edit', { id })).body) as { values: [string, string][] };
    expect(kept.values.filter(([, value]) => value === payload).length, `fields that keep payload ${n}`).toBeGreaterThan(6);
    // A whole round of pages is slow; each payload takes some, all together take all, several times.
    const query = encodeURIComponent(payload);
    const pages = [`/search?q=${query}`, `/offices?q=${query}`, `/login?next=${query}`, `/verify?receipt=${query}`, `/verify/${query}`, `/help/errors/${query}`, `/${query}`];
    const steps = ['contacts', 'applicant', 'passport', 'mailbox'];
    for (const path of [`/applications/${id}/edit/${steps[n % steps.length]}`, pages[n % pages.length]!, pages[(n + 3) % pages.length]!]) {
      // An encoded slash or zero is refused by some routers: the answer must be inert all the same.
      await page.goto(at(path));
      await hydrated(page);
      await expectInert(page, `${path} with payload ${n}`);
    }
  }

  // Nothing of it is ever accepted, so nothing of it is sent: the free line of the purpose is asked last, all else being right.
  const made = await citizen.client.form(`/applications/new?from=${id}`);
  const other = made.headers.location!.split('/')[2]!;
  const right = { applicant_kind: 'citizen', residence_same: 'yes', ...citizen.person };
  for (const step of STEPS) expect((await citizen.client.form(`/applications/${other}/edit/${step}`, right)).status, step).toBe(303);
  for (const payload of PAYLOADS.filter((one) => /[<={]/.test(one))) {
    expect((await citizen.client.form(`/applications/${other}/edit/mailbox`, { ...right, purpose: payload })).status, payload).toBe(422);
  }
  await page.goto(at(`/applications/${other}/edit/review`));
  await hydrated(page);
  await expectInert(page, 'the step the review leads back to');
  for (const path of ['/applications', '/cabinet', '/cabinet/journal', `/applications/new?from=${other}`]) {
    await page.goto(at(path));
    await hydrated(page);
    await expectInert(page, path);
  }
  // The error replay of a plain form: the page the server renders with what was typed still in it.
  for (const payload of PAYLOADS) {
    for (const [path, more] of [['/services/post/registration/rehearsal', []], ['/register', ['first_name', 'middle_name', 'phone']], ['/login', ['login']]] as const) {
      const replay = await new Client(server.baseURL).form(path, Object.fromEntries([...fields, ...more].map((field) => [field, payload])));
      expect(replay.status, path).toBe(422);
      expect(replay.body.includes(payload) && payload.includes('<'), `raw in the replay of ${path}: ${payload}`).toBe(false);
    }
  }
  expect(dialogs).toEqual([]);
});
