// Passkeys: the browser is asked what the server asks, and its answer goes with the form. Without this
// script, and where the browser has no passkeys, there are passwords and codes.
{
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0),
  );
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const create = async ({ publicKey }) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        user: { ...publicKey.user, id: bytes(publicKey.user.id) },
        excludeCredentials: named(publicKey.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      response: {
        attestationObject: text(made.response.attestationObject),
        clientDataJSON: text(made.response.clientDataJSON),
        transports: made.response.getTransports?.() ?? [],
      },
      extensions: made.getClientExtensionResults(),
    };
  };

  const get = async ({ publicKey }) => {
    const given = await navigator.credentials.get({
      publicKey: {
        ...publicKey,
        challenge: bytes(publicKey.challenge),
        allowCredentials: named(publicKey.allowCredentials),
      },
    });
    return {
      id: given.id,
      rawId: text(given.rawId),
      type: given.type,
      response: {
        authenticatorData: text(given.response.authenticatorData),
        clientDataJSON: text(given.response.clientDataJSON),
        signature: text(given.response.signature),
        userHandle: given.response.userHandle ? text(given.response.userHandle) : null,
      },
      extensions: given.getClientExtensionResults(),
    };
  };

  for (const form of document.querySelectorAll("[data-quarterlight-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    const said = form.querySelector("[data-quarterlight-passkey-said]");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      said.textContent = "Follow what your device asks.";
      ask(form).then(() => form.submit()).catch(() => {
        said.textContent = "Your device gave no passkey. Try again, or go on without.";
      });
    });
  }

  async function ask(form) {
    const reply = await fetch(form.dataset.quarterlightPasskey, { method: "POST" });
    if (!reply.ok) throw new Error("no question");
    const answer = form.dataset.quarterlightPasskeyDoes === "create" ? create : get;
    form.elements.answer.value = JSON.stringify(await answer(await reply.json()));
  }
}
