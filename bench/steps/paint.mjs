// The form against the same form as one plain page: by turns, in fresh profiles, on a desktop and on a slow phone.
import { House, atEnd } from '../lib/house.mjs';
import { Visitor } from '../lib/chromium.mjs';
import { LINES, Relay } from '../lib/relay.mjs';
import { median, quantile } from '../lib/numbers.mjs';
import { startPlain } from '../lib/plain.mjs';

const FORM = '/services/post/registration/rehearsal';
/** The head of the page's own answer, which also goes over the line: policies and all. */
const HEADERS = 1200;
/** Each typed wrong and left; before that it holds what no rule refuses. */
const TYPED = [
  { id: 'last_name', good: 'Соколова', bad: '11' },
  { id: 'first_name', good: 'Анна', bad: '11' },
  { id: 'passport_series', good: '4519', bad: '12' },
  { id: 'passport_number', good: '123456', bad: '12' },
  { id: 'passport_department_code', good: '770-001', bad: '12' },
  { id: 'snils', good: '112-233-445 95', bad: '12' },
  { id: 'phone', good: '+7 916 123-45-67', bad: '12' },
  { id: 'email', good: 'anna@example.ru', bad: 'ab' },
  { id: 'registration_postcode', good: '630099', bad: '12' },
];

async function visits(side, device) {
  const { relay, path, offlinePath, hydrates } = side;
  relay.line = LINES[device];
  const visitor = await Visitor.come(device);
  try {
    const run = { first: await visitor.visit(relay.url + path, { hydrates }) };
    run.keys = await visitor.type(TYPED, 2);
    if (hydrates) await visitor.installed();
    relay.hangUp();
    relay.down = 0;
    run.again = await visitor.visit(relay.url + path, { hydrates });
    // The page itself is never kept; what comes beside it should be.
    run.againBytes = relay.down;
    run.besidePage = relay.down - run.again.files[0].packed;
    if (!hydrates) {
      await visitor.visit(relay.url + offlinePath, { hydrates });
      await visitor.installed();
    }
    await relay.online(false);
    run.offline = await visitor.visit(relay.url + offlinePath, { hydrates });
    return run;
  } finally {
    await visitor.leave();
    if (!relay.server.listening) await relay.online(true);
  }
}

/** What of a visit is told, and how much more than the plain page it may be. */
const TOLD = [
  ['first', 'fcp', 'first paint', 1.0],
  ['first', 'lcp', 'largest paint', 1.2],
  ['first', 'usable', 'usable form', 1.2],
  ['first', 'feedback', 'first feedback', 1.6],
  ['again', 'usable', 'repeat visit, usable', 1.3],
  ['again', 'feedback', 'repeat visit, first feedback', null],
  ['offline', 'usable', 'offline start, usable', 1.4],
  ['offline', 'feedback', 'offline start, first feedback', null],
];

export async function paint({ runs, say }) {
  const plain = await startPlain();
  atEnd(plain.stop);
  const plainRelay = await Relay.start(plain.port);
  const relay = await Relay.start(0);
  atEnd(() => plainRelay.stop());
  atEnd(() => relay.stop());
  const house = await House.start({ name: 'paint', publicUrl: relay.url });
  relay.target = house.port;
  const sides = {
    plain: { relay: plainRelay, path: '/', offlinePath: '/offline/', hydrates: false },
    ours: { relay, path: FORM, offlinePath: FORM, hydrates: true },
  };
  const rows = [];
  for (const device of ['desktop', 'mobile']) {
    const seen = { plain: [], ours: [] };
    for (let run = 0; run < runs; run += 1) {
      // By turns, and who is first by turns too.
      for (const name of run % 2 ? ['ours', 'plain'] : ['plain', 'ours']) {
        say(`${LINES[device].name}, run ${run + 1} of ${runs}: ${name}`);
        seen[name].push(await visits(sides[name], device));
      }
    }
    rows.push(...told(device, seen));
  }
  await house.stop();
  return rows;
}

function told(device, seen) {
  const section = `the form, ${LINES[device].name}`;
  const rows = [];
  const beside = (id, name, ours, theirs, goal) =>
    rows.push({ id: `${device}.${id}`, section, name, unit: 'ms', value: ours, plain: theirs, ratio: ours / theirs, goal });
  const both = (pick) => [median(seen.ours.map(pick)), median(seen.plain.map(pick))];
  for (const [visit, figure, name, goal] of TOLD) {
    beside(`${visit}.${figure}`, name, ...both((run) => run[visit][figure]), goal);
  }
  const keys = (name, kind) => seen[name].flatMap((run) => run.keys[kind]);
  for (const [kind, name] of [['paint', 'key to paint'], ['feedback', 'key to feedback']]) {
    for (const [share, label] of [[0.5, 'p50'], [0.95, 'p95']]) {
      const limit = share === 0.95 ? 50 : undefined;
      const [ours, theirs] = [quantile(keys('ours', kind), share), quantile(keys('plain', kind), share)];
      rows.push({ id: `${device}.key.${kind}.${label}`, section, name: `${name}, ${label}`, unit: 'ms', value: ours, plain: theirs, ratio: ours / theirs, goal: 1.1, limit });
    }
  }
  const [cls, plainCls] = both((run) => run.first.cls);
  rows.push({ id: `${device}.cls`, section, name: 'layout shift', unit: 'shift', value: cls, plain: plainCls, limit: 0.001 });
  const [blocked, plainBlocked] = both((run) => run.first.blocked);
  rows.push({ id: `${device}.blocked`, section, name: 'total blocking time', unit: 'ms', value: blocked, plain: plainBlocked, limit: 50 });
  rows.push({ id: `${device}.ready`, section, name: 'application hydrated', unit: 'ms', value: median(seen.ours.map((run) => run.first.ready)) });
  const [bytes, plainBytes] = both((run) => run.againBytes);
  rows.push({ id: `${device}.again.bytes`, section, name: 'repeat visit, bytes on the line', unit: 'KB', value: bytes, plain: plainBytes });
  const [more, plainBeside] = both((run) => run.besidePage);
  rows.push({ id: `${device}.again.beside`, section, name: 'of them beside the page’s own text', unit: 'KB', value: more, plain: plainBeside, limit: 1000 + HEADERS });
  return rows;
}
