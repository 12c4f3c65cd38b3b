// Runs in the page before anything of its own. Collects paints and long tasks, keeps trying the first field until
// its message shows, and times keys to the frame that shows what they did.
(() => {
  const seen = { fcp: null, lcp: null, cls: 0, tasks: [], there: null, feedback: null, ready: null };
  const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('paint', (entry) => { if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime; });
  watch('largest-contentful-paint', (entry) => { seen.lcp = entry.startTime; });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
  watch('longtask', (entry) => seen.tasks.push([entry.startTime, entry.duration]));

  const message = (id) => document.getElementById(`${id}-error`)?.textContent.trim() ?? '';
  /** After the frame that is being made now has gone out. */
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(0);
  });

  // A person who types at once and looks for what the page says.
  const FIELD = 'last_name';
  // The frame that first has the field.
  const look = () => (document.getElementById(FIELD) ? painted((now) => { seen.there = now; }) : requestAnimationFrame(look));
  look();
  const tell = (input) => {
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  };
  const trying = setInterval(() => {
    const input = document.getElementById(FIELD);
    if (!input || !performance.getEntriesByName('first-contentful-paint').length) return;
    if (message(FIELD)) {
      clearInterval(trying);
      painted((now) => { seen.feedback = now; });
      return;
    }
    if (input.value === '') input.value = '1';
    tell(input);
  }, 10);

  const hydration = setInterval(() => {
    if (!document.documentElement?.hasAttribute('data-hydrated')) return;
    seen.ready = performance.now();
    clearInterval(hydration);
  }, 10);

  const keys = { paint: [], feedback: [] };
  // The key that brings the message counts, be it a character or the Tab that leaves the field.
  let awaited = null;
  addEventListener('keydown', (event) => {
    const pressed = event.timeStamp;
    if (awaited) awaited.pressed = pressed;
    if (event.key !== 'Tab') event.target.addEventListener('input', () => painted((now) => keys.paint.push(now - pressed)), { once: true });
  }, true);
  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      if (!awaited?.pressed || !message(awaited.id)) return;
      const { pressed } = awaited;
      awaited = null;
      painted((now) => keys.feedback.push(now - pressed));
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

  window.bench = {
    seen,
    keys,
    /** Makes a field good again and puts the focus into it, all selected. */
    prepare(id, good) {
      const input = document.getElementById(id);
      awaited = null;
      input.value = good;
      tell(input);
      input.focus();
      input.select();
      return message(id);
    },
    await(id) { awaited = { id }; },
    feedbacks: () => keys.feedback.length,
  };
})();
