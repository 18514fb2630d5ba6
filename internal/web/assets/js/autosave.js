// Saves each question as it is left: one at a time, in the order in which they were changed.
// What is not saved stays on the page and is tried again for as long as the page is open; nothing
// is kept on the device. Saved is said quietly, not saved loudly, with what happens next.
import { fieldOf, nameOf, inputs, isEmpty, show, giveReason, words } from "./field.js";

const form = document.querySelector("form[data-autosave]");
const say = words();
const waiting = new Map(); // fields to save by name, in order
const refused = new Set(); // names of fields that cannot be saved as they stand
const writing = new Set(); // names of fields that are being written in
const pauses = [1, 2, 4, 8, 15, 30]; // seconds between attempts
const patience = 20_000, pauseInText = 10_000;

let sending = null;    // the field on its way
let failures = 0;      // attempts in a row
let timer = 0;
let signedOut = false;
let leaving = false;
let lastSaved = null;
let savedAt = document.getElementById("sparat")?.textContent ?? "";

if (form) {
  form.addEventListener("change", (event) => queue(fieldOf(event.target)));
  form.addEventListener("input", (event) => onInput(event.target));
  form.addEventListener("focusout", (event) => { if (writing.has(nameOfField(event.target))) queue(fieldOf(event.target)); });
  form.addEventListener("submit", onSubmit);
  document.addEventListener("click", onLink);
  addEventListener("beforeunload", (event) => { if (unsaved() && !leaving) event.preventDefault(); });
  addEventListener("pagehide", () => { leaving = false; });
  addEventListener("online", () => tryNow());
  addEventListener("focus", () => tryNow());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tryNow(); });
}

const nameOfField = (element) => fieldOf(element)?.dataset.field;
const unsaved = () => waiting.size > 0 || sending !== null || refused.size > 0 || writing.size > 0;

function queue(field) {
  if (!field || field.dataset.control === "fixed" || field.querySelector(".differs")) return;
  const name = nameOf(field);
  writing.delete(name);
  refused.delete(name);
  waiting.delete(name); // to the end of the line
  waiting.set(name, field);
  mark(field, say.waiting);
  if (!timer) pump();
}

// A long text is saved also while it is written, at a pause.
const textTimers = new WeakMap();
function onInput(input) {
  const field = fieldOf(input);
  if (!field || !input.matches("textarea, input[type=text]")) return;
  writing.add(nameOf(field));
  clearTimeout(textTimers.get(input));
  if (input.matches("textarea")) textTimers.set(input, setTimeout(() => { if (writing.has(nameOf(field))) queue(field); }, pauseInText));
}

function tryNow() {
  if (waiting.size === 0) return;
  clearTimeout(timer);
  timer = 0;
  pump();
}

async function pump() {
  if (sending || waiting.size === 0) return;
  const [name, field] = waiting.entries().next().value;
  waiting.delete(name);
  sending = field;
  mark(field, say.saving);
  const reply = await send(name, field);
  sending = null;
  const again = answer(name, field, reply);
  if (again) {
    if (!waiting.has(name)) putFirst(name, field);
    return pauseThen();
  }
  failures = 0;
  if (waiting.size > 0) return pump();
  settle();
}

function putFirst(name, field) {
  const others = [...waiting];
  waiting.clear();
  waiting.set(name, field);
  for (const [n, f] of others) waiting.set(n, f);
}

async function send(name, field) {
  const body = new URLSearchParams({ falt: name, vems: form.elements.vems?.value ?? "" });
  for (const e of field.querySelectorAll("[name]")) {
    if (!e.disabled && (e.type !== "radio" && e.type !== "checkbox" || e.checked)) body.append(e.name, e.value);
  }
  try {
    const reply = await fetch(form.dataset.fieldUrl, {
      method: "POST", body, keepalive: true, redirect: "manual", cache: "no-store",
      headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience),
    });
    const isJSON = reply.headers.get("Content-Type")?.startsWith("application/json");
    return { status: reply.status, sent: body, ...(isJSON ? await reply.json() : {}) };
  } catch {
    return { status: 0, lost: true };
  }
}

// Takes in what the server answered, and tells whether the field must be sent again.
function answer(name, field, reply) {
  if (reply.status === 200 && reply.sett) {
    saved(name, field, reply);
  } else if (reply.status === 409) {
    differs(name, field, reply);
  } else if (reply.status >= 400 && reply.status < 500 && reply.fel) {
    refuse(name, field, reply.fel);
  } else {
    stop(name, field, reply);
    return true;
  }
  alarm();
  signedOut = false;
  return false;
}

