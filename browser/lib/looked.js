// One test for each page of a list and each language: nothing that axe-core finds, wide and narrow,
// light and dark.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { faultsOn } from "./axe.js";
import { startBrowser } from "./browser.js";
import { openHouse } from "./house.js";
import { lookedAt } from "./pages.js";

// What may differ with the theme, and with the width; the rest is the same in all.
const inTheme = ["color-contrast", "link-in-text-block"];
const inWidth = [...inTheme, "target-size", "scrollable-region-focusable", "label", "button-name", "aria-hidden-focus"];

// Each language in both themes and at both widths; all rules once wide and once narrow.
const views = {
  sv: [{ width: 1280, colorScheme: "light" }, { width: 1280, colorScheme: "dark", rules: inTheme }, { width: 320, colorScheme: "light", rules: inWidth }],
  en: [{ width: 320, colorScheme: "dark" }, { width: 1280, colorScheme: "light", rules: inTheme }],
};

// Of the pages that every-page.test.js comes to, only the ways in which it does not look.
const viewsOf = (what, lang) => lookedAt.includes(what.name) ? views[lang].filter((v) => lang === "sv" && v.rules) : views[lang];

/** Declares the tests. */
export function lookAtAll(pages) {
  let browser, house;
  before(async () => {
    browser = await startBrowser();
    house = await openHouse(browser);
  });
  after(async () => {
    await house.close();
    await browser.close();
  });

  for (const lang of Object.keys(views)) {
    describe(lang, () => {
      for (const what of pages.filter((p) => viewsOf(p, lang).length > 0)) {
        test(what.name, async () => {
          const v = await house.see(what, { locale: lang, reducedMotion: "reduce" });
          assert.equal(await v.page.locator("html").getAttribute("lang"), lang);
          await shorten(v.page);
          for (const look of viewsOf(what, lang)) await lookIn(v.page, look);
          await v.close();
        });
      }
    });
  }
}

async function lookIn(page, { width, colorScheme, rules }) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const { faults, looked } = await faultsOn(page, rules);
  assert.deepEqual(faults, [], `${width} px, ${colorScheme}`);
  assert.ok(rules || looked > 20, `only ${looked} rules had anything to look at`);
}

// axe takes a second for each thousand elements; the rows that are taken away look as those that are left.
function shorten(page) {
  return page.evaluate(() => document.querySelectorAll("tbody tr:nth-of-type(n+9), section[id]:nth-of-type(n+9)").forEach((e) => e.remove()));
}
