// What axe-core finds on a page by the rules of WCAG 2.2 A and AA and by best practice.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong, a line each; only names the rules to run where not all are wanted. */
export async function faultsOn(page, only = null) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(axe);
  const found = await page.evaluate((run) => window.axe.run(document, { runOnly: run, resultTypes: ["violations"], preload: false }),
    only ? { type: "rule", values: only } : { type: "tag", values: tags });
  return { faults: found.violations.map(say), looked: found.passes.length };
}

/** Asserts that axe finds nothing, had something to look at, and that the page fits its window. */
export async function nothingWrongOn(page, least) {
  const { faults, looked } = await faultsOn(page);
  assert.deepEqual(faults, []);
  assert.ok(looked > least, `only ${looked} rules had anything to look at`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "wider than the window");
}

function say(v) {
  const first = v.nodes.slice(0, 3).map((n) => `${n.target.join(" ")}: ${n.failureSummary.replace(/\s+/g, " ")}`);
  return `${v.id} (${v.nodes.length}): ${v.help}\n    ${first.join("\n    ")}`;
}
