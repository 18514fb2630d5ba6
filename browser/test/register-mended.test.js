// What a page does when something on it is mended or changes: the summary of faults shrinks and
// goes, a value follows its instrument in one save, a row is called by what is known of it, and
// one's own other window is not somebody else.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { addRows, allSaved, answers, fillIn, openCase, risks, shown } from "../lib/case.js";
import { beginWith, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, cookie, nr = 0, address, v, page;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  await beginWith(server);
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  cookie = await signInAt(server);
  address = await openCase(server, cookie, { arende: `24-${++nr}`, 4: `K-${nr}` }, answers.bakgrund);
  v = await visit(browser, server, { cookie });
  page = v.page;
});
afterEach(() => v.close());

test("the summary of faults shrinks as they are mended, and goes with the last", async () => {
  await page.goto(`${address}/bakgrund`);
  await page.evaluate(() => {
    document.querySelector("[name='f.5']").value = "i går";
    document.querySelector("[name='f.15']").value = "tretti";
    HTMLFormElement.prototype.submit.call(document.querySelector("form[data-autosave]"));
  });
  await page.locator("#fel").waitFor();
  assert.equal(await page.locator("#fel h2").innerText(), "2 uppgifter kunde inte sparas");
  await page.fill("[name='f.15']", "34");
  await page.locator("#f-20").focus();
  await page.waitForFunction(() => document.querySelectorAll("#fel li").length === 1);
  assert.equal(await page.locator("#fel h2").innerText(), "En uppgift kunde inte sparas");
  await page.fill("[name='f.5']", "2024-05-08");
  await page.locator("#f-20").focus();
  await page.locator("#fel").waitFor({ state: "detached" });
  assert.doesNotMatch(await page.title(), /^Fel: /);
  assert.equal(await page.getByText("Allt annat är sparat").count(), 0);
  assert.doesNotMatch(page.url(), /svar=/);
  await allSaved(page);
  await page.reload();
  assert.equal(await page.locator("#fel, .has-error").count(), 0);
  assert.equal((await shown(page))["5"], "2024-05-08");
});

const value = (name) => page.locator(`[name="f.${name}"]:not([disabled])`);

test("another instrument takes the value along in one save, which is undone as one", async () => {
  await addRows(server, cookie, address, "fore", "risk", risks.slice(0, 1)); // 14 points
  await page.goto(`${address}/fore`);
  await page.locator("#r-risk-1 summary").first().click();
  await page.locator("[name='f.risk.1.90'][value='2']").check(); // low, medium, high
  await page.locator("#f-risk-1-skattning .meanwhile").waitFor();
  await allSaved(page);
  assert.match(await page.locator("#f-risk-1-skattning .meanwhile").innerText(), /annan skala/);
  assert.equal((await shown(page))["risk.1.skattning"], undefined);
  await page.goto(`${address}/historik`);
  await page.getByRole("button", { name: /^Ångra 3 svar ?: / }).click();
  await page.goto(`${address}/fore`);
  assert.equal((await shown(page))["risk.1.skattning"], "14");
  assert.equal((await shown(page))["risk.1.90"], "1");
});

test("a wrong instrument on the way to the right one loses no value", async () => {
  await addRows(server, cookie, address, "fore", "risk", risks.slice(0, 1));
  await page.goto(`${address}/fore`);
  await page.locator("#r-risk-1 summary").first().click();
  await page.locator("[name='f.risk.1.90'][value='2']").check();
  await page.locator("[name='f.risk.1.90'][value='1']").check();
  await allSaved(page);
  assert.equal(await value("risk.1.skattning").inputValue(), "14");
  await page.reload();
  assert.equal((await shown(page))["risk.1.skattning"], "14");
});

test("a new row is called by its kind and day as soon as they are known", async () => {
  await page.goto(`${address}/under`);
  for (const _ of [1, 2]) await Promise.all([page.waitForURL("**/under#f-insats-*"), page.getByRole("button", { name: "Lägg till stöd" }).click()]);
  assert.match(await page.locator("#r-insats-2 summary").first().innerText(), /^Stöd 2 \(nytt\)/);
  assert.match(await page.locator("#r-insats-1 summary").first().innerText(), /^Stöd 1 \(nytt\)/);
  await fillIn(page, { "insats.2.117": "2024-05-20" });
  await page.locator("[name='f.insats.2.118'][value='4']").check();
  await allSaved(page);
  assert.match(await page.locator("#r-insats-2 summary").first().innerText(), /^Stödsamtal \(enskilt\) ·\s20\smaj\s2024/);
  assert.equal(await page.getByRole("button", { name: /^Ta bort ?: Stödsamtal \(enskilt\) ·\s20\smaj\s2024/ }).count(), 1);
});

