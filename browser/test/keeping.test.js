// Doubles, retention and extracts: axe-core finds nothing, wide and narrow, and it goes by keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { openCase } from "../lib/case.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";

const looks = {
  "Swedish, wide, light": { viewport: { width: 1280, height: 900 }, locale: "sv-SE", colorScheme: "light" },
  "English, narrow, dark": { viewport: { width: 320, height: 700 }, locale: "en-GB", colorScheme: "dark" },
};

let browser, server, leader;
before(async () => {
  browser = await startBrowser();
  server = await startDemo();
  leader = await beSomebody(server, (await peopleOf(server)).at(-1));
  for (const code of ["prov-1", "prov-2"]) await openCase(server, leader, { arende: code, 4: "K-prov" }, { 5: "2026-01-02" });
});
after(async () => {
  await server.close();
  await browser.close();
});

async function see(look) {
  const context = await browser.newContext({ baseURL: server.address, ...look });
  await context.addCookies([leader]);
  return context.newPage();
}

async function whole(page, what) {
  const { faults, looked } = await faultsOn(page);
  assert.deepEqual(faults, [], what);
  assert.ok(looked > 20, what);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${what} is wider than the window`);
}

for (const [name, look] of Object.entries(looks)) {
  test(`${name}: nothing is found on any page`, async () => {
    const page = await see(look);
    await page.goto("/hantera/dubbletter");
    await whole(page, "doubles");
    await page.locator("form[action$='/koder'] button").first().click();
    assert.match(await page.locator("main").innerText(), /prov-1/);
    await whole(page, "codes");
    await page.locator("form[action='/hantera/dubbletter'] button").first().click();
    await whole(page, "no verdict");
    await page.goto("/hantera/utdrag");
    await page.fill("#kod", "K-prov");
    await page.keyboard.press("Enter");
    await page.waitForSelector("table");
    assert.ok(!page.url().includes("prov"));
    await whole(page, "extract");
    await page.context().close();
  });
}

test("a verdict is given by keyboard", async () => {
  const page = await see(looks["Swedish, wide, light"]);
  await page.goto("/hantera/dubbletter");
  await page.locator("[name=beslut]").first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Två enheter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/gjort=/);
  assert.match(await page.locator("main").innerText(), /Beslutet är sparat/);
  await page.context().close();
});
