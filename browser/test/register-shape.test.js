// Pages as the reader has set them: narrow, with large text, with fingers, in forced colours,
// without motion.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openHouse } from "../lib/house.js";
import { pages, lookedAt } from "../lib/pages.js";

let browser, house;
before(async () => {
  browser = await startBrowser();
  house = await openHouse(browser);
});
after(async () => {
  await house.close();
  await browser.close();
});

const named = (...names) => pages.filter((p) => names.includes(p.name));

describe("nothing is scrolled sideways at 320 px, nor with text twice as large", () => {
  for (const what of pages.filter((p) => !lookedAt.includes(p.name))) { // those: every-page.test.js
    test(what.name, async () => {
      const v = await house.see(what, { viewport: { width: 320, height: 800 } });
      assert.deepEqual(await tooWide(v.page), [], "320 px");
      await v.page.setViewportSize({ width: 640, height: 800 });
      await v.page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%", "important"));
      assert.deepEqual(await tooWide(v.page), [], "200 % text");
      await v.close();
    });
  }
});

// What sticks out, outside of boxes that scroll by themselves.
function tooWide(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const out = [...document.querySelectorAll("body *")].filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll, .unseen"));
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });
}

describe("what fingers press is 44 px high", () => {
  for (const what of named("part bakgrund", "part fore", "new case", "to do", "cases", "sign in", "close", "history", "walk-through", "settings")) {
    test(what.name, async () => {
      const v = await house.see(what, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
      assert.equal(await v.page.evaluate(() => matchMedia("(pointer: coarse)").matches), true);
      assert.deepEqual(await small(v.page), []);
      await v.close();
    });
  }
});

function small(page) {
  return page.evaluate(() => {
    const pressed = "label.option, main button, main .button, main input[type=text], main input[type=search], main input[type=password], main select, main textarea, nav a, main summary";
    return [...document.querySelectorAll(pressed)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".unseen") && e.getBoundingClientRect().height < 43.5)
      .map((e) => `${Math.round(e.getBoundingClientRect().height)} px: ${e.outerHTML.slice(0, 100)}`);
  });
}

test("in forced colours the chosen answer, the current part and the focus are seen", async () => {
  const [what] = named("part bakgrund");
  const v = await house.see(what, { forcedColors: "active" });
  const of = (selector) => v.page.evaluate((s) => {
    const { outlineStyle, outlineWidth, borderBlockEndWidth, borderBlockEndStyle } = getComputedStyle(document.querySelector(s));
    return { outlineStyle, outlineWidth, borderBlockEndWidth, borderBlockEndStyle };
  }, selector);
  await v.page.locator("[name='f.14'][value='1']").focus();
  await v.page.keyboard.press("ArrowDown");
  await v.page.keyboard.press("ArrowUp");
  const focus = await v.page.evaluate(() => {
    const shown = [document.activeElement, document.activeElement.closest(".option"), document.activeElement.closest(".field")].map((e) => getComputedStyle(e));
    return shown.some((s) => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
  });
  assert.equal(focus, true, "the focus");
  const current = await of("[data-phase][aria-current]"), other = await of("[data-phase]:not([aria-current])");
  assert.notDeepEqual(current, other, "the current part differs by more than its colour");
  await v.close();
});

test("nothing moves when the system asks for less", async () => {
  for (const what of named("part bakgrund", "keys")) {
    const v = await house.see(what, { reducedMotion: "reduce" });
    const moving = await v.page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => {
      const s = getComputedStyle(e);
      const longest = (times) => Math.max(...times.split(",").map(parseFloat));
      return longest(s.transitionDuration) > 0.01 || s.animationName !== "none" && longest(s.animationDuration) > 0.01 || s.scrollBehavior === "smooth";
    }).map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(moving.slice(0, 5), []);
    await v.close();
  }
});
