// Drafts on the device, sealed with a key that scripts can use but nobody can read out (WebCrypto,
// non-extractable). What lies on the disk is ciphertext; wiping the store removes key and drafts together.
const open = () => new Promise((done, failed) => {
  const request = indexedDB.open("otdelenie", 1);
  request.onupgradeneeded = () => { request.result.createObjectStore("drafts"); request.result.createObjectStore("keys"); };
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});
const run = async (store, mode, act) => {
  const db = await open();
  try {
    return await new Promise((done, failed) => {
      const transaction = db.transaction(store, mode);
      const request = act(transaction.objectStore(store));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => failed(transaction.error);
    });
  } finally { db.close(); }
};
const key = async () => {
  const kept = await run("keys", "readonly", s => s.get("drafts"));
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // Two tabs may race: `add` lets the first one win, and both then use what is stored.
  await run("keys", "readwrite", s => s.add(made, "drafts")).catch(() => {});
  return run("keys", "readonly", s => s.get("drafts"));
};
export async function keep(name, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(text));
  await run("drafts", "readwrite", s => s.put({ iv, data, at: Date.now() }, name));
}
export async function recall(name) {
  const kept = await run("drafts", "readonly", s => s.get(name));
  if (!kept) return null;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, await key(), kept.data);
    return new TextDecoder().decode(plain);
  } catch { return null; }
}
export async function forget(name) { await run("drafts", "readwrite", s => s.delete(name)); }
export async function names() { return run("drafts", "readonly", s => s.getAllKeys()); }
// Drops what others than `person` left here (empty: nobody is known), and what was kept before the moment `since`.
export async function tidy(person, since) {
  await run("drafts", "readwrite", s => {
    const request = s.openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      const foreign = person && !String(cursor.key).startsWith(`${person}/`);
      if (foreign || !(cursor.value.at >= since)) cursor.delete();
      cursor.continue();
    };
    return request;
  });
}
export async function wipe() {
  await run("drafts", "readwrite", s => s.clear());
  await run("keys", "readwrite", s => s.clear());
}
