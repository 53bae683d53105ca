// Passkeys: what only the browser can do when one is made, and when one signs in.

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

const written = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// What the site asks for stands in the form; on the page to sign in it is fetched when it is needed.
async function asked(form) {
  const given = form.querySelector("script[type='application/json']");
  if (given) return JSON.parse(given.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

function options(data) {
  const { publicKey } = data.creation_options ?? data.request_options;
  const told = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (told.user) told.user = { ...told.user, id: bytes(told.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    told[list] = told[list]?.map((key) => ({ ...key, id: bytes(key.id) }));
  }
  if (data.creation_options) {
    told.authenticatorSelection = {
      ...told.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    };
  }
  return { publicKey: told };
}

function answered(passkey) {
  const response = { transports: passkey.response.getTransports?.() ?? [] };
  for (const part of PARTS) {
    if (passkey.response[part]) response[part] = written(passkey.response[part]);
  }
  return {
    id: passkey.id,
    rawId: written(passkey.rawId),
    type: passkey.type,
    authenticatorAttachment: passkey.authenticatorAttachment,
    clientExtensionResults: passkey.getClientExtensionResults(),
    response,
  };
}

async function fillIn(form) {
  const button = form.querySelector("button");
  const failed = form.querySelector("[data-passkey-failed]");
  const known = form.querySelector("[data-passkey-known]");
  failed.hidden = known.hidden = button.disabled = true;
  try {
    const passkey = await navigator.credentials[form.dataset.passkey](options(await asked(form)));
    form.elements.credential.value = JSON.stringify(answered(passkey));
    form.submit();
  } catch (error) {
    (error.name === "InvalidStateError" ? known : failed).hidden = false;
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fillIn(form);
  });
}
for (const needs of document.querySelectorAll("[data-passkey-needs]")) {
  needs.hidden = Boolean(window.PublicKeyCredential);
}
