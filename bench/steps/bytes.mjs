// What a first visit to the form brings over the line, as it came, seen from the page on the slow phone's line.
import { House, atEnd } from '../lib/house.mjs';
import { Visitor } from '../lib/chromium.mjs';
import { startPlain } from '../lib/plain.mjs';
import { LINES, Relay } from '../lib/relay.mjs';

const KINDS = [
  ['rules', /\/early\/.*\.wasm$/, 'wasm of the rules', null],
  ['wasm', /\.wasm$/, 'wasm of the application', 250_000],
  ['glue', /\.m?js$/, 'JavaScript', null],
  ['css', /\.css$/, 'styles', null],
  ['font', /\.woff2$/, 'font', null],
  ['other', /./, 'icons and the rest', null],
];

export async function bytes() {
  const relay = await Relay.start(0);
  atEnd(() => relay.stop());
  const house = await House.start({ name: 'bytes', publicUrl: relay.url });
  relay.target = house.port;
  relay.line = LINES.mobile;
  const plain = await startPlain();
  atEnd(plain.stop);
  const visitor = await Visitor.come('mobile');
  atEnd(() => visitor.leave());
  const { files, feedback } = await visitor.visit(`${relay.url}/services/post/registration/rehearsal`, { hydrates: true });

  const section = 'first visit to the form, bytes on the line';
  const row = (id, name, value, rest = {}) => ({ id: `bytes.${id}`, section, name, unit: 'KB', value, ...rest });
  const [page, ...others] = files;
  const rows = [row('html', page.packed < page.whole ? 'page, brotli' : 'page, not packed', page.packed, { plain: plain.bytes.html, ratio: page.packed / plain.bytes.html })];
  const plainOf = { glue: plain.bytes.js, css: plain.bytes.css };
  const left = new Set(others);
  for (const [id, pattern, name, limit] of KINDS) {
    const mine = [...left].filter((file) => pattern.test(file.path));
    for (const file of mine) left.delete(file);
    const sum = mine.reduce((all, file) => all + file.packed, 0);
    const beside = plainOf[id] && { plain: plainOf[id], ratio: sum / plainOf[id] };
    rows.push(row(id, `${name}, ${mine.length} ${mine.length === 1 ? 'file' : 'files'}`, sum, { limit, ...beside }));
  }
  const needed = files.filter((file) => file.end <= feedback && !/\.woff2$/.test(file.path)).reduce((all, file) => all + file.packed, 0);
  const plainAll = plain.bytes.html + plain.bytes.css + plain.bytes.js;
  rows.push(row('critical', 'there before the first feedback, font aside', needed, { plain: plainAll, ratio: needed / plainAll, limit: 60_000 }));
  rows.push(row('all', 'all together', files.reduce((all, file) => all + file.packed, 0), { plain: plainAll }));
  return rows;
}
