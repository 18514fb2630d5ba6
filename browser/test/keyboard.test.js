// With the keyboard alone: the way past the contents first, everything in the order in
// which it stands, always to be seen where one is, and no trap.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openReport } from "../lib/page.js";
import { reportOf, reports } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports) {
  test(`the first stop leads past the contents: ${report.name}`, async () => {
    const { page, close } = await openReport(browser, report);
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(here);
    assert.equal(stop.href, "#innehall");
    assert.ok(stop.top >= 0 && stop.left >= 0, "the link is not seen when it has focus");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "MAIN");
    await close();
  });

  if (report.lang === "sv") test(`every stop is seen, in order, to the end: ${report.name}`, async () => {
    const { page, close } = await openReport(browser, report);
    const expected = await page.evaluate(stops);
    const faults = [];
    for (let i = 0; i < expected; i++) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(here);
      if (stop.place !== i) faults.push(`stop ${i} is element ${stop.place}: ${stop.text}`);
      if (!stop.outlined) faults.push(`no outline at ${stop.text}`);
      if (!stop.inSight) faults.push(`out of sight: ${stop.text}`);
      if (faults.length > 5) break;
    }
    assert.deepEqual(faults, []);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true, "Tab does not leave the page");
    await close();
  });
}

for (const name of ["internal-sv", "masked-en"]) {
  test(`the table is one key away from its diagram, and Tab goes on from it: ${name}`, async () => {
    const { page, close } = await openReport(browser, reportOf(name));
    const folded = page.locator("figure details").first();
    await folded.locator("summary").focus();
    for (const key of ["Enter", "Space"]) {
      await page.keyboard.press(key);
      assert.equal(await folded.locator("table").isVisible(), key === "Enter");
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "region");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest("[role=region]"))), false);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Shift+Tab");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
    await close();
  });
}

test("a table wider than the screen is scrolled with the arrow keys", async () => {
  const { page, close } = await openReport(browser, reportOf("county-sv"), { viewport: { width: 320, height: 800 } });
  const region = page.locator("[role=region]:has(.matrix)").first();
  await region.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((e) => e.scrollLeft > 0, await region.elementHandle());
  await close();
});

// A link to a chapter leads there for the eyes as well as for the next Tab.
test("a link in the contents leads to its figure", async () => {
  const { page, close } = await openReport(browser, reportOf("internal-sv"));
  const link = page.locator('nav a[href="#d14"]');
  await link.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("figure")?.id), "d14");
  await close();
});

// stops marks what the keyboard should reach, in the document's order, and counts it.
function stops() {
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((e) => e.checkVisibility());
  all.forEach((e, i) => { e.place = i; });
  return all.length;
}

function here() {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {
    place: e.place, text: e.textContent.slice(0, 40), href: e.getAttribute("href"), top: box.top, left: box.left,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inSight: box.bottom > 0 && box.top < innerHeight,
  };
}
