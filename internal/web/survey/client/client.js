// Leaves at once by button and Escape; sends each answer and replaces the page, so that the tab's
// history stays one line; says when an answer could not be sent, and keeps it on the page. The
// tabs of whoever handed the device over are told to blank themselves. Closes by itself when
// nobody does anything, and tells the server while somebody does. Everything works without.
const here = "/s";
history.replaceState(null, "", here);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
const others = new BroadcastChannel("foljsam");
if (!("closed" in document.body.dataset)) others.postMessage("stangd");

let leaving = false;

// The page is gone before anything is sent, and stays gone should the connection be cut.
async function leave() {
  if (leaving) return;
  leaving = true;
  document.body.replaceChildren();
  for (;;) {
    try {
      const answer = await fetch(here, { method: "POST", body: new URLSearchParams({ gor: "lamna" }), keepalive: true, cache: "no-store", redirect: "manual" });
      if (answer.type === "opaqueredirect" || answer.ok) break;
    } catch { /* tried again */ }
    await new Promise((done) => setTimeout(done, 2000));
  }
  location.replace(here);
}

let sending = false;

async function send(form, button) {
  if (sending || leaving) return;
  sending = true;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  try {
    const answer = await fetch(here, { method: "POST", body, cache: "no-store", signal: AbortSignal.timeout(15000) });
    if (!answer.ok) throw new Error("not saved");
    if (leaving) return;
    location.replace(answer.url);
  } catch {
    sending = false;
    if (leaving) return;
    const alarm = document.getElementById("larm");
    alarm.textContent = "";
    alarm.textContent = document.body.dataset.notSaved;
    alarm.scrollIntoView({ block: "center" });
  }
}

// The server's clock ends the survey; here the screen follows it, also after the device has slept.
const idle = Number(document.body.dataset.left) * 1000, most = Date.now() + Number(document.body.dataset.most) * 1000;
let ends = Math.min(Date.now() + idle, most), told = Date.now(), active = false;

async function watch() {
  if (Date.now() >= ends) return leave();
  if (!active || Date.now() - told < 60000) return;
  active = false;
  told = Date.now();
  try {
    const answer = await fetch(here, { method: "POST", body: new URLSearchParams({ gor: "kvar" }), cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect") ends = Math.min(Date.now() + idle, most);
  } catch { active = true; /* tried again */ }
}

if (document.body.dataset.left) {
  setInterval(watch, 2000);
  document.addEventListener("visibilitychange", () => { if (Date.now() >= ends) leave(); });
  // At the end nobody is writing: what one does there makes nothing longer.
  const writing = document.querySelector("[name=nr], [value=borja]") !== null;
  for (const what of ["input", "keydown", "pointerdown", "scroll"]) addEventListener(what, () => { active = writing; }, { passive: true, capture: true });
}

if (!("closed" in document.body.dataset)) {
  addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); leave(); } }, true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    if ("leave" in form.dataset) leave();
    else send(form, event.submitter);
  });
  const fault = document.getElementById("fel");
  if (fault) (document.querySelector("input[type=radio]") ?? document.querySelector("textarea"))?.focus();
}
