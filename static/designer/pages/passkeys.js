// Passkeys: what the server asks for goes to the browser, and what the browser answers goes back with the form.

const WORDS = {
  NotAllowedError: "That was cancelled, or took too long. Try again.",
  InvalidStateError: "This device has a passkey for this account already.",
  SecurityError: "Passkeys need HTTPS and a host name.",
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    void answer(form);
  });
}

/** Asks the browser for what a form needs, and sends the form. @param {HTMLFormElement} form */
async function answer(form) {
  const problem = form.querySelector("[role=alert]");
  problem.hidden = true;
  try {
    const credential = form.dataset.passkey === "create" ? await made(form) : await given(form);
    form.elements.credential.value = JSON.stringify(asJson(credential));
    form.submit();
  } catch (error) {
    problem.textContent = WORDS[error.name] ?? "That did not work. Reload the page and try again.";
    problem.hidden = false;
  }
}

/** Makes a passkey. @param {HTMLFormElement} form */
async function made(form) {
  const { publicKey } = optionsOf(form).creation_options;
  const alone = form.elements.passwordless.checked;
  const selection = { ...publicKey.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) selection.userVerification = "required";
  const user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  const excludeCredentials = (publicKey.excludeCredentials ?? []).map(withBytes);
  const asked = { ...publicKey, user, excludeCredentials, authenticatorSelection: selection, challenge: bytes(publicKey.challenge) };
  return navigator.credentials.create({ publicKey: asked });
}

/** Shows a passkey that there is. @param {HTMLFormElement} form */
async function given(form) {
  const { publicKey } = (form.dataset.passkey === "login" ? await fetched(form.action) : optionsOf(form)).request_options;
  const allowCredentials = (publicKey.allowCredentials ?? []).map(withBytes);
  return navigator.credentials.get({ publicKey: { ...publicKey, allowCredentials, challenge: bytes(publicKey.challenge) } });
}

async function fetched(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

function optionsOf(form) {
  return JSON.parse(document.getElementById(form.dataset.options).textContent);
}

function withBytes(credential) {
  return { ...credential, id: bytes(credential.id) };
}

/** A credential with its bytes as text. @param {PublicKeyCredential} credential */
function asJson(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const texts = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { ...Object.fromEntries(texts), transports: response.getTransports?.() ?? [] },
  };
}

/** @param {string} written base64url @returns {Uint8Array} */
function bytes(written) {
  const plain = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer @returns {string} base64url */
function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
