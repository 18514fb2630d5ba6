// Signed out, or the connection cut, in the middle of a case: it is said at the question, nothing
// is lost in silence, and what waited is saved when it can be.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { allSaved, answers, fillIn, openCase, shown } from "../lib/case.js";
import { beginWith, first, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, address, v, page;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  address = await openCase(server, await beginWith(server), { arende: "24-017", 4: "K-17" }, answers.bakgrund);
});
after(async () => {
  await browser.close();
  await server.close();
});

async function open(options) {
  v = await visit(browser, server, { cookie: await signInAt(server), ...options });
  page = v.page;
  await page.goto(`${address}/bakgrund`);
}
afterEach(() => v.close());

const alarm = () => page.locator("#larm").innerText();
const alarmed = (text) => page.waitForFunction((t) => document.getElementById("larm").textContent.includes(t), text);
const state = (name) => page.locator(`#f-${name} [data-state]`).innerText();

// What another browser sees is what the register has.
async function kept(name) {
  const other = await visit(browser, server, { cookie: await signInAt(server) });
  await other.page.goto(`${address}/bakgrund`);
  const value = (await shown(other.page))[name];
  await other.close();
  return value;
}

describe("signed out", () => {
  for (const [how, age, signOut] of [
    ["the session's cookie is gone", "51", () => v.context.clearCookies({ name: "foljsam" })],
    ["in another tab", "52", async () => {
      const tab = await v.context.newPage();
      await tab.goto("/att-gora");
      await tab.getByRole("button", { name: "Logga ut" }).click();
      await tab.waitForURL("**/logga-in*");
      await tab.close();
    }],
  ]) {
    test(`${how}: the page says so, and after signing in elsewhere the answer is saved`, async () => {
      await open();
      await signOut();
      await fillIn(page, { 15: age });
      await page.locator("#f-20").focus();
      await alarmed("Du är utloggad");
      assert.match(await alarm(), /inte sparat/);
      assert.match(await state("15"), /Inte sparat/);
      assert.doesNotMatch(await page.locator("#sparat").innerText(), /^Sparat/);
      assert.notEqual(await kept("15"), age);
      await signInByLink();
      await page.bringToFront();
      await allSaved(page);
      assert.equal(await alarm(), "");
      assert.equal((await shown(page))["15"], age, "what was typed is there still");
      assert.equal(await kept("15"), age);
    });
  }

  // The link leads, in a tab of its own, by the sign-in to the very same question.
  async function signInByLink() {
    const [tab] = await Promise.all([v.context.waitForEvent("page"), page.getByRole("link", { name: "Logga in" }).click()]);
    await tab.fill("#inloggning", first.inloggning);
    await tab.fill("#losenord", first.losenord);
    await tab.getByRole("button", { name: "Logga in" }).click();
    await tab.waitForURL(`**${address}/bakgrund#f-15`);
    assert.equal(await tab.evaluate(() => document.activeElement?.closest(".field")?.id), "f-15", "at the same question");
  }

  test("without script, a page that was posted is said to be unsaved, and leads back to it", async () => {
    await open({ javaScriptEnabled: false });
    await v.context.clearCookies({ name: "foljsam" });
    await fillIn(page, { 15: "77" });
    await page.locator("[data-onward]").click();
    await page.waitForURL("**/logga-in*");
    assert.match(await page.locator("main").innerText(), /inte sparat|inte sparades/);
    await page.fill("#inloggning", first.inloggning);
    await page.fill("#losenord", first.losenord);
    await page.getByRole("button", { name: "Logga in" }).click();
    await page.waitForURL(`**${address}/bakgrund*`);
    assert.notEqual(await kept("15"), "77");
  });
});

describe("the connection is cut", () => {
  beforeEach(() => open());

  test("it is said loudly, and the answer is saved when the connection is back", async () => {
    await v.context.setOffline(true);
    await fillIn(page, { 20: "1" });
    await alarmed("Ingen kontakt");
    assert.match(await state("20"), /Inte sparat/);
    assert.doesNotMatch(await page.locator("#sparat").innerText(), /^Sparat/);
    assert.notEqual(await kept("20"), "1");
    await v.context.setOffline(false);
    await allSaved(page);
    assert.equal(await alarm(), "");
    assert.equal(await kept("20"), "1");
  });

  test("several answers wait, and are saved in the order in which they were given", async () => {
    await v.context.setOffline(true);
    await fillIn(page, { 20: "2", 14: "2", 49: "8" });
    await fillIn(page, { 20: "3" });
    await alarmed("Ingen kontakt");
    await v.context.setOffline(false);
    await allSaved(page);
    for (const [name, value] of Object.entries({ 20: "3", 14: "2", 49: "1|8|10" })) assert.equal(await kept(name), value);
  });

  test("the server is killed and comes back", async () => {
    await server.end("SIGKILL");
    await fillIn(page, { 20: "4" });
    await alarmed("Ingen kontakt");
    await server.begin();
    await allSaved(page);
    assert.equal(await kept("20"), "4");
  });

  test("no link and no button leads away from what is not saved", async () => {
    await v.context.setOffline(true);
    await fillIn(page, { 20: "5" });
    await alarmed("Ingen kontakt");
    await page.getByRole("link", { name: "Att göra" }).click();
    await page.locator("[data-leave]").click();
    assert.match(page.url(), /bakgrund$/);
    assert.equal((await shown(page))["20"], "5");
    await v.context.setOffline(false);
    await allSaved(page);
  });

  test("closing the window asks first; what is saved may be left", async () => {
    const asked = [];
    page.on("dialog", (d) => { asked.push(d.type()); return d.dismiss(); });
    await v.context.setOffline(true);
    await page.locator("[name='f.15']").click();
    await fillIn(page, { 15: "39" });
    await page.close({ runBeforeUnload: true });
    await page.waitForTimeout(300);
    assert.deepEqual(asked, ["beforeunload"]);
    await v.context.setOffline(false);
    await page.locator("#f-20").focus();
    await allSaved(page);
    const closed = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await closed;
    assert.equal(await kept("15"), "39");
  });
});
