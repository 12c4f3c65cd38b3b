// The bench's door: the browser decodes a photo, wasm does the rest, away from the page.
import init, { Bench } from "./bench.js";

const ready = init({ module_or_path: new URL("./bench_bg.wasm", import.meta.url) });
// A sheet of A4 at 300 dots per inch; more only costs memory.
const SIDE = 3508;
// The photo decoded last: turning and cropping it again needs no second decoding.
let last = { key: -1 };

// More than any phone takes; beyond it memory runs out before the picture is there.
const MOST_PIXELS = 100e6;
const HEIC = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);
let heif;
let tries = 0;

// What phones write and most browsers cannot read: libheif decodes it. It is a library of its own (LGPL), used as it is
// published, and loaded only when such a photo is chosen.
async function libheif() {
  let make;
  // It hands itself over by AMD where there is no CommonJS.
  self.define = Object.assign((_, given) => { make = given(); }, { amd: true });
  // Some browsers remember a module that did not come for as long as the worker lives: another try is another address.
  await import(`./heic/libheif.js${tries++ ? `?${tries}` : ""}`);
  delete self.define;
  return new Promise((done, fail) => {
    const library = make({
      locateFile: (name) => new URL(`./heic/${name}`, import.meta.url).href,
      onRuntimeInitialized: () => queueMicrotask(() => done(library)),
      onAbort: fail,
    });
  });
}

async function isHeic(file) {
  const head = new TextDecoder("latin1").decode(await file.slice(4, 12).arrayBuffer());
  return head.startsWith("ftyp") && HEIC.has(head.slice(4));
}

async function fromHeic(file) {
  // A load that failed, as without a network, is tried again with the next photo.
  const { HeifDecoder } = await (heif ??= libheif().catch((error) => { heif = undefined; throw error; }));
  const images = new HeifDecoder().decode(new Uint8Array(await file.arrayBuffer()));
  try {
    const [image] = images;
    const [width, height] = image ? [image.get_width(), image.get_height()] : [0, 0];
    if (!width || !height || width * height > MOST_PIXELS) throw new Error("heic");
    const pixels = new ImageData(width, height);
    await new Promise((done, fail) => image.display(pixels, (shown) => (shown ? done() : fail(new Error("heic")))));
    return await createImageBitmap(pixels);
  } finally {
    for (const image of images) image.free();
  }
}

async function decoded(key, file) {
  if (last.key === key) return last;
  // The browser applies the orientation the camera noted. What neither it nor libheif can decode is refused here.
  const bitmap = await createImageBitmap(file).catch(async (error) => {
    if (await isHeic(file)) return fromHeic(file);
    throw error;
  });
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  last = { key, width, height, data: context.getImageData(0, 0, width, height).data };
  return last;
}

async function work({ key, file, turn, crop, side, limit }) {
  await ready;
  const { data, width, height } = await decoded(key, file);
  const bench = new Bench(new Uint8Array(data.buffer), width, height);
  try {
    if (turn) bench.turn(turn);
    if (crop.some((cut) => cut > 0)) bench.crop(...crop);
    const small = bench.preview(side);
    const preview = { width: small.width(), height: small.height(), rgba: small.rgba() };
    small.free();
    const looks = { width: bench.width(), height: bench.height(), blurred: bench.blurred(), glaring: bench.glaring() };
    const jpeg = limit ? bench.jpeg(limit) : null;
    return { preview, looks, jpeg };
  } finally {
    bench.free();
  }
}

// One after the other: two photos at once would need the memory of both.
let turn = Promise.resolve();
self.onmessage = ({ data }) => {
  turn = turn.then(() => work(data)).then(
    (done) => self.postMessage({ job: data.job, ...done }, done.jpeg ? [done.jpeg.buffer] : []),
    () => self.postMessage({ job: data.job, failed: true }),
  );
};
