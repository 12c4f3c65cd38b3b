// One visitor: a fresh profile of Debian's Chromium, one page after the other on one line.
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { folder } from './house.mjs';

const { chromium } = createRequire(new URL('../../end2end/package.json', import.meta.url))('@playwright/test');
const OBSERVE = readFileSync(new URL('./observe.js', import.meta.url), 'utf8');
const PATIENCE = 60_000;
/** A browser that has just been started still loads parts of itself, on the same two cores. */
const SETTLED = 3000;

/** `alone`: for so long the page is not asked how it goes, since asking runs scripts in it, in the middle of its paints. */
export const DEVICES = {
  desktop: { alone: 1000, slowdown: 1, viewport: { width: 1280, height: 900 } },
  mobile: { alone: 3500, slowdown: 4, viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};

export class Visitor {
  static async come(device) {
    const visitor = new Visitor();
    const { alone, slowdown, ...screen } = DEVICES[device];
    Object.assign(visitor, { alone, slowdown });
    visitor.profile = folder('profile');
    // A profile on disk, not a private window: those keep no compiled code between visits.
    visitor.context = await chromium.launchPersistentContext(visitor.profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      locale: 'ru-RU',
      timezoneId: 'Europe/Moscow',
      ...screen,
    });
    await visitor.context.addInitScript(OBSERVE);
    await sleep(SETTLED);
    return visitor;
  }

  /** Opens a page in a new tab and waits until it has answered the first field and is quiet: what was seen. */
  async visit(url, { hydrates }) {
    await this.page?.close();
    const page = await this.context.newPage();
    this.page = page;
    const cdp = await this.context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: this.slowdown });
    await page.goto(url, { waitUntil: 'commit', timeout: PATIENCE });
    await sleep(this.alone);
    await page.waitForFunction((wanted) => window.bench?.seen.feedback && (!wanted || window.bench.seen.ready), hydrates, { timeout: PATIENCE, polling: 50 });
    await page.waitForLoadState('load');
    await page.waitForTimeout(500);
    const { seen, files } = await page.evaluate(() => ({
      seen: window.bench.seen,
      files: [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .map(({ name, encodedBodySize, decodedBodySize, responseEnd }) => ({ path: new URL(name).pathname, packed: encodedBodySize, whole: decodedBodySize, end: responseEnd })),
    }));
    // As Lighthouse counts: what of each task goes beyond 50 ms, after the first paint.
    const blocked = seen.tasks.filter(([start]) => start >= seen.fcp).reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0);
    // Usable is the first paint that has the field: later than the first of all where a shell is painted before.
    const usable = Math.max(seen.fcp, seen.there ?? seen.fcp);
    return { ...seen, blocked, usable, files };
  }

  /** Waits until a service worker serves this page's next visit. */
  async installed() {
    await this.page.waitForFunction(() => navigator.serviceWorker.ready.then((registration) => Boolean(registration.active)), undefined, { timeout: PATIENCE });
    await this.page.waitForTimeout(300);
  }

  /** Types into the fields and leaves them, as the keyboard does: milliseconds of each key. */
  async type(samples, repeats) {
    for (let round = 0; round < repeats; round += 1) {
      for (const { id, good, bad } of samples) {
        const left = await this.page.evaluate(([field, value]) => window.bench.prepare(field, value), [id, good]);
        if (left) await this.page.waitForFunction((field) => !document.getElementById(`${field}-error`).textContent.trim(), id, { timeout: 5000 });
        const before = await this.page.evaluate((field) => (window.bench.await(field), window.bench.feedbacks()), id);
        await this.page.keyboard.type(bad, { delay: 40 });
        await this.page.keyboard.press('Tab');
        await this.page.waitForFunction((count) => window.bench.feedbacks() > count, before, { timeout: 5000, polling: 20 });
      }
    }
    return this.page.evaluate(() => window.bench.keys);
  }

  async leave() {
    await this.context.close();
    rmSync(this.profile, { recursive: true, force: true });
  }
}
