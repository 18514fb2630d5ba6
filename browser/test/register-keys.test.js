// The keys of a case: digits, Enter, g, s, n, / and ?; none of them in a text field, all of them
// off when somebody wants that.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { allSaved, answers, openCase, shown } from "../lib/case.js";
import { handsOn, question } from "../lib/hands.js";
import { beginWith, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, address, v, page, hands;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  address = await openCase(server, await beginWith(server), { arende: "24-017", 4: "K-17" }, answers.bakgrund);
});
after(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  v = await visit(browser, server, { cookie: await signInAt(server) });
  page = v.page;
  hands = handsOn(page);
});
afterEach(() => v.close());

const open = (phase) => page.goto(`${address}/${phase}`);
const use = (name) => page.locator(`[name="f.${name}"]`).first().focus();
const chosen = async (name) => (await shown(page))[name] ?? "";

test("a digit chooses; one that others begin with waits for the second, or for Enter", async () => {
  await open("bakgrund");
  await use("49"); // has 1 and 10 to 14; 1 and 10 are chosen
  await hands.press("8");
  assert.equal(await chosen("49"), "1|8|10");
  await hands.press("1");
  assert.equal(await chosen("49"), "1|8|10", "1 waits");
  assert.match(await page.locator("#f-49 [data-state]").innerText(), /1 … skriv nästa siffra, eller tryck Enter/);
  await page.waitForTimeout(1500); // and nothing happens by time
  assert.equal(await chosen("49"), "1|8|10", "1 still waits");
  await hands.press("3");
  assert.equal(await chosen("49"), "1|8|10|13");
  await hands.press("1", "Enter");
  assert.equal(await chosen("49"), "8|10|13", "the same digit takes the answer away");
  await hands.press("1", "Escape", "9");
  assert.equal(await chosen("49"), "8|9|10|13", "Escape forgets what waited");
  await allSaved(page);
});

test("Enter goes on and Shift+Enter back; Backspace takes an answer away", async () => {
  await open("bakgrund");
  await use("14");
  await hands.press("Enter");
  assert.equal((await question(page)).name, "15");
  await hands.press("Shift+Enter");
  assert.equal((await question(page)).name, "14");
  await hands.press("Shift+Enter");
  assert.equal((await question(page)).name, "5");
  await use("20");
  await hands.press("Backspace");
  assert.equal(await chosen("20"), "");
  await allSaved(page);
  await page.reload();
  assert.equal(await chosen("20"), "");
});

test("g and a digit change part, s leaves, / finds and ? shows the keys", async () => {
  await open("bakgrund");
  for (const [digit, phase] of [["2", "fore"], ["3", "under"], ["4", "efter"], ["5", "brukare"], ["1", "bakgrund"]]) {
    await hands.press("g", digit);
    await page.waitForURL(`**/${phase}`);
  }
  await hands.press("?");
  await page.locator("#tangenter").waitFor();
  assert.match(await page.locator("#tangenter").innerText(), /byter fas|byter del/);
  await hands.press("Escape");
  await page.locator("#tangenter").waitFor({ state: "hidden" });
  await hands.press("s");
  await page.waitForURL("**/att-gora");
  await hands.press("/");
  await page.waitForURL("**/arenden#sok");
  await hands.tabTo("#sok");
  await hands.write("n/?");
  assert.equal(await page.inputValue("#sok"), "n/?", "in the search field they are letters");
});

test("n opens a new case wherever one is", async () => {
  for (const path of ["/att-gora", "/arenden", `${address}/bakgrund`]) {
    await page.goto(path);
    await hands.press("n");
    await page.waitForURL("**/arenden/nytt").catch(() => assert.fail(`n did nothing on ${path}`));
  }
});

test("in a text field the keys write", async () => {
  await open("brukare");
  await use("217");
  await hands.write("g2 sn/? 1");
  assert.equal(await page.inputValue("[name='f.217']"), "g2 sn/? 1");
  assert.match(page.url(), /brukare$/);
  await open("bakgrund");
  await use("15");
  await page.locator("[name='f.15']").fill("");
  await hands.write("34");
  assert.equal(await page.inputValue("[name='f.15']"), "34");
  await hands.press("Tab");
  await allSaved(page);
});

test("with Ctrl, Alt or Meta the keys are the browser's", async () => {
  await open("fore");
  await use("59");
  await hands.press("Alt+1", "Control+2");
  assert.equal(await chosen("59"), "");
});

test("a setting turns single keys off; Enter and Tab still work", async () => {
  await page.goto("/installningar");
  await page.check("[name=tangenter][value=av]");
  await page.getByRole("button", { name: "Spara inställningar" }).click();
  await open("fore");
  await use("59");
  await hands.press("1", "g", "3", "s", "n", "/", "?");
  assert.equal(await chosen("59"), "");
  assert.match(page.url(), /fore$/);
  assert.equal(await page.locator("#tangenter").isVisible(), false);
  await hands.press("Space", "Enter");
  assert.equal(await chosen("59"), "1");
  assert.equal((await question(page)).name, "67");
  await allSaved(page);
  await page.goto("/installningar");
  await page.check("[name=tangenter][value=pa]");
  await page.getByRole("button", { name: "Spara inställningar" }).click();
});
