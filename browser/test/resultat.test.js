// Results of one's own cases: from the bar to a figure and a cross table, by keyboard, narrow, on paper and without script.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, leader, worker;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  [worker, leader] = [await beSomebody(server, people[0]), await beSomebody(server, people.at(-1))];
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", ...options });

for (const who of ["worker", "leader"]) {
  test(`the bar leads a ${who} to the turn at a glance, and each card to its figure`, async () => {
    const v = await see({ locale: "sv", cookie: who === "worker" ? worker : leader });
    await v.page.goto("/att-gora");
    await v.page.getByRole("navigation").getByRole("link", { name: "Resultat" }).click();
    assert.equal(await v.page.locator("h1").innerText(), "Resultat");
    assert.ok(await v.page.getByText("Internt.").first().isVisible());
    assert.ok(await v.page.locator(".figure-card svg").count() > 10);
    await v.page.locator(".figure-card h3 a").nth(1).click();
    assert.match(new URL(v.page.url()).pathname, /^\/resultat\/d\/d\d\d$/);
    await v.close();
  });
}

test("by keyboard: a table is opened on its card, and a filter is kept in the address", async () => {
  const v = await see({ locale: "sv" });
  await v.page.goto("/resultat");
  const table = v.page.locator(".figure-card").first().locator("summary").first();
  await table.focus();
  await v.page.keyboard.press("Enter");
  assert.ok(await v.page.locator(".figure-card").first().locator("table").isVisible());
  const year = String(new Date().getFullYear() - 1);
  await v.page.getByLabel("Aktualiserade år").selectOption(year);
  await v.page.getByRole("button", { name: "Visa" }).press("Enter");
  await v.page.waitForURL(`**ar=${year}**`);
  const said = await v.page.locator("main").innerText();
  await v.page.goto(v.page.url());
  assert.equal(await v.page.locator("main").innerText(), said, "the same address gives another answer");
  await v.close();
});

test("without script: rows, columns and conditions", async () => {
  const v = await see({ locale: "sv", javaScriptEnabled: false });
  await v.page.goto("/resultat/korstabell");
  await v.page.getByLabel("Rader", { exact: true }).selectOption("alder");
  await v.page.getByLabel("Lägg till villkor").selectOption({ index: 3 });
  await v.page.getByRole("button", { name: "Visa" }).click();
  assert.ok(v.page.url().includes("rader=alder"));
  assert.equal(await v.page.locator(".conditions input:checked").count(), 1);
  await v.page.locator(".conditions input").uncheck();
  await v.page.getByRole("button", { name: "Visa" }).click();
  assert.equal(await v.page.locator(".conditions input").count(), 0);
  await v.close();
});

test("on paper: internal, when it was read, and no filters", async () => {
  const v = await see({ locale: "sv" });
  await v.page.goto("/resultat/d/d05");
  await v.page.emulateMedia({ media: "print" });
  assert.ok(await v.page.locator(".on-paper").getByText("Internt", { exact: false }).isVisible());
  assert.ok(await v.page.locator(".stamp").isVisible());
  assert.ok(!await v.page.locator(".result-filters").isVisible());
  assert.ok(await v.page.locator("table").first().isVisible());
  await v.close();
});

// In the two ways in which every-page.test.js does not look.
describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of ["/resultat", "/resultat?ar=1999", "/resultat/d/d01", "/resultat/d/d09?ar=2026", "/resultat/d/d17", "/resultat/d/topp", "/resultat/korstabell?prova=ja", "/resultat/tid"]) {
    for (const [locale, width, colorScheme] of [["sv", 320, "light"], ["en", 1280, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
        await v.page.goto(address);
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `${address.replace(/\W+/g, "-").slice(1, 40)}-${locale}-${width}.png`), fullPage: true });
        await nothingWrongOn(v.page, 15);
        await v.close();
      });
    }
  }
});
