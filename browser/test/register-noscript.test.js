// A whole case without script: ordinary forms, every value read back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { answers, caseOf, codes, fillIn, inRow, risks, shown, supports } from "../lib/case.js";
import { first } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, v, page, address;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  v = await visit(browser, server, { javaScriptEnabled: false });
  page = v.page;
});
after(async () => {
  await v.close();
  await browser.close();
  await server.close();
});

const press = (name) => page.getByRole("button", { name, exact: true }).click();

test("the first run says what is missing, and keeps what was typed", async () => {
  await page.goto("/");
  for (const name of ["namn", "inloggning", "register", "ansvarig", "enhet"]) await page.fill(`[name=${name}]`, first[name]);
  await page.selectOption("[name=omrade]", first.omrade);
  await page.fill("[name=kod]", "AAAA-BBBB-CCCC-DDDD");
  await page.fill("[name=losenord]", first.losenord);
  await page.fill("[name=losenord2]", first.losenord);
  await press("Skapa registret och logga in");
  assert.match(await page.locator("#fel").innerText(), /Engångskoden stämmer inte/);
  assert.equal(await page.inputValue("[name=register]"), first.register);
  await page.fill("[name=kod]", server.code);
  await page.fill("[name=losenord]", first.losenord);
  await page.fill("[name=losenord2]", first.losenord);
  await press("Skapa registret och logga in");
  await page.waitForURL("**/forsta-dagen*");
});

test("signing out, failing and signing in", async () => {
  await press("Logga ut");
  await page.fill("#inloggning", first.inloggning);
  await page.fill("#losenord", "fel lösenord helt");
  await press("Logga in");
  assert.match(await page.locator(".errors").innerText(), /lösenordet stämmer inte/);
  await page.fill("#losenord", first.losenord);
  await press("Logga in");
  await page.waitForURL("**/konto/skydd*"); // who coordinates is asked for a second factor
  await page.getByRole("link", { name: "Inte nu" }).click();
  await page.waitForURL("**/att-gora");
});

test("background: a day that is none comes back as it was typed, with the rest saved", async () => {
  await page.getByRole("link", { name: "Nytt ärende" }).first().click();
  await fillIn(page, { ...codes, ...answers.bakgrund, 5: "2024-13-45" });
  await press("Spara och gå vidare");
  assert.equal(await page.inputValue("[name='f.5']"), "2024-13-45");
  const link = page.locator("#fel a");
  assert.equal(await link.count(), 1);
  assert.equal(await link.getAttribute("href"), "#f-5");
  assert.match(await page.title(), /^Fel: /);
  await fillIn(page, { 5: "20240508" });
  await press("Spara och gå vidare");
  await page.waitForURL("**/fore");
  address = caseOf(page);
});

test("before support: rows are added by a button, and the scale follows when it is saved", async () => {
  await fillIn(page, answers.fore);
  for (const [i, row] of risks.entries()) {
    await press("Lägg till riskbedömning");
    await page.waitForURL(`**/fore#f-risk-${i + 1}-*`);
    await fillIn(page, inRow("risk", i + 1, { 90: row[90] }));
    await page.locator(`[name="f.risk.${i + 1}.datum"]`).press("Enter"); // saves, and stays in this part
    await page.waitForURL("**/fore");
    await unfold();
    await fillIn(page, inRow("risk", i + 1, row));
  }
  await press("Spara och gå vidare");
  await page.waitForURL("**/under");
});

test("during support", async () => {
  for (const [i, row] of supports.entries()) {
    await press("Lägg till stöd");
    await page.waitForURL(`**/under#f-insats-${i + 1}-*`);
    await unfold();
    await fillIn(page, inRow("insats", i + 1, row));
  }
  await fillIn(page, answers.under);
  await press("Spara och gå vidare");
  await page.waitForURL("**/efter");
});

test("closing by the case's own menu, with the figure back, and the client's answers", async () => {
  await page.locator(".case-menu summary").click();
  await page.getByRole("link", { name: "Avsluta ärendet" }).click();
  await fillIn(page, { ...answers.efter, 256: "" });
  await press("Avsluta ärendet");
  assert.match(await page.locator("#fel").innerText(), /vilket datum ärendet avslutades/);
  await fillIn(page, { 256: answers.efter[256] });
  await press("Avsluta ärendet");
  await page.waitForURL("**/avslutat");
  assert.match(await page.locator(".figure").innerText(), /1:a avslutade ärende i år/);
  await page.getByRole("link", { name: "Gå till Brukaruppföljning" }).click();
  await fillIn(page, answers.brukare);
  await page.locator("[data-onward]").click();
});

test("every value is read back", async () => {
  const rows = { fore: risks.map((r, i) => inRow("risk", i + 1, r)), under: supports.map((r, i) => inRow("insats", i + 1, r)) };
  for (const phase of Object.keys(answers)) {
    await page.goto(`${address}/${phase}`);
    assert.deepEqual(await shown(page), Object.assign({ ...answers[phase] }, ...rows[phase] ?? []), phase);
  }
  assert.equal(await page.locator("[data-phase] [data-done]").allInnerTexts().then((all) => all.every((t) => /^(\d+)\/\1$/.test(t))), true);
});

test("the list, the search, the history and the settings", async () => {
  await page.goto("/arenden");
  await page.fill("#sok", codes.arende);
  await press("Sök");
  await page.waitForURL(`**${address}/**`);
  await page.getByRole("link", { name: "Historik" }).click();
  assert.match(await page.locator("table.history").innerText(), /Öppnade ärendet/);
  await page.getByRole("button", { name: "English" }).click();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.goto("/installningar");
  await page.check("[name=sprak][value=sv]");
  await page.check("[name=tangenter][value=av]");
  await page.getByRole("button", { name: "Save settings" }).click();
  assert.equal(await page.locator("html").getAttribute("data-keys"), "off");
  assert.equal(await page.locator("html").getAttribute("lang"), "sv");
});

// Rows that are complete are folded.
async function unfold() {
  const folded = page.locator(".row-card > details:not([open]) > summary");
  while (await folded.count() > 0) await folded.first().click();
}
