// Forms that a passkey answers. Each asks the server what to ask the device, lets the browser
// ask, and sends what came back as an ordinary form. Without script such a form stays hidden,
// and the page says so; at another address than the one that passkeys are bound to as well.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const listed = (keys) => (keys ?? []).map((k) => ({ ...k, id: toBytes(k.id) }));

class Refusal extends Error {}

// read makes the browser's options of the server's: bytes come as text.
function read(options) {
  const o = { ...options, challenge: toBytes(options.challenge) };
  if (o.user) o.user = { ...o.user, id: toBytes(o.user.id) };
  o.excludeCredentials = listed(o.excludeCredentials);
  o.allowCredentials = listed(o.allowCredentials);
  return o;
}

function written(key) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = toText(key.response[name]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return JSON.stringify({ id: key.id, rawId: toText(key.rawId), type: key.type, response, clientExtensionResults: key.getClientExtensionResults() });
}

// ask asks the server for the options; null where it leads elsewhere first.
async function ask(form) {
  const body = new URLSearchParams({ gor: "fraga" });
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  const said = await answer.json();
  const to = said.bekrafta ?? said.logga_in;
  if (to) location.assign(to);
  if (!to && !answer.ok) throw new Refusal(said.fel);
  return to ? null : said;
}

async function answer(form) {
  const asked = await ask(form);
  if (!asked) return;
  const key = await navigator.credentials[form.dataset.passkey]({ publicKey: read(asked.val) });
  form.elements.steg.value = asked.steg;
  form.elements.svar.value = written(key);
  form.submit();
}

function why(form, e) {
  if (e instanceof Refusal && e.message) return e.message;
  return e instanceof DOMException && ["NotAllowedError", "AbortError"].includes(e.name) ? form.dataset.stopped : form.dataset.failed;
}

function start(form) {
  const said = form.querySelector("[data-passkey-said]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.textContent = "";
    answer(form).catch((e) => (said.textContent = why(form, e)));
  });
  form.hidden = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const elsewhere = form.parentElement.querySelector("[data-passkey-elsewhere]");
  if (form.dataset.origin === location.origin && window.PublicKeyCredential) start(form);
  else if (elsewhere) elsewhere.hidden = false;
}
