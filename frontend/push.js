// Notices on this device, where the browser has them. What it finds out stands at the root of the document (data-push:
// none, denied, off, on) and styles show what fits. Permission is asked for only when the person presses the button.
// Loaded by the page of notices; everything it gives is checked by the server (server/src/desks/push.rs).
(() => {
  const root = document.documentElement;
  if (window.otdeleniePush) return;
  window.otdeleniePush = true;

  const able = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const nameOf = async (endpoint) => text(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)));

  // The device's own row, if the server tells it.
  async function own(box) {
    const registration = await navigator.serviceWorker.getRegistration('/');
    const subscription = await registration?.pushManager.getSubscription();
    if (!subscription) return null;
    const row = box.querySelector(`[data-device="${await nameOf(subscription.endpoint)}"]`);
    return row && { row, subscription };
  }

  const seen = new WeakSet();
  async function look() {
    const box = document.querySelector('[data-push-box]');
    if (!box || seen.has(box)) return;
    seen.add(box);
    if (!able) root.dataset.push = 'none';
    else if (Notification.permission === 'denied') root.dataset.push = 'denied';
    else {
      const here = await own(box).catch(() => null);
      here?.row.querySelector('[data-device-here]').removeAttribute('hidden');
      root.dataset.push = here ? 'on' : 'off';
    }
  }

  async function subscribe(key) {
    await navigator.serviceWorker.register('/sw.js');
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    try {
      return await pushManager.subscribe(options);
    } catch (error) {
      if (error.name !== 'InvalidStateError') throw error;
      // Connected once to a portal with another key: that can be no more.
      await (await pushManager.getSubscription())?.unsubscribe();
      return pushManager.subscribe(options);
    }
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('[data-push-add]');
    if (!button || button.ariaBusy) return;
    const box = button.closest('[data-push-box]');
    const said = box.querySelector('[data-push-said]');
    button.ariaBusy = 'true';
    said.textContent = '';
    try {
      const allowed = await Notification.requestPermission();
      if (allowed === 'denied') root.dataset.push = 'denied';
      // The person closed the browser's own question: nothing to say.
      if (allowed !== 'granted') return;
      const subscription = await subscribe(box.dataset.pushBox);
      const answer = await fetch('/push/subscribe', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(subscription) });
      const json = await answer.json();
      if (!answer.ok) throw json;
      location.assign(json.to);
    } catch (error) {
      said.textContent = (error?.code && error.message) || said.dataset.failed;
    } finally {
      button.ariaBusy = null;
    }
  });

  // The server forgets the device by the form itself; here the browser gives its address back.
  document.addEventListener('submit', (event) => {
    const row = event.target.closest?.('[data-device]');
    const box = row?.closest('[data-push-box]');
    if (box && able) own(box).then((here) => here?.row === row && here.subscription.unsubscribe()).catch(() => {});
  });

  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})();