function saved(name, field, reply) {
  for (const [other, version] of Object.entries(reply.sett)) setSeen(other, version);
  if (!waiting.has(name) && !keptAsSent(name, field, reply)) return refuse(name, field, say.notSaved);
  if (!waiting.has(name)) { // not changed again on the way
    refused.delete(name);
    const reason = reply.sent.get(`l.${name}`) ?? "";
    if (reason === "tom") giveReason(field, "");
    for (const e of inputs(field, "t")) e.value = reason === "tom" ? "" : reason;
    fault(field);
    mended(field);
    if (reply.varde && field.dataset.control === "day") asKept(field, reply.varde);
    if (lastSaved && lastSaved !== field) rest(lastSaved);
    lastSaved = field;
    mark(field, say.saved);
  }
  warn(name, reply.varningar ?? []);
  for (const p of reply.faser ?? []) progress(p);
  savedAt = say.savedAt.replace("TID", reply.tid ?? "");
  tellHow();
  form.dispatchEvent(new CustomEvent("foljsam:saved", { detail: { name, reply } }));
}

// Whether what is kept is what was sent. Choices and long texts are kept as they are; what else
// is written may be kept in another way, a number as the same number.
function keptAsSent(name, field, { sent, varde = "" }) {
  const reason = sent.get(`l.${name}`) ?? "";
  const values = sent.getAll(`f.${name}`).filter((v) => v.trim() !== "");
  if (reason === "tom" || reason !== "" && !(values.length > 0 && reason === sent.get(`t.${name}`))) return varde === "";
  if (inputs(field, "f").some((e) => !e.disabled && (e.type === "radio" || e.type === "checkbox"))) { // a scale has both, one at a time
    const kept = varde.split("|").filter(Boolean);
    return kept.length === new Set(values).size && kept.every((v) => values.includes(v));
  }
  const was = values[0] ?? "";
  if (field.dataset.control === "area") return bare(was) === bare(varde);
  const [a, b] = [was, varde].map((v) => Number(v.trim().replace(",", ".")));
  return was === "" || varde === "" || Number.isNaN(a) || Number.isNaN(b) ? (was === "") === (varde === "") : a === b;
}
const bare = (text) => text.replace(/[\s\u0085]+/g, "");

// A day that was written in another way is shown as it is kept.
function asKept(field, value) {
  for (const e of inputs(field, "f")) if (e !== document.activeElement) e.value = value;
}

function setSeen(name, version) {
  for (const e of document.getElementsByName(`s.${name}`)) e.value = version;
}

function progress({ fas, klart, av }) {
  const done = document.querySelector(`[data-phase="${CSS.escape(fas)}"] [data-done]`);
  if (done) done.textContent = `${klart}/${av}`;
}

// The reply holds all warnings of the case's checks, and those of the saved field's own text.
function warn(name, warnings) {
  for (const old of document.querySelectorAll("[data-check]")) old.remove();
  const own = document.querySelector(`[data-warnings-of="${CSS.escape(name)}"]`);
  own?.replaceChildren();
  for (const { falt, text } of warnings) {
    const place = document.querySelector(`[data-warnings-of="${CSS.escape(falt ?? "")}"]`);
    const p = element("p", "worth", text);
    if (falt !== name) p.dataset.check = "";
    place?.append(p);
  }
}

function refuse(name, field, text) {
  refused.add(name);
  fault(field, text);
  mark(field, say.notSaved, true);
  tellHow();
}

function fault(field, text = "") {
  let p = field.querySelector(".fault");
  if (text && !p) {
    p = element("p", "fault", "");
    p.id = `${field.id.slice(2)}-fel`;
    p.setAttribute("role", "alert");
    field.querySelector(".about-answer").prepend(p);
  }
  if (text) p.textContent = text;
  else p?.remove();
  field.classList.toggle("has-error", text !== "");
  for (const e of inputs(field, "f")) {
    if (text && e.type !== "checkbox") e.setAttribute("aria-invalid", "true");
    else e.removeAttribute("aria-invalid");
    describe(e.closest("fieldset") ?? e, field, text !== "");
  }
}

// What is mended is no longer in the page's summary; the last one takes the summary with it, and
// the page is then the same as the one without.
function mended(field) {
  const summary = document.getElementById("fel");
  if (!summary) return;
  const id = field.id.slice(2);
  for (const a of summary.querySelectorAll("a")) if ([`#f-${id}`, `#strid-${id}`].includes(a.hash)) a.closest("li").remove();
  document.getElementById(`strid-${id}`)?.remove();
  const left = summary.querySelectorAll("li").length;
  if (left > 0) return void (summary.querySelector("h2").textContent = left === 1 ? summary.dataset.leftOne : summary.dataset.leftMore.replace("ANTAL", left));
  for (const said of document.querySelectorAll("[data-with-faults]")) said.remove();
  summary.remove();
  document.title = document.title.replace(/^[^:]+: /, "");
  const here = new URL(location.href);
  here.searchParams.delete("svar");
  history.replaceState(history.state, "", here);
}

function describe(element, field, has) {
  const id = `${field.id.slice(2)}-fel`;
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (has) ids.add(id); else ids.delete(id);
  if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
  else element.removeAttribute("aria-describedby");
}

