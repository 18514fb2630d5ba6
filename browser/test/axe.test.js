// What axe-core finds by the rules of WCAG 2.2 A and AA and by best practice: nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openReport } from "../lib/page.js";
import { reportOf, reports } from "../reports.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports) look(report, 1280, "light");
for (const name of ["internal-en", "masked-sv", "county-sv"]) {
  for (const width of [768, 320]) look(reportOf(name), width, "light");
}
look(reportOf("internal-sv"), 1280, "dark");
look(reportOf("county-en"), 320, "dark");

function look(report, width, colorScheme) {
  test(`axe finds nothing: ${report.name}, ${width} px, ${colorScheme}`, async () => {
    const { page, close } = await openReport(browser, report, { tables: true, colorScheme, viewport: { width, height: 900 } });
    await shorten(page);
    await page.evaluate(axe);
    // Contrast is worked out by colour.test.js, of every text and not only of those that axe can tell.
    const found = await page.evaluate((tags) => window.axe.run(document, {
      runOnly: tags, resultTypes: ["violations"], preload: false, rules: { "color-contrast": { enabled: false } },
    }), tags);
    assert.deepEqual(found.violations.map(say), []);
    assert.ok(found.passes.length > 30, `only ${found.passes.length} rules had anything to look at`);
    await close();
  });
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
