// The keys: digits choose in the question in use, Enter goes on, g and a digit change phase, s, n,
// / and ? as the sheet of keys says. Single keys do nothing in a text field and can be turned off
// (WCAG 2.1.4); an ambiguous first digit waits for the second or for Enter, however long.
import { fieldOf, isChoice, options, inputs, isEmpty, words } from "./field.js";

const off = document.documentElement.dataset.keys === "off";
let typed = "", typedIn = null; // digits that wait, and the field that they are for
let afterG = false;

const writes = (e) => e.isContentEditable || e.matches?.("textarea, select, input:not([type=radio], [type=checkbox], [type=submit], [type=button])");
const acts = (e) => e.matches?.("button, a, summary, select");
const visible = (e) => e.checkVisibility();
const questions = () => [...document.querySelectorAll(".field[data-field]")].filter((f) => visible(f) && f.dataset.control !== "fixed");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Enter") return onEnter(event);
  if (off || writes(event.target) || (document.querySelector("dialog[open], :popover-open") && event.key !== "?")) return;
  const field = fieldOf(event.target);
  if (afterG) {
    afterG = false;
    if (press(event, document.querySelector(`[data-nr="${CSS.escape(event.key)}"]`))) return;
  }
  if (/^[0-9]$/.test(event.key)) return onDigit(event, field);
  if (event.key === "Escape") return stopWaiting();
  if (event.key === "Backspace" || event.key === "Delete") return unchoose(event, field);
  if (event.repeat) return;
  switch (event.key) {
    case "g": afterG = true; return;
    case "s": return press(event, document.querySelector("[data-leave]"));
    case "n": return press(event, document.querySelector("[data-new], a[rel=next]"));
    case "ArrowRight": return isChoice(event.target) ? undefined : press(event, document.querySelector("a[rel=next]"));
    case "p": return press(event, document.querySelector("a[rel=prev]"));
    case "ArrowLeft": return isChoice(event.target) ? undefined : press(event, document.querySelector("a[rel=prev]"));
    case "/": return find(event);
    case "?": return press(event, document.querySelector("[popovertarget=tangenter]"));
  }
});

document.addEventListener("focusin", (event) => {
  if (typedIn && fieldOf(event.target) !== typedIn) choose(typed);
});

function press(event, element) {
  if (!element) return false;
  event.preventDefault();
  element.click();
  return true;
}

function find(event) {
  const input = document.querySelector("input[type=search]");
  if (!input) return press(event, document.querySelector("[data-find]"));
  event.preventDefault();
  input.focus();
}

function onEnter(event) {
  const field = fieldOf(event.target);
  if (typedIn) {
    event.preventDefault();
    return choose(typed);
  }
  if (event.target.matches("textarea") || acts(event.target)) return;
  if (field && !field.dataset.field) return; // a form that is not about a case is sent
  if (!field && event.target !== document.body && event.target.id !== "innehall") return;
  if (questions().length === 0) return;
  event.preventDefault();
  if (field) return goTo(beside(field, event.shiftKey ? -1 : 1));
  goTo(questions().find(isEmpty) ?? questions()[0]);
}

// The question before or after; after the last one the button that goes on.
function beside(field, step) {
  const all = questions();
  return all[all.indexOf(field) + step] ?? (step > 0 ? document.querySelector("[data-onward], form[data-autosave] .button.main") : null);
}

function goTo(place) {
  if (!place) return;
  if (!place.matches(".field")) return place.focus();
  const controls = inputs(place, "f").filter((e) => !e.disabled && visible(e));
  (controls.find((e) => e.checked) ?? controls[0] ?? place).focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

// The digits that choose an option: its value, unless it says otherwise.
const codeOf = (option) => option.dataset.code ?? option.value;

function onDigit(event, field) {
  if (!field) return;
  if (field === event.target && options(field).length === 0) return goTo(field); // the digit is then typed there
  const codes = options(field).map(codeOf);
  if (codes.length === 0) return;
  event.preventDefault();
  if (typedIn !== field) stopWaiting();
  if (typed && !codes.some((c) => c.startsWith(typed + event.key))) choose(typed);
  const now = typed + event.key;
  const begins = codes.filter((c) => c.startsWith(now));
  if (begins.length === 0) return stopWaiting();
  typed = now;
  typedIn = field;
  if (begins.length === 1 && begins[0] === now) return choose(now);
  wait(field, begins, now);
}

function wait(field, begins, now) {
  for (const e of options(field)) e.closest(".option").classList.toggle("is-waiting", begins.includes(codeOf(e)));
  field.querySelector("[data-state]").textContent = (words().digits ?? "").replace("SIFFROR", now);
}

function stopWaiting() {
  if (typedIn) {
    for (const e of typedIn.querySelectorAll(".is-waiting")) e.classList.remove("is-waiting");
    typedIn.querySelector("[data-state]").textContent = "";
  }
  typed = "";
  typedIn = null;
}

function choose(code) {
  const input = options(typedIn).find((e) => codeOf(e) === code);
  const inUse = typedIn.contains(document.activeElement);
  stopWaiting();
  if (!input) return;
  if (inUse) input.focus();
  input.click();
}

function unchoose(event, field) {
  const chosen = field && isChoice(event.target) ? options(field).filter((e) => e.checked) : [];
  if (chosen.length === 0) return;
  event.preventDefault();
  for (const e of chosen) e.checked = false;
  chosen[0].dispatchEvent(new Event("change", { bubbles: true }));
}
