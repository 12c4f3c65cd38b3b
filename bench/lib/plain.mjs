// Serves the comparison page as the product serves its own: brotli, hashed names kept for ever, pages never kept.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { brotliCompressSync } from 'node:zlib';

const read = (name) => readFileSync(new URL(`../plain/${name}`, import.meta.url), 'utf8');

export async function startPlain() {
  const served = new Map();
  const keep = (path, type, text, cache) => {
    const packed = brotliCompressSync(text);
    served.set(path, { body: packed, headers: { 'content-type': type, 'content-encoding': 'br', 'content-length': packed.length, 'cache-control': cache } });
  };
  const named = {};
  for (const [name, type] of [['plain.css', 'text/css'], ['plain.js', 'text/javascript']]) {
    const text = read(name);
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
    named[name] = `/${hash}-${name}`;
    keep(named[name], `${type}; charset=utf-8`, text, 'public, max-age=31536000, immutable');
  }
  const filled = (text) => text.replace(/\{\{([\w.]+)\}\}/g, (_, name) => named[name]);
  const page = filled(read('index.html'));
  keep('/', 'text/html; charset=utf-8', page, 'no-store');
  keep('/offline/', 'text/html; charset=utf-8', page, 'no-store');
  keep('/offline/sw.js', 'text/javascript; charset=utf-8', filled(read('sw.js')), 'no-cache');

  const server = createServer((request, response) => {
    const found = served.get(new URL(request.url, 'http://plain').pathname);
    response.writeHead(found ? 200 : 404, found?.headers);
    response.end(found?.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    /** Brotli bytes of the page, its styles and its script. */
    bytes: { html: served.get('/').body.length, css: served.get(named['plain.css']).body.length, js: served.get(named['plain.js']).body.length },
    stop: () => new Promise((done) => { server.close(done); server.closeAllConnections(); }),
  };
}
