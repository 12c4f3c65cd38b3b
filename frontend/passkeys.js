// Passkeys, where the browser has them. What is marked data-passkey stays invisible, in its place, until this script is here; everything
// it asks and answers is checked by the server (server/src/desks/passkeys.rs). Loaded by the pages of login and security.
(() => {
  const root = document.documentElement;
  if (root.dataset.passkeys !== undefined || !window.PublicKeyCredential) return;
  root.dataset.passkeys = '';

  const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

  async function post(act, body) {
    const answer = await fetch(`/passkeys/${act}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const json = await answer.json();
    if (!answer.ok) throw json;
    return json;
  }

  async function add(name) {
    const asked = await post('ask_add', {});
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(asked.challenge),
        rp: { id: asked.rpId, name: asked.rpName },
        user: { ...asked.user, id: bytes(asked.user.id) },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: asked.exclude.map((id) => ({ type: 'public-key', id: bytes(id) })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
        timeout: asked.timeout,
      },
    });
    return post('add', { name, challenge: asked.challenge, client: text(made.response.clientDataJSON), spoken: text(made.response.getAuthenticatorData()) });
  }

  async function login() {
    const asked = await post('ask', {});
    const used = await navigator.credentials.get({
      publicKey: { challenge: bytes(asked.challenge), rpId: asked.rpId, userVerification: 'required', timeout: asked.timeout },
    });
    const { clientDataJSON, authenticatorData, signature } = used.response;
    const next = new URLSearchParams(location.search).get('next') ?? '';
    return post('login', { id: text(used.rawId), challenge: asked.challenge, client: text(clientDataJSON), spoken: text(authenticatorData), signature: text(signature), next });
  }

  document.addEventListener('click', async (event) => {
    const button = event.target.closest?.('button[data-passkey]');
    if (!button || button.ariaBusy) return;
    event.preventDefault();
    const box = button.closest('[data-passkey-box]');
    const said = box?.querySelector('[data-passkey-said]');
    button.ariaBusy = 'true';
    if (said) said.textContent = '';
    try {
      const { to } = button.dataset.passkey === 'add' ? await add(box.querySelector('input').value) : await login();
      location.assign(to);
    } catch (error) {
      if (error?.code === 'OTD-2104') location.assign(`/cabinet/proof?next=${location.pathname}`);
      // The person closed the browser's own window: nothing to say.
      else if (said && error?.name !== 'NotAllowedError') said.textContent = error?.fields?.[0]?.message ?? error?.message ?? String(error);
    } finally {
      button.ariaBusy = null;
    }
  });
})();
