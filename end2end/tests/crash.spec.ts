// The power goes while people submit: what was acknowledged is there, once, and comes to its end.
import { setTimeout as sleep } from 'node:timers/promises';
import { Citizen, FINAL } from '../fixtures/citizen';
import { expect, test } from '../fixtures/behind';
import { BEHIND_A_PROXY } from '../fixtures/http';
import { Outbox } from '../fixtures/outbox';
import { Server } from '../fixtures/server';

const CITIZENS = 6;
const ROUNDS = 5;
const DRAFTS_EACH = 4;

interface Row {
  id: string;
  number: string | null;
  status: string | null;
}

test('the server killed in a burst of submissions loses and doubles nothing', async () => {
  test.setTimeout(180_000);
  const server = await Server.start(BEHIND_A_PROXY);
  try {
    const outbox = new Outbox(server.baseURL);
    const citizens = await Promise.all(Array.from({ length: CITIZENS }, () => Citizen.signUp(server.baseURL, { outbox })));
    const list = async (citizen: Citizen): Promise<Row[]> => JSON.parse((await citizen.client.api('applications/list')).body) as Row[];
    /** Whom an application belongs to, and the number it was shown with, if it was. */
    const acknowledged = new Map<string, { citizen: Citizen; number: string | null; round: number }>();
    const sent = new Set<string>();
    let cutOff = 0;

    for (let round = 1; round <= ROUNDS; round++) {
      // Copies of a filled application; «from» makes as many drafts side by side as one likes.
      const drafts: { citizen: Citizen; id: string; submit_key: string }[] = [];
      for (let n = 0; n < DRAFTS_EACH; n++) {
        for (const citizen of citizens) {
          const source = (await list(citizen))[0]?.id ?? (await citizen.draft('review'));
          const made = await citizen.client.form(`/applications/new?from=${source}`);
          const id = made.headers.location!.split('/')[2]!;
          const { submit_key } = JSON.parse((await citizen.client.api('applications/edit', { id })).body) as { submit_key: string };
          drafts.push({ citizen, id, submit_key });
        }
      }
      // Each is sent twice, as by an impatient finger.
      const burst = drafts.flatMap((draft) => [draft, draft]).map(async ({ citizen, id, submit_key }) => {
        sent.add(id);
        try {
          const answer = await citizen.client.form(`/applications/${id}/edit/review`, { submit_key, consent: 'yes' });
          expect(answer.status, answer.body.slice(0, 300)).toBe(303);
          expect(answer.headers.location).toBe(`/applications/${id}`);
          acknowledged.set(id, { citizen, number: acknowledged.get(id)?.number ?? null, round });
          const card = await citizen.client.api('applications/card', { id });
          const { number } = JSON.parse(card.body) as { number: string };
          acknowledged.set(id, { citizen, number, round });
        } catch (error) {
          if (!['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
          cutOff++;
        }
      });
      const settled = Promise.allSettled(burst);
      // Early in the burst, amid it, late in it.
      const enough = acknowledged.size + 4 * round;
      for (let waited = 0; acknowledged.size < enough && waited < 2_000; waited++) await sleep(1);
      await server.kill();
      for (const result of await settled) if (result.status === 'rejected') throw result.reason;
      await server.restart();
    }
    expect(cutOff, 'requests the crashes cut off').toBeGreaterThan(0);
    expect(acknowledged.size, 'submissions acknowledged before the crashes').toBeGreaterThan(4 * ROUNDS);
    const numbered = [...acknowledged.values()].filter(({ number }) => number).length;
    test.info().annotations.push({ type: 'measured', description: `${sent.size} sent, ${acknowledged.size} acknowledged, ${numbered} with a number seen, ${cutOff} requests cut off` });

    // Everything submitted comes to its end, without anybody asking.
    const owned = new Map<string, Row[]>();
    await expect
      .poll(
        async () => {
          const open: string[] = [];
          for (const citizen of citizens) {
            const rows = await list(citizen);
            owned.set(citizen.person.email, rows);
            open.push(...rows.filter(({ number, status }) => number && !FINAL.includes(status ?? '')).map(({ id, status }) => `${id} ${status}`));
          }
          return open;
        },
        { timeout: 60_000, message: 'submitted and without an end' },
      )
      .toEqual([]);

    // Acknowledged: there, once, under the number it was shown with.
    for (const [id, { citizen, number, round }] of acknowledged) {
      const rows = owned.get(citizen.person.email)!.filter((row) => row.id === id);
      expect(rows.length, `application acknowledged in round ${round}`).toBe(1);
      expect(rows[0]!.number, `submitted in round ${round}`).not.toBeNull();
      if (number) expect(rows[0]!.number, `number handed out in round ${round}`).toBe(number);
    }
    // Nothing of nobody, no number twice, no act of its history twice, one receipt each.
    const submitted = citizens.flatMap((citizen) => owned.get(citizen.person.email)!.filter(({ number }) => number).map((row) => ({ citizen, ...row })));
    expect(submitted.filter(({ id }) => !sent.has(id))).toEqual([]);
    expect(new Set(submitted.map(({ number }) => number)).size).toBe(submitted.length);
    const receipts = new Set<string>();
    const registered = new Set<string>();
    for (const { citizen, id } of submitted) {
      const card = await citizen.settled(id);
      const moves = card.history.map(({ status, stage }) => `${status}/${stage}`);
      expect(moves.length, moves.join(' ')).toBe(new Set(moves).size);
      expect(moves[0]).toBe('in_review/intake');
      expect(FINAL).toContain(moves.at(-1)!.split('/')[0]);
      receipts.add(card.receipt!);
      if (card.registration_number) registered.add(card.registration_number);
      const pdf = await citizen.client.get(`/files/${card.receipt}`);
      expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    }
    expect(receipts.size, 'a receipt each').toBe(submitted.length);
    const persons = new Set(submitted.map(({ citizen }) => citizen));
    expect(registered.size, 'one registration a person, the others are duplicates').toBe(persons.size);

    // Notices: the outbox lives in the process, so only what the last one sent can be counted.
    await sleep(2_000);
    const texts = (await outbox.all()).map(({ channel, to, text }) => `${channel} ${to} ${text}`);
    expect(texts.length - new Set(texts).size, 'messages sent twice').toBe(0);
    expect(await server.stop(), 'and it ends in peace').toBe(0);
  } finally {
    await server.dispose();
  }
});
