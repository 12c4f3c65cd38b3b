// Files on a page: chosen, dropped, pasted; photos made ready by the bench; sent in parts. Blobs, workers and drops
// speak JavaScript, so this file does too; what to do with a file is decided in Rust (app/src/documents/queue.rs).
const kept = new Map();
let keys = 0;
let bench, jobs = 0;
const waiting = new Map();

const PICTURES = /\.(png|webp|heic|heif|avif|gif|bmp|jpe?g)$/i;
const isPicture = (file) => file.type.startsWith("image/") || PICTURES.test(file.name);

function take(files) {
  return JSON.stringify([...files].map((file) => {
    const key = ++keys;
    kept.set(key, { file, ready: null });
    return { key, name: file.name || "photo.png", size: file.size, picture: isPicture(file) };
  }));
}

// Takes the files out of the inputs of a form and leaves these empty.
export function chosen(form) {
  const inputs = [...document.querySelectorAll(`#${form} input[type=file]`)];
  const files = inputs.flatMap((input) => [...input.files]);
  for (const input of inputs) input.value = "";
  return take(files);
}

let stop = new AbortController();
export function unlisten() { stop.abort(); }

// Files that are chosen, dropped on the form or pasted anywhere on the page, until `unlisten`.
export function listen(form, added) {
  unlisten();
  stop = new AbortController();
  hear(form, added, stop);
}

// After a move inside the app the form is made a moment before it stands in the document.
function hear(form, added, stop) {
  const element = document.getElementById(form);
  if (stop.signal.aborted) return;
  if (!element) {
    requestAnimationFrame(() => hear(form, added, stop));
    return;
  }
  const on = (target, kind, act) => target.addEventListener(kind, act, { signal: stop.signal });
  // With the bench more kinds of pictures can be taken than a plain form can send.
  for (const input of element.querySelectorAll("input[type=file]:not([capture])")) input.accept = ".pdf,application/pdf,image/*,.heic,.heif";
  on(element, "change", (event) => { if (event.target.type === "file") added(chosen(form)); });
  on(element, "dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    element.dataset.over = "";
  });
  on(element, "dragleave", () => { delete element.dataset.over; });
  on(element, "drop", (event) => {
    event.preventDefault();
    delete element.dataset.over;
    added(take(event.dataTransfer.files));
  });
  on(document, "paste", (event) => {
    const files = [...event.clipboardData.files];
    if (files.length > 0) { event.preventDefault(); added(take(files)); }
  });
  // What was chosen before the page came to life.
  if ([...element.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0)) added(chosen(form));
}

export function forget(key) { kept.delete(key); }

function ask(message) {
  if (!bench) {
    bench = new Worker("/bench/worker.js", { type: "module" });
    const all = (act) => { for (const job of waiting.values()) act(job); waiting.clear(); };
    bench.onerror = (event) => { event.preventDefault(); bench = undefined; all((job) => job.fail(new Error("bench"))); };
    bench.onmessage = ({ data }) => {
      const job = waiting.get(data.job);
      waiting.delete(data.job);
      if (job) data.failed ? job.fail(new Error("picture")) : job.done(data);
    };
  }
  return new Promise((done, fail) => {
    const job = ++jobs;
    waiting.set(job, { done, fail });
    bench.postMessage({ job, ...message });
  });
}

const edit = (turn, crop) => ({ turn, crop: JSON.parse(crop) });

// Draws a photo as it will be sent and says how it looks.
export async function look(key, canvas, turn, crop) {
  const { preview, looks } = await ask({ key, file: kept.get(key).file, ...edit(turn, crop), side: 480, limit: 0 });
  const element = document.getElementById(canvas);
  if (element) {
    element.width = preview.width;
    element.height = preview.height;
    element.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(preview.rgba), preview.width, preview.height), 0, 0);
  }
  return JSON.stringify(looks);
}

// Makes the JPG that will be sent: its size.
export async function develop(key, turn, crop, limit) {
  const { jpeg } = await ask({ key, file: kept.get(key).file, ...edit(turn, crop), side: 16, limit });
  if (!jpeg || jpeg.length === 0) throw new Error("picture");
  kept.get(key).ready = new Blob([jpeg], { type: "image/jpeg" });
  return kept.get(key).ready.size;
}

// By what the server knows the same file again: SHA-256 of what will be sent.
export async function digest(key) {
  const { file, ready } = kept.get(key);
  const bytes = await crypto.subtle.digest("SHA-256", await (ready ?? file).arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Sends one part: status and body, or an exception when there is no line.
export async function put(url, key, offset, length) {
  const { file, ready } = kept.get(key);
  const body = (ready ?? file).slice(offset, offset + length, "application/octet-stream");
  const answer = await fetch(url, { method: "PUT", body, signal: AbortSignal.timeout(60000) });
  return JSON.stringify([answer.status, await answer.text()]);
}
