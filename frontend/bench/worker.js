// The bench's door: the browser decodes a photo, wasm does the rest, away from the page.
import init, { Bench } from "./bench.js";

const ready = init({ module_or_path: new URL("./bench_bg.wasm", import.meta.url) });
// A sheet of A4 at 300 dots per inch; more only costs memory.
const SIDE = 3508;
// The photo decoded last: turning and cropping it again needs no second decoding.
let last = { key: -1 };

async function decoded(key, file) {
  if (last.key === key) return last;
  // The browser applies the orientation the camera noted. What it cannot decode is refused here.
  const bitmap = await createImageBitmap(file);
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
