// A report needs nothing and nobody: no request, no script, no breach of its own policy.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { lookAs, openReport } from "../lib/page.js";
import { reports } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports) {
  describe(report.name, () => {
    let opened, page;
    before(async () => {
      opened = await openReport(browser, report, { tables: true });
      page = opened.page;
    });
    after(() => opened.close());

    test("no script, no inline style, no address of anyone else", async () => {
      assert.deepEqual(await page.evaluate(() => ({
        scripts: document.scripts.length,
        handlers: [...document.querySelectorAll("*")].filter((e) => e.getAttributeNames().some((n) => n.startsWith("on"))).length,
        styles: document.querySelectorAll("[style]").length,
        sheets: document.styleSheets.length,
        outside: [...document.querySelectorAll("[href], [src], [srcset], [action]")].map((e) => e.getAttribute("href") ?? e.outerHTML).filter((a) => !a.startsWith("#")),
      })), { scripts: 0, handlers: 0, styles: 0, sheets: 1, outside: [] });
    });

    test("nothing is asked for and nothing is said", async () => {
      await page.evaluate(() => document.querySelectorAll("a[href]").forEach((a) => a.focus()));
      await lookAs(page, { media: "print" });
      await lookAs(page, { width: 320, colorScheme: "dark" });
      assert.deepEqual(opened.asked, []);
      assert.deepEqual(opened.said, []);
    });

    test("the policy is in force", async () => {
      await page.evaluate(() => {
        document.body.setAttribute("style", "color: red");
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
        document.body.append(Object.assign(new Image(), { src: "https://example.invalid/x.png" }));
      });
      assert.equal(await page.evaluate(() => window.ran), undefined);
      assert.deepEqual(opened.asked, [], "the picture was asked for");
      assert.ok(opened.said.filter((s) => s.includes("Content Security Policy")).length >= 3, opened.said.join("\n"));
    });
  });

  if (report.lang === "en") test(`all of it works without script: ${report.name}`, async () => {
    const { page, close } = await openReport(browser, report, { javaScriptEnabled: false });
    const folded = page.locator("details").first();
    if (report.kind === "county") {
      assert.ok(await page.locator("table.matrix").first().isVisible());
    } else {
      assert.equal(await folded.locator("table").isVisible(), false);
      await folded.locator("summary").click();
      assert.ok(await folded.locator("table").isVisible());
      assert.ok(await page.locator("figure svg").first().isVisible());
    }
    await page.locator("nav a").last().click();
    assert.match(page.url(), /#metod$/);
    await close();
  });
}
