// A whole case, made up: what is answered in each part, as it is kept.

/** Today's day where the registers are. */
export const today = new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" });

export const codes = { arende: "24-017", 4: "K-17" };

export const answers = {
  bakgrund: { 1: "3", 5: "2024-05-08", 14: "1", 15: "34", 19: "1|2", 20: "4", 41: "1|3|6", 49: "1|10" },
  fore: { 58: "2|3", 59: "2", 67: "2", 110: "2" },
  under: { 127: "0" },
  efter: { 161: "1", 192: "1", 256: today, 257: "1", utovare_vid_avslut: "2" },
  brukare: { 202: "1", 203: "4", 206: "1", 212: "4", 217: "Fler tider på kvällen." },
};

/** One on each scale: points, low-medium-high, a number between ends of its own. */
export const risks = [
  { datum: "2024-05-10", fas: "1", 90: "1", skattning: "14", egen_skattning: "10", nasta: "2024-08-10" },
  { datum: "2024-08-12", fas: "2", 90: "2", skattning: "2", egen_skattning: "3", nasta: "2024-11-12" },
  { datum: "2024-11-15", fas: "3", 90: "5", skala_fran: "0", skala_till: "10", skattning: "2,5", egen_skattning: "3" },
];

export const supports = [
  { 117: "2024-05-20", slut: "2024-11-20", 118: "1|3", 126: "1", regi: "1" },
  { 117: "2024-06-01", 118: "14", 126: "2", regi: "2" },
];

/** The answers of one row under their names in a form: "risk.2.datum". */
export function inRow(level, nr, answers) {
  return Object.fromEntries(Object.entries(answers).map(([name, value]) => [`${level}.${nr}.${name}`, value]));
}

/** All answers that a page shows, as they would be posted: { "14": "1", "risk.1.datum": "2024-05-10" }. */
export function shown(page) {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll(".field[data-field]")].map((field) => {
    const inputs = [...field.querySelectorAll("[name]")].filter((e) => e.name === `f.${field.dataset.field}` && !e.disabled);
    const given = inputs.filter((e) => e.checked || e.matches("textarea, [type=text]"));
    return [field.dataset.field, given.map((e) => e.value).join("|")];
  }).filter(([, value]) => value !== "")));
}

/** Fills in answers as somebody with a mouse does: rows and reasons too, by their names. */
export async function fillIn(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const inputs = page.locator(`[name="f.${name}"]:not([disabled])`);
    if (/text/.test(await inputs.first().getAttribute("type") ?? "text")) await inputs.first().fill(value);
    else for (const code of value.split("|")) await inputs.and(page.locator(`[value="${code}"]`)).check();
  }
}

/** Opens a case without a browser; gives its address. */
export async function openCase(server, cookie, codes, answers = {}) {
  const reply = await post(server, cookie, "/arenden/nytt", formOf({ ...codes, ...answers }, { "f.enhet": await unitOf(server, cookie) }));
  return reply.split("/").slice(0, 3).join("/");
}

/** Saves answers of a part of a case without a browser, as somebody who has seen none of them before. */
export function save(server, cookie, address, phase, answers, extra = {}) {
  return post(server, cookie, `${address}/${phase}`, formOf(answers, extra));
}

/** Adds rows to a case without a browser. */
export async function addRows(server, cookie, address, phase, level, rows) {
  for (const [i, row] of rows.entries()) {
    await save(server, cookie, address, phase, {}, { rad: `${level}+` });
    await save(server, cookie, address, phase, inRow(level, i + 1, row));
  }
}

function formOf(answers, extra) {
  const form = new URLSearchParams(extra);
  for (const [name, value] of Object.entries(answers)) {
    form.set(`s.${name}`, 0);
    for (const part of value.split("|")) form.append(`f.${name}`, part);
  }
  return form;
}

async function post(server, cookie, path, body) {
  const reply = await fetch(server.address + path, { method: "POST", body, redirect: "manual", headers: { Cookie: `${cookie.name}=${cookie.value}` } });
  const to = reply.headers.get("Location") ?? "";
  if (reply.status === 303 && !/[?&]svar=/.test(to)) return to;
  throw new Error(`${path}: ${reply.status} ${to} ${(await reply.text()).replace(/<[^>]+>/g, " ").slice(0, 1500)}`);
}

async function unitOf(server, cookie) {
  const reply = await fetch(server.address + "/arenden/nytt", { headers: { Cookie: `${cookie.name}=${cookie.value}` } });
  return (await reply.text()).match(/name="f.enhet" value="([^"]+)"/)?.[1] ?? "";
}

/** Waits until everything that was changed on a page is said to be saved. */
export function allSaved(page) {
  return page.waitForFunction(() => /^(Sparat|Saved) \d/.test(document.getElementById("sparat").textContent)
    && ![...document.querySelectorAll("[data-state]")].some((e) => /Sparar|Väntar|Inte/.test(e.textContent)));
}

/** The address of the case that a page is about. */
export const caseOf = (page) => new URL(page.url()).pathname.split("/").slice(0, 3).join("/");
