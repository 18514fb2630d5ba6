// What a question does by itself on the page: answers that stand alone, a reason instead of an
// answer, the scale that follows the instrument, the comment that an answer asks for, today.
// All of it is convenience: the server decides the same when the page is posted.

export const fieldOf = (element) => element?.closest?.(".field") ?? null;
export const nameOf = (field) => field.dataset.field;

// The input of a field with a first letter: f the value, k the comment, l the reason, s and t what the page showed.
export const inputs = (field, letter) => [...field.querySelectorAll("[name]")].filter((e) => e.name === `${letter}.${nameOf(field)}`);
export const options = (field) => inputs(field, "f").filter((e) => isChoice(e) && !e.disabled);
export const isChoice = (element) => element.type === "radio" || element.type === "checkbox";

export const words = () => document.getElementById("ord")?.dataset ?? {};

export function isEmpty(field) {
  const reason = inputs(field, "l").find((e) => e.checked);
  if (reason && reason.value !== "" && reason.value !== "tom") return false;
  return !inputs(field, "f").some((e) => !e.disabled && (isChoice(e) ? e.checked : e.value.trim() !== ""));
}

// Puts a value, as it is kept, into the field's inputs.
export function show(field, value, reason = "", comment = null) {
  const chosen = value.split("|");
  for (const e of inputs(field, "f")) {
    if (isChoice(e)) e.checked = chosen.includes(e.value);
    else e.value = value;
  }
  giveReason(field, reason);
  for (const e of inputs(field, "t")) e.value = reason;
  if (comment !== null) for (const e of inputs(field, "k")) e.value = comment;
}

export function giveReason(field, reason) {
  for (const e of inputs(field, "l")) e.checked = e.value === reason;
  field.querySelector(".set-aside")?.remove(); // said when the page was made
}

function clear(field) {
  for (const e of inputs(field, "f")) {
    if (isChoice(e)) e.checked = false;
    else e.value = "";
  }
}

// An answer that stands alone takes the others away, and the others take it.
function standAlone(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  const alone = "exclusive" in input.dataset;
  for (const other of options(fieldOf(input))) {
    if (other !== input && (alone || "exclusive" in other.dataset)) other.checked = false;
  }
}

// A reason instead of an answer, or an answer instead of a reason.
function valueOrReason(input, field) {
  if (input.name.startsWith("l.")) {
    giveReason(field, input.value);
    if (input.value !== "") clear(field);
  } else if (input.name.startsWith("f.") && (isChoice(input) ? input.checked : input.value.trim() !== "")) {
    giveReason(field, "");
  }
}

function openComment(input, field) {
  const comment = field.querySelector("details.comment");
  if (comment && input.checked && "comment" in input.dataset) comment.open = true;
}

// The value of an assessment is asked as its instrument has it. The server takes away a value on
// another scale, in the same save; here it stays out of sight, and comes back with its scale.
function followScale(input) {
  const row = input.closest("[data-row]");
  if (!row || !input.checked || !input.dataset.scale) return;
  const scale = input.dataset.scale;
  const back = [];
  for (const part of row.querySelectorAll("[data-for-scale]")) {
    if (setAway(part, !part.dataset.forScale.split(" ").includes(scale))) back.push(part);
  }
  for (const field of row.querySelectorAll("[data-with-scale]")) {
    if (setAway(field, field.dataset.withScale !== scale)) back.push(field);
  }
  setTimeout(() => { for (const part of back) answered(part)?.dispatchEvent(new Event("change", { bubbles: true })); }); // after the instrument
}

const answered = (part) => [...part.querySelectorAll("[name^='f.']")].find((e) => isChoice(e) ? e.checked : e.value !== "");

// Puts a part away or brings it back; tells whether it is back.
function setAway(part, away) {
  if (part.hidden === away) return false;
  part.hidden = away;
  for (const e of part.querySelectorAll("input")) e.disabled = away;
  return !away;
}

document.addEventListener("change", (event) => {
  const field = fieldOf(event.target);
  if (!field || !event.target.name) return;
  standAlone(event.target);
  valueOrReason(event.target, field);
  openComment(event.target, field);
  followScale(event.target);
}, true); // before autosave reads the field

function today() {
  const now = new Date();
  const two = (n) => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

for (const button of document.querySelectorAll("[data-today]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const input = inputs(fieldOf(button), "f")[0];
    input.value = today();
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
