// The least service worker: keeps the page and its two files; pages from the network first, files from the cache.
const FILES = ['/offline/', '{{plain.css}}', '{{plain.js}}'];
self.addEventListener('install', (event) => event.waitUntil(caches.open('plain').then((cache) => cache.addAll(FILES))));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const kept = () => caches.match(event.request, { ignoreVary: true });
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(kept));
  else event.respondWith(kept().then((answer) => answer ?? fetch(event.request)));
});
