// What axe-core finds by the rules of WCAG 2.2 A and AA and by best practice: nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { lookAs, openReport } from "../lib/page.js";
import { reports } from "../reports.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports) {
  describe(report.name, () => {
    let opened;
    before(async () => {
      opened = await openReport(browser, report, { tables: true });
      await shorten(opened.page);
      await opened.page.evaluate(axe);
    });
    after(() => opened.close());

    for (const view of viewsOf(report)) {
      test(`axe finds nothing at ${view.width} px, ${view.colorScheme}`, async () => {
        await lookAs(opened.page, view);
        // Contrast is worked out by colour.test.js, of every text and not only of those that axe can tell.
        const found = await opened.page.evaluate((tags) => window.axe.run(document, {
          runOnly: tags, resultTypes: ["violations"], preload: false, rules: { "color-contrast": { enabled: false } },
        }), tags);
        assert.deepEqual(found.violations.map(say), []);
        assert.ok(found.passes.length > 30, `only ${found.passes.length} rules had anything to look at`);
      });
    }
  });
}

// Every report wide; the Swedish ones also in all other ways.
function viewsOf(report) {
  const widths = report.lang === "sv" ? [1280, 768, 320] : [1280];
  const light = widths.map((width) => ({ width, colorScheme: "light" }));
  return report.lang === "sv" ? [...light, { width: 1280, colorScheme: "dark" }] : light;
}

// axe takes a second for each thousand elements. What is taken away looks as what is left:
// the insides of pictures, and all units but the first three of a table by unit.
function shorten(page) {
  return page.evaluate(() => {
    document.querySelectorAll("svg > :not(title, desc), .matrix tbody:nth-of-type(n+4)").forEach((e) => e.remove());
  });
}

function say(v) {
  const first = v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")}: ${n.failureSummary.replace(/\s+/g, " ")}`);
  return `${v.id} (${v.nodes.length}): ${v.help}\n    ${first.join("\n    ")}`;
}
