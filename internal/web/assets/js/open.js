// Opens the case as soon as its codes are there, without another page: from then on each question
// is saved as it is left. Until then nothing is kept, and the page says so, and what is missing;
// the button sends the whole page as it is.
import { fieldOf, nameOf, words } from "./field.js";

const form = document.querySelector("form[data-opens]");
const say = words();
const unsaved = new Set(); // fields that were answered, and wait for the case
let opening = null; // the request on its way
let handedOver = false; // each question is saved as it is left from now on

if (form) {
  form.addEventListener("change", onChange);
  form.addEventListener("submit", onSubmit);
  addEventListener("beforeunload", (event) => { if (unsaved.size > 0) event.preventDefault(); });
}

// The codes and the unit: without them there is no case.
const needed = () => [...form.querySelectorAll("[data-field]")].filter((f) => f.querySelector("input.code[name]") || nameOf(f) === "enhet");
const answered = (field) => [...field.querySelectorAll("[name^='f.']")].some((e) => e.type === "radio" ? e.checked : e.value.trim() !== "");

function onChange(event) {
  if (handedOver) return;
  const field = fieldOf(event.target);
  if (field && !needed().includes(field)) unsaved.add(field);
  if (field && (opening || needed().every(answered))) setState(field, say.saving);
  if (opening) return;
  if (!needed().every(answered)) return notYet();
  opening = open();
}

// Says what is missing for the answers to be saved. Nothing on the page moves for it: whoever
// is on the way to the next answer hits that.
function notYet() {
  if (unsaved.size === 0) return;
  const place = document.getElementById("inte-an");
  const missing = needed().filter((f) => !answered(f));
  const [before, after] = form.dataset.notYet.split("VAD");
  const links = missing.flatMap((f, i) => [i > 0 ? ", " : "", link(`#${f.id}`, f.querySelector(".question").firstChild.textContent.trim())]);
  const said = missing.length > 0 ? [before, ...links, after] : [say.notSaved];
  if (said.map((x) => x.textContent ?? x).join("") !== place.textContent) place.replaceChildren(...said);
  document.getElementById("sparat").textContent = say.notSaved;
  for (const f of unsaved) setState(f, say.notSaved);
}

// The case is there, and the answers that were sent with it. What was answered meanwhile is not:
// it stays unsaved until it is handed over.
function nowSaved(before) {
  document.getElementById("inte-an").replaceChildren();
  for (const f of unsaved) {
    if (valueOf(f) !== before.get(f)) continue; // it still says that it is being saved
    setState(f, "");
    unsaved.delete(f);
  }
}

// A press on the button opens the case first: should that fail, everything is still on the page.
async function onSubmit(event) {
  if ("autosave" in form.dataset) return;
  event.preventDefault();
  const button = event.submitter;
  opening ??= open();
  await opening;
  if ("autosave" in form.dataset) setTimeout(() => form.requestSubmit(button)); // a form is posted once at a time
  else form.querySelector(".has-error input:not([type=hidden])")?.focus();
}

async function open() {
  const sent = new URLSearchParams(new FormData(form));
  const before = snapshot();
  let reply;
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST", body: sent, redirect: "manual", cache: "no-store",
      headers: { Accept: "application/json" }, signal: AbortSignal.timeout(20_000),
    });
    reply = { status: answer.status, ...await answer.json() };
  } catch {
    reply = { status: 0 };
  }
  if (reply.status === 201) await opened(reply, before);
  else notOpened(reply);
}

// Every question as it stood, to see what was answered while the case was being opened.
function snapshot() {
  return new Map([...form.querySelectorAll("[data-field]")].map((f) => [f, valueOf(f)]));
}
function valueOf(field) {
  return JSON.stringify([...field.querySelectorAll("[name]")].filter((e) => e.type !== "radio" && e.type !== "checkbox" || e.checked).map((e) => [e.name, e.value]));
}

async function opened(reply, before) {
  clearFault();
  const first = document.querySelector("[data-phase][aria-current]");
  const from = form.getAttribute("action");
  for (const a of document.querySelectorAll("[data-phase]")) a.setAttribute("href", a.getAttribute("href").replace(from, reply.adress));
  form.action = first.getAttribute("href");
  form.dataset.fieldUrl = `${reply.falt_adress}?sedan=${reply.version}`;
  form.dataset.autosave = "";
  history.replaceState(null, "", first.getAttribute("href"));
  document.getElementById("rubrik").textContent = reply.rubrik;
  document.querySelector("[data-when-open]").removeAttribute("data-when-open");
  document.getElementById("sparat").textContent = say.savedAt.replace("TID", reply.tid);
  nowSaved(before);
  for (const field of needed()) lock(field);
  for (const [name, version] of Object.entries(reply.sett)) for (const e of document.getElementsByName(`s.${name}`)) e.value = version;
  await import(form.dataset.autosaveModule);
  for (const [field, value] of before) {
    const refused = (reply.fel ?? []).some((x) => x.falt === nameOf(field));
    if (!field.querySelector("[data-locked]") && (refused || valueOf(field) !== value)) field.querySelector("[name^='f.']")?.dispatchEvent(new Event("change", { bubbles: true }));
  }
  handedOver = true;
  unsaved.clear();
}

// The codes stand: they are what the case is found by.
function lock(field) {
  for (const e of field.querySelectorAll("input")) {
    if (e.type === "radio") e.disabled = true;
    else e.readOnly = true;
    e.dataset.locked = "";
  }
  field.dataset.control = "fixed";
  setState(field, say.saved);
}

function notOpened(reply) {
  opening = null;
  clearFault();
  const field = reply.falt && form.querySelector(`[data-field="${CSS.escape(reply.falt)}"]`);
  for (const f of needed()) setState(f, "");
  notYet();
  const p = document.createElement("p");
  p.className = "fault";
  p.dataset.notOpened = "";
  p.setAttribute("role", "alert");
  p.textContent = reply.fel || (reply.status === 401 ? say.signIn : form.dataset.failed);
  if (reply.adress) p.append(" ", link(reply.adress, form.dataset.taken));
  if (reply.status === 401) p.append(" ", link(reply.logga_in, say.signInLink, "_blank"));
  const place = field ?? needed()[0];
  place.querySelector(".about-answer").prepend(p);
  place.classList.add("has-error");
}

function link(address, text, target = "") {
  const a = document.createElement("a");
  a.href = address;
  a.textContent = text;
  a.target = target;
  if (target) a.rel = "noopener";
  return a;
}

function clearFault() {
  for (const p of form.querySelectorAll("[data-not-opened]")) {
    fieldOf(p).classList.remove("has-error");
    p.remove();
  }
}

function setState(field, text) {
  field.querySelector("[data-state]").textContent = text;
}
