// The service worker of «Отделение»: starts the installed application without a network.
// It keeps two things and never anything else: the built files, whose names carry a hash of their content, and
// pages as the server gives them to nobody: `/shell`, and the form that is open to all. Anybody's own pages, answers of
// the API, files and events are never stored, so no personal data can be found in a cache, whoever uses the device next.

// The server fills in these three when it serves the file.
const VERSION = /*VERSION*/"";
const ASSETS = /*ASSETS*/[];
// Usable without a network as soon as it is painted; the shell has to be filled first.
const FORM = /*FORM*/"";

const PREFIX = "otdelenie-";
const CACHE = PREFIX + VERSION;
const SHELL = "/shell";
const KEPT = new Set(ASSETS.map((asset) => new URL(asset, self.location.origin).pathname));

// Downloads, machine routes and the demo's pages have no offline form: the browser itself says that there is no network.
const NEVER = /^\/((api|files|events|hooks|demo|healthz|readyz|metrics)(\/|$)|cabinet\/(data\/archive|journal\/export)|deletion\/\w+\/certificate)/;

self.addEventListener("install", (event) => {
  event.waitUntil(fill());
});

// Waits for the old version's pages to close, or for a "skip-waiting" message: a form is never changed under the hands
// of the person filling it in.
self.addEventListener("activate", (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener("message", (event) => {
  if (event.data && event.data.type === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  // A part of a file (Range) must not be answered with the whole of it.
  if (request.method !== "GET" || url.origin !== self.location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    event.respondWith(NEVER.test(url.pathname) ? asked(event) : page(event));
  } else if (KEPT.has(url.pathname) && url.search === "") {
    event.respondWith(asset(request));
  }
});

// All or nothing: a half-filled cache would start a half-working page, so one failure fails the installation.
async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(ASSETS);
  for (const path of [SHELL, FORM]) {
    // Without cookies the server cannot put anyone into the page, and "reload" passes by the browser's own cache.
    const page = await fetch(path, { credentials: "omit", cache: "reload" });
    if (!page.ok || page.redirected || page.type !== "basic") throw new Error(`no ${path}`);
    await cache.put(path, await marked(page));
  }
}

// Says of itself that it was kept: a browser may think itself connected to a network that leads nowhere.
async function marked(page) {
  const headers = new Headers(page.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  const text = await page.text();
  const said = text.replace("<html", "<html data-kept");
  if (said === text) throw new Error("no html");
  return new Response(said, { headers });
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  // The page is asked for while the worker still starts.
  if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
  await self.clients.claim();
}

// What was asked for while the worker started is the answer: left to the browser, it would be asked for a second time, and a
// receipt taken once would stand in the journal twice.
async function asked(event) {
  return (await event.preloadResponse) || fetch(event.request);
}

// The network first, with no time limit: a slow line still gets its page. What is kept answers only when there is no line.
async function page(event) {
  try {
    return await asked(event);
  } catch (failure) {
    const cache = await caches.open(CACHE);
    const { pathname, search } = new URL(event.request.url);
    const kept = await cache.match(pathname === FORM && search === "" ? FORM : SHELL, { ignoreVary: true });
    if (kept) return kept;
    throw failure;
  }
}

// A notice: its number and text, and the page of ours it is about. Whatever arrives, something is shown: browsers ask for it.
self.addEventListener("push", (event) => {
  event.waitUntil(notice(event.data));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(opened(event.notification.data));
});

async function notice(data) {
  let told = {};
  try {
    told = data.json();
  } catch {
    // Not a message of this version.
  }
  const { id, title, text, to } = told;
  await self.registration.showNotification(title || "Отделение", {
    body: text || "",
    tag: id,
    icon: "/icons/icon-192.png",
    data: to || "/cabinet",
  });
  if (id) {
    // That it was shown; without a line it merely stays «sent».
    const said = { method: "POST", credentials: "omit", headers: { "content-type": "application/json" }, body: JSON.stringify({ id }) };
    await fetch("/push/shown", said).catch(() => {});
  }
}

// A page that stands there already comes forward; any other is left alone, for somebody may be typing in it.
async function opened(to) {
  const wanted = new URL(to, self.location.origin);
  if (wanted.origin !== self.location.origin) return;
  const pages = await self.clients.matchAll({ type: "window" });
  const there = pages.find((page) => new URL(page.url).pathname === wanted.pathname);
  if (there) await there.focus();
  else await self.clients.openWindow(wanted.pathname);
}

async function asset(request) {
  const cache = await caches.open(CACHE);
  // By path: the page may ask with other headers than the installation did.
  const kept = await cache.match(new URL(request.url).pathname, { ignoreVary: true });
  return kept || fetch(request);
}