test("one's own other window is not somebody else", async () => {
  const other = await v.context.newPage();
  for (const p of [page, other]) await p.goto(`${address}/bakgrund`);
  await fillIn(other, { 20: "3" });
  await allSaved(other);
  await fillIn(page, { 15: "41" });
  await page.locator("#f-20").focus();
  await page.locator("#f-20 .meanwhile").waitFor();
  assert.match(await page.locator("#f-20 .meanwhile").innerText(), /^Du har ändrat här nyss, i ett annat fönster/);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a question is set aside and taken up again by keyboard, ${javaScriptEnabled ? "with" : "without"} script`, async () => {
    await v.close();
    v = await visit(browser, server, { cookie, javaScriptEnabled });
    page = v.page;
    const save = () => javaScriptEnabled ? allSaved(page) : page.locator("[data-leave]").click();
    await page.goto(`${address}/bakgrund`);
    const unfold = async () => {
      await page.locator("#f-20 details.states summary").focus();
      if (!await page.locator("#f-20 details.states").evaluate((d) => d.open)) await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
    };
    await unfold();
    await page.keyboard.press("ArrowDown");
    await save();
    await page.goto(`${address}/bakgrund`);
    assert.equal(await page.locator("[name='l.20']:checked").inputValue(), "ej_aktuell");
    assert.match(await page.locator("#f-20 .set-aside").innerText(), /Ej aktuell/);
    await unfold();
    await page.keyboard.press("ArrowUp");
    await save();
    await page.goto(`${address}/bakgrund`);
    assert.equal(await page.locator("#f-20.is-set-aside").count(), 0);
    assert.equal(await page.locator("[name='l.20']:checked").inputValue(), "");
  });
}

test("what is not saved yet is said, with what is missing, until the case is opened; nothing moves then", async () => {
  await page.goto("/arenden/nytt");
  const notYet = page.locator("#inte-an");
  await page.fill("[name='f.4']", `K-ny-${nr}`);
  assert.equal(await notYet.innerText(), "", "a code alone is no answer that gets lost");
  const before = await tops();
  await page.locator("[name='f.1'][value='3']").check();
  assert.equal(await notYet.innerText(), "Sparas inte än: Ärendets kod hos er saknas");
  assert.deepEqual([await page.locator("#sparat").innerText(), await page.locator("#f-1 [data-state]").innerText()], ["Inte sparat", "Inte sparat"]);
  assert.ok(await leaveAndStay(), "nothing warned of what is lost");
  await notYet.getByRole("link").click();
  assert.match(page.url(), /nytt#f-arende$/);
  await page.fill("[name='f.arende']", `24-ny-${nr}`);
  await page.locator("[name='f.1'][value='3']").focus();
  await allSaved(page);
  assert.equal(await notYet.innerText(), "");
  assert.deepEqual(await tops(), before);
  assert.ok(await page.locator(".phases").isVisible());
  await page.getByRole("link", { name: "Att göra" }).click(); // and no question is asked
  await page.waitForURL("**/att-gora");
});

test("an answer that is given while the case is being opened is not said to be saved, and is saved after", async () => {
  await page.goto("/arenden/nytt");
  let letOn;
  const held = new Promise((on) => { letOn = on; });
  await page.route("**/autosave.js", async (route) => { await held; await route.continue(); });
  await page.fill("[name='f.4']", `K-snabb-${nr}`);
  await page.fill("[name='f.arende']", `24-snabb-${nr}`);
  let answer;
  await page.route("**/arenden/nytt", async (route) => { // the case is opened, and the reply waits
    const reply = await route.fetch();
    answer = () => route.fulfill({ response: reply });
  });
  await page.locator("[name='f.1'][value='3']").focus();
  await until(() => answer);
  await page.locator("[name='f.1'][value='3']").check();
  await answer();
  await page.waitForURL(/bakgrund/);
  const asked = page.waitForEvent("dialog");
  const click = page.getByRole("link", { name: "Att göra" }).click({ noWaitAfter: true }).catch(() => {});
  const dialog = await asked;
  assert.equal(dialog.type(), "beforeunload", "nothing warned of what is lost");
  await dialog.dismiss();
  await click;
  letOn();
  await allSaved(page);
  await page.unroute("**/autosave.js");
  await page.unroute("**/arenden/nytt");
  await page.reload();
  assert.ok(await page.locator("[name='f.1'][value='3']").isChecked());
});

async function until(there) {
  for (let i = 0; i < 400 && !there(); i++) await new Promise((on) => setTimeout(on, 20));
}

// How far down the questions stand.
const tops = () => page.evaluate(() => [...document.querySelectorAll("[data-field]")].map((e) => Math.round(e.getBoundingClientRect().top + scrollY)).slice(0, 4));

async function leaveAndStay() {
  const asked = page.waitForEvent("dialog");
  const click = page.getByRole("link", { name: "Att göra" }).click({ noWaitAfter: true }).catch(() => {});
  const dialog = await asked;
  await dialog.dismiss();
  await click;
  return dialog.type() === "beforeunload" && page.url().includes("/arenden/nytt");
}
