// Shows what somebody else changes in the case while the page is open: every saved question tells
// what else is new. What is being written here is left alone; saving it asks which one stands.
import { fieldOf, inputs, isEmpty, nameOf, show } from "./field.js";

const form = document.querySelector("form[data-autosave], form[data-opens]");
const touched = new Set(); // names of questions that are being changed here

// A choice that a key or a button makes tells of itself as a change only.
for (const kind of ["input", "change"]) {
  form?.addEventListener(kind, (event) => {
    const field = fieldOf(event.target);
    if (field) touched.add(nameOf(field));
  });
}

form?.addEventListener("foljsam:saved", ({ detail: { name, reply } }) => {
  touched.delete(name);
  if (reply.version) form.dataset.fieldUrl = form.dataset.fieldUrl.replace(/(\?sedan=).*/, `$1${reply.version}`);
  for (const other of reply.andra ?? []) take(other);
  for (const other of reply.foljer ?? []) follow(other);
  if (reply.rad) rename(reply.rad);
});

// What the same save changed beside the answer: the page shows it already, but for the reason.
function follow(other) {
  const field = document.querySelector(`.field[data-field="${CSS.escape(other.falt)}"]`);
  if (!field) return;
  for (const e of inputs(field, "s")) e.value = other.sett;
  if (!touched.has(other.falt) && isEmpty(field) && !field.hidden) tell(field.querySelector(".about-answer"), other.text, "");
}

// A row is called by what is known of it.
function rename({ falt, rubrik, om }) {
  const row = document.querySelector(`[data-row="${CSS.escape(falt)}"]`);
  for (const place of row?.querySelectorAll("[data-row-title]") ?? []) place.textContent = rubrik;
  for (const place of row?.querySelectorAll("[data-row-about]") ?? []) place.textContent = om ? ` · ${om}` : "";
}

function take(other) {
  const field = document.querySelector(`.field[data-field="${CSS.escape(other.falt)}"]`);
  if (!field) return tell(document.querySelector(`[data-warnings-of="${CSS.escape(other.falt.split(".")[0])}"]`), other.text, "");
  if (touched.has(other.falt) || field.dataset.control === "fixed") return;
  show(field, other.varde, other.lage, other.kommentar);
  for (const e of inputs(field, "s")) e.value = other.sett;
  tell(field.querySelector(".about-answer"), other.text, other.visas);
}

function tell(place, text, shown) {
  if (!place) return;
  place.querySelector(".meanwhile")?.remove();
  const p = document.createElement("p");
  p.className = "worth meanwhile";
  p.setAttribute("role", "status");
  p.textContent = `${text} ${shown}`;
  place.append(p);
}
