// The help that stands beside a question opens when the question is in use, and closes after.
// On a narrow screen it stays as the reader left it: opening would move what is being read.
import { fieldOf } from "./field.js";

let opened = null;

document.addEventListener("focusin", (event) => {
  const help = fieldOf(event.target)?.querySelector("details.help") ?? null;
  if (help === opened) return;
  if (opened) opened.open = false;
  opened = null;
  if (help && getComputedStyle(help).position === "absolute" && !help.open) {
    help.open = true;
    opened = help;
  }
});