// Somebody else changed the answer: both are shown, and the person decides.
function differs(name, field, reply) {
  refused.add(name);
  mark(field, say.notSaved, true);
  tellHow();
  field.querySelector(".differs")?.remove();
  const box = element("div", "differs", "");
  box.setAttribute("role", "alert");
  const theirs = element("p", "", reply.visas || say.empty);
  theirs.dir = "auto";
  const buttons = element("div", "buttons", "");
  const decide = (text, act) => {
    const b = element("button", "button", text);
    b.type = "button";
    b.addEventListener("click", () => {
      box.remove();
      refused.delete(name);
      setSeen(name, reply.sett);
      act();
      (inputs(field, "f").find((e) => !e.disabled) ?? field).focus();
    });
    buttons.append(b);
  };
  decide(say.keep, () => queue(field));
  decide(say.take, () => {
    show(field, reply.varde ?? "", reply.lage ?? "", reply.kommentar ?? null);
    fault(field);
    mended(field);
    rest(field);
    tellHow();
    settle();
  });
  box.append(element("p", "", reply.text || say.differs), theirs, buttons);
  field.querySelector(".about-answer").append(box);
}

function stop(name, field, reply) {
  mark(field, say.notSaved, true);
  tell(say.notSaved, true);
  signedOut = reply.status === 401 || reply.status === 0 && !reply.lost; // a redirection is the way to the sign-in page
  if (signedOut) return alarm(say.signIn, backTo(reply.logga_in ?? `/logga-in?ater=${encodeURIComponent(location.pathname)}`, field));
  alarm(reply.lost ? say.lost : reply.fel || say.failed);
}

// The way to the sign-in page, and from there to the same field.
function backTo(address, field) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return "/";
  url.searchParams.set("ater", location.pathname + "#" + field.id);
  return url.pathname + url.search;
}

function pauseThen() {
  clearTimeout(timer);
  timer = setTimeout(() => { timer = 0; pump(); }, 1000 * pauses[Math.min(failures++, pauses.length - 1)]);
  flushed(false);
}

// When nothing waits any more, whoever waited for it goes on.
let waiters = [];
function settle() {
  if (waiting.size === 0 && !sending) flushed(true);
}
function flushed(well) {
  const now = waiters;
  waiters = [];
  for (const go of now) go(well);
}
function flush() {
  if (document.activeElement && writing.size > 0) for (const name of [...writing]) queue(fieldByName(name));
  if (waiting.size === 0 && !sending) return Promise.resolve(true);
  tryNow();
  return new Promise((go) => waiters.push(go));
}
const fieldByName = (name) => document.querySelector(`.field[data-field="${CSS.escape(name)}"]`);

// Posting the page waits for what is on its way. What was refused is posted with the page,
// whose answer says what is wrong with it.
async function onSubmit(event) {
  if (leaving || waiting.size === 0 && !sending && writing.size === 0) {
    leaving = true;
    return;
  }
  event.preventDefault();
  const button = event.submitter;
  if (!await flush()) return; // said already; the page must stay
  leaving = true;
  setTimeout(() => form.requestSubmit(button)); // not within this event: a form is posted once at a time
}

// A link is followed when what was written is saved.
async function onLink(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hash && link.pathname === location.pathname || event.defaultPrevented) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (waiting.size === 0 && !sending && writing.size === 0) return;
  event.preventDefault();
  if (await flush()) location.assign(link.href);
}

function element(kind, name, text) {
  const e = document.createElement(kind);
  if (name) e.className = name;
  e.textContent = text;
  return e;
}

function mark(field, text, stopped = false) {
  if (!stopped && field.querySelector(".is-waiting")) return; // a digit waits there, and says so
  const state = field.querySelector("[data-state]");
  state.textContent = text;
  state.classList.toggle("is-stopped", stopped);
}

// A field that nothing is happening to shows whether it has an answer.
function rest(field) {
  mark(field, "");
  if (!isEmpty(field) || "optional" in field.dataset) return;
  const ring = element("span", "ring", "");
  ring.setAttribute("aria-hidden", "true");
  field.querySelector("[data-state]").append(ring, element("span", "unseen", say.missing));
}

// As long as one question could not be saved, the page does not say that it is.
function tellHow() {
  tell(refused.size > 0 ? say.notSaved : savedAt, refused.size > 0);
}

function tell(text, stopped = false) {
  const place = document.getElementById("sparat");
  if (!place) return;
  if (place.textContent !== text) place.textContent = text;
  place.classList.toggle("is-stopped", stopped);
}

function alarm(text = "", address = "") {
  const place = document.getElementById("larm");
  if (!place || place.dataset.said === text) return;
  place.dataset.said = text;
  place.replaceChildren(...(text ? [element("span", "", text)] : []));
  if (!address) return;
  const link = element("a", "", say.signInLink);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener";
  place.append(" ", link);
}
