// A telephone, and text at twice its size: the page never scrolls sideways. A table may,
// inside a region of its own that the keyboard reaches.
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

    test("320 px wide", async () => {
      await lookAs(page, { width: 320, height: 800 });
      await assertFits(page);
      assert.deepEqual(await page.evaluate(pictures), { wide: 0, narrowTooWide: [] });
    });

    test("a window at 400 %", async () => { // 1280 × 1024, as WCAG counts it
      await lookAs(page, { width: 320, height: 256 });
      await assertFits(page);
    });

    test("text at twice its size", async () => {
      await lookAs(page, { width: 1280 });
      const before = await page.evaluate(textHeight);
      await page.evaluate(() => { // the page's own policy refuses a new style sheet; a browser's zoom of text is none
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("html { font-size: 212.5% !important }");
        document.adoptedStyleSheets = [sheet];
      });
      assert.equal(await page.evaluate(textHeight), before * 2);
      await assertFits(page);
    });
  });
}

async function assertFits(page) {
  const { page: width, screen, outside } = await page.evaluate(overflow);
  assert.deepEqual(outside, []);
  assert.ok(width <= screen, `the page is ${width} px wide on a screen of ${screen}`);
}

// overflow finds what stands outside the page's width and is not in something that scrolls.
function overflow() {
  const screen = document.documentElement.clientWidth;
  const scrolls = (e) => e.closest('[role="region"][tabindex="0"]');
  const outside = [...document.querySelectorAll("body *")]
    .filter((e) => !e.closest("svg, caption, .skip") && !scrolls(e.parentElement))
    .filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > screen + 1)
    .map((e) => `${e.tagName} ${e.className}: ${e.textContent.slice(0, 40)}`);
  return { page: document.documentElement.scrollWidth, screen, outside: outside.slice(0, 5) };
}

function pictures() {
  const shown = [...document.querySelectorAll("figure svg")].filter((e) => e.checkVisibility());
  return {
    wide: shown.filter((e) => e.closest(".wide")).length,
    narrowTooWide: shown.filter((e) => e.getBoundingClientRect().width > innerWidth).map((e) => e.id),
  };
}

function textHeight() {
  return parseFloat(getComputedStyle(document.body).fontSize);
}
