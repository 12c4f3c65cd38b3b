// How soon a new password would be guessed, beside its field: asked of the server a pause after the last key. Without
// this script the form says so when it is sent. Loaded by the pages that set a password.
(() => {
  const root = document.documentElement;
  if (root.dataset.strength !== undefined) return;
  root.dataset.strength = '';
  let timer, asked;

  function show(box, score, words) {
    const meter = box.querySelector('meter');
    meter.hidden = score === null;
    meter.value = score ?? 0;
    const said = box.querySelector('p');
    if (said.textContent !== words) said.textContent = words;
  }

  async function ask(input, box) {
    const near = [...input.form.elements].filter((e) => ['text', 'tel', 'email'].includes(e.type) && e.name !== input.name && e.value);
    const body = JSON.stringify({ password: input.value, about: near.map((e) => e.value) });
    asked?.abort();
    asked = new AbortController();
    const answer = await fetch('/password/strength', { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal: asked.signal });
    if (!answer.ok) return;
    const { score, words } = await answer.json();
    if (!input.value) return;
    show(box, score, words);
  }

  document.addEventListener('input', ({ target }) => {
    const box = target.id === 'password' && document.getElementById('password-strength');
    if (!box) return;
    clearTimeout(timer);
    if (!target.value) {
      show(box, null, '');
      return;
    }
    timer = setTimeout(() => ask(target, box).catch(() => {}), 400);
  });
})();
