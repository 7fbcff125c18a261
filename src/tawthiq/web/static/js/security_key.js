/* Asks the browser for a security key's answer and sends the form with it.

   The form says whether a key is made or asked (data-security-key), its hidden field holds what to ask (data-options) and gets the
   answer: JSON with bytes in URL-safe base64, as WebAuthn level 3 section 5.1.8 writes it. Without script the button stays off. */

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const text = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
};

const listed = (descriptors) => (descriptors ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

const made = async (options) => {
  const key = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    },
  });
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(key.response.clientDataJSON),
      attestationObject: text(key.response.attestationObject),
    },
  };
};

const asked = async (options) => {
  const key = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) },
  });
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(key.response.clientDataJSON),
      authenticatorData: text(key.response.authenticatorData),
      signature: text(key.response.signature),
    },
  };
};

for (const form of document.querySelectorAll("form[data-security-key]")) {
  const field = form.querySelector("[name=answer]");
  const button = form.querySelector("button");
  const trouble = form.querySelector("[role=alert][hidden]");
  if (!window.PublicKeyCredential) {
    trouble.textContent = form.dataset.failed;
    trouble.hidden = false;
    continue;
  }
  button.disabled = false;
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    button.disabled = true;
    trouble.hidden = true;
    try {
      const options = JSON.parse(field.dataset.options);
      field.value = JSON.stringify(await (form.dataset.securityKey === "create" ? made : asked)(options));
      form.requestSubmit();
    } catch {
      trouble.textContent = form.dataset.failed;
      trouble.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
