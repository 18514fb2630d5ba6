// A whole case by keyboard only, from the one-time code to the figure that comes back, and what
// each part costs: key presses, pages and bytes. The table goes to out/browser/register-keys.json.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { allSaved, answers, caseOf, codes, inRow, risks, shown, supports } from "../lib/case.js";
import { handsOn, walk, where } from "../lib/hands.js";
import { first } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit, weigh } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, v, page, hands;
const costs = [];

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  v = await visit(browser, server);
  page = v.page;
  hands = handsOn(page);
});
after(async () => {
  await v.close();
  await browser.close();
  await server.close();
  console.table(costs);
  writeFileSync(join(out, "register-keys.json"), JSON.stringify(costs, null, 1) + "\n");
});

// Does a part of the work, and writes down what it cost.
async function costing(part, work) {
  const from = { answers: v.answers.length, pressed: hands.pressed, typed: hands.typed };
  const began = performance.now();
  await work();
  const { bytes, pages } = await weigh(v.answers.slice(from.answers));
  const cost = { part, keys: hands.pressed - from.pressed, typed: hands.typed - from.typed, pages, requests: v.answers.length - from.answers, bytes, ms: Math.round(performance.now() - began) };
  costs.push(cost);
  return cost;
}

const onward = async (to) => {
  await hands.press("Enter");
  await page.waitForURL(to).catch(async (e) => { throw new Error(`${e.message}\nnow at ${await where(page)}`); });
};

test("the first run asks for the one-time code, the person and the register", async () => {
  await costing("first run", async () => {
    await page.goto("/");
    await page.waitForURL("**/forsta");
    await hands.tabTo("[name=kod]");
    for (const text of [server.code.toLowerCase(), first.namn, first.inloggning, first.losenord, first.losenord, first.register, first.ansvarig, "Nora", first.enhet]) {
      await hands.write(text);
      await hands.press("Tab");
    }
    await onward("**/forsta-dagen*");
  });
  await page.goto("/att-gora");
  assert.match(await page.locator(".place").innerText(), /Socialnämnden i Nora · Enhet Vuxen/);
});

test("signing out and in", async () => {
  await hands.tabTo("form[action='/logga-ut'] button");
  await onward("**/logga-in*");
  await costing("sign in", async () => {
    await hands.tabTo("#inloggning");
    await hands.write(first.inloggning);
    await hands.press("Tab");
    await hands.write(first.losenord);
    await onward("**/konto/skydd*"); // who coordinates is asked for a second factor, and may say not now
    await hands.tabTo("main .buttons a");
    await onward(server.address + "/att-gora");
  });
});

test("background: at most 40 key presses beyond codes, age and date, and one page", async () => {
  const cost = await costing("background", async () => {
    await hands.press("n");
    await page.waitForURL("**/arenden/nytt");
    const met = await walk(page, hands, { ...codes, ...answers.bakgrund });
    assert.deepEqual(met, ["arende", "4", "1", "5", "14", "15", "19", "20", "41", "49"]);
    await allSaved(page);
  });
  assert.equal(await page.locator("[data-phase=bakgrund] [data-done]").innerText(), "8/8");
  assert.ok(cost.keys <= 40, `${cost.keys} key presses`);
  assert.equal(cost.pages, 1);
});

test("before support: three risk assessments, each on its instrument's scale", async () => {
  await costing("before", async () => {
    await onward("**/fore");
    await walk(page, hands, answers.fore, "110");
    for (const [i, row] of risks.entries()) await addRow("risk", i + 1, row, "110");
    await walk(page, hands, answers.fore);
    await allSaved(page);
  });
  assert.deepEqual(await reread("fore"), Object.assign({ ...answers.fore }, ...risks.map((r, i) => inRow("risk", i + 1, r))));
});

test("during support: two kinds of support, and that nobody else is involved", async () => {
  await costing("during", async () => {
    await hands.press("g", "3");
    await page.waitForURL("**/under");
    await hands.press("Enter");
    for (const [i, row] of supports.entries()) await addRow("insats", i + 1, row, "127");
    await walk(page, hands, answers.under);
    await allSaved(page);
  });
  assert.deepEqual(await reread("under"), Object.assign({ ...answers.under }, ...supports.map((r, i) => inRow("insats", i + 1, r))));
});

test("closing: the five questions, and one figure back", async () => {
  await costing("closing", async () => {
    await hands.press("g", "4");
    await page.waitForURL("**/efter");
    assert.deepEqual(await walk(page, hands, answers.efter), Object.keys(answers.efter));
    await onward("**/avslutat");
  });
  assert.match(await page.locator(".figure").innerText(), /enhetens 1:a avslutade ärende i år.*Målet nåddes/s);
});

test("the client's answers", async () => {
  await costing("survey", async () => {
    await hands.press("g", "5");
    await page.waitForURL("**/brukare");
    await walk(page, hands, answers.brukare, "217");
    await hands.write(answers.brukare[217]);
    await hands.tabTo("[data-onward]");
    await onward(server.address + "/att-gora");
  });
});

test("every answer is there when the case is opened again, by its code", async () => {
  await hands.press("/");
  await page.waitForURL("**/arenden#sok");
  await hands.tabTo("#sok");
  await hands.write(codes.arende);
  await onward(/\/arenden\/[-0-9a-f]{36}\//);
  for (const phase of ["bakgrund", "efter", "brukare"]) assert.deepEqual(await reread(phase), answers[phase], await where(page));
});

// From the question that comes after the rows: back to the button that adds one, and through the row.
async function addRow(level, nr, answers, then) {
  await hands.tabTo(`button[value='${level}+']`, "Shift+Tab");
  await onward(`**/*#f-${level}-${nr}-*`); // the first question of the new row is in use
  await walk(page, hands, inRow(level, nr, answers), then);
  await allSaved(page);
}

async function reread(phase) {
  await page.goto(`${caseOf(page)}/${phase}`);
  return shown(page);
}
