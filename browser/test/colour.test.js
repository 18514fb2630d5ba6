// Whether everything can be read: contrast worked out of what the browser computes, for all
// text and for the diagrams' bars, in light and dark, on paper and with forced colours. At
// least 7 for small text, 4.5 for large, 3 for what is drawn (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11).
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { lookAs, openReport } from "../lib/page.js";
import { reportOf } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const views = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "light, narrow": { colorScheme: "light", width: 320 },
  "dark, narrow": { colorScheme: "dark", width: 320 },
  "forced colours, light": { colorScheme: "light", forcedColors: "active" },
  "forced colours, dark": { colorScheme: "dark", forcedColors: "active" },
  paper: { media: "print" },
  "paper, from a dark screen": { media: "print", colorScheme: "dark" },
};

for (const name of ["internal-sv", "masked-en", "county-sv"]) {
  describe(name, () => {
    let opened;
    before(async () => { opened = await openReport(browser, reportOf(name), { tables: true }); });
    after(() => opened.close());

    for (const [view, options] of Object.entries(views)) {
      test(`everything can be read: ${view}`, async () => {
        await lookAs(opened.page, options);
        const { texts, drawn, faults } = await opened.page.evaluate(readContrast);
        assert.deepEqual(faults, []);
        assert.ok(texts > 1000, `only ${texts} texts were looked at`);
        assert.ok(name.startsWith("county") || drawn > 200, `only ${drawn} bars were looked at`);
      });
    }
  });
}

test("a pale text is seen", async () => {
  const { page, close } = await openReport(browser, reportOf("internal-sv"));
  await page.evaluate(() => {
    document.querySelector("#d02 .said").attributeStyleMap.set("color", "#999");
    document.querySelector("#d02 .wide text").attributeStyleMap.set("fill", "#bbb");
  });
  assert.equal((await page.evaluate(readContrast)).faults.length, 2);
  await close();
});

test("forced colours are the system's own, in diagrams too", async () => {
  const { page, close } = await openReport(browser, reportOf("internal-sv"), { forcedColors: "active", colorScheme: "dark" });
  assert.deepEqual(await page.evaluate(() => {
    const text = getComputedStyle(document.body).color;
    return [".dg-own", ".dg-ink"].map((c) => getComputedStyle(document.querySelector(`.wide ${c}`)).fill === text);
  }), [true, true]);
  await close();
});

test("nothing moves, whatever the system asks for", async () => {
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const { page, close } = await openReport(browser, reportOf("internal-sv"), { tables: true, reducedMotion });
    await page.locator("nav a").last().hover();
    assert.deepEqual(await page.evaluate(() => ({
      running: document.getAnimations().length,
      scrolling: getComputedStyle(document.documentElement).scrollBehavior,
      rules: [...document.styleSheets[0].cssRules].filter((r) => /animation|transition|@keyframes/.test(r.cssText)).length,
    })), { running: 0, scrolling: "auto", rules: 0 });
    await close();
  }
});

// readContrast looks at every text that is shown and at every bar; in the page.
function readContrast() {
  const faults = [], counted = { texts: 0, drawn: 0 };
  const grounds = new Map();

  function parse(colour) {
    const n = colour.match(/[\d.]+/g).map(Number);
    const scale = colour.startsWith("color(srgb") ? 255 : 1;
    return { rgb: n.slice(0, 3).map((c) => c * scale), alpha: n[3] ?? 1 };
  }
  function luminance(rgb) {
    const [r, g, b] = rgb.map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function contrast(a, b) {
    const [x, y] = [luminance(a), luminance(b)];
    return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
  }
  // The first ground behind an element that covers what is under it.
  function groundOf(e) {
    if (!e) return parse(getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "rgb(18,18,18)" : "rgb(255,255,255)").rgb;
    if (!grounds.has(e)) {
      const { rgb, alpha } = parse(getComputedStyle(e).backgroundColor);
      grounds.set(e, alpha === 1 ? rgb : groundOf(e.parentElement));
    }
    return grounds.get(e);
  }
  function demand(colour, ground, least, what) {
    const got = contrast(colour, ground);
    if (got < least) faults.push(`${got.toFixed(2)} < ${least}: ${what}`);
  }
  // Small is what is not large as WCAG says it.
  function least(style) {
    const size = parseFloat(style.fontSize);
    return size >= 24 || (size >= 18.66 && style.fontWeight >= 600) ? 4.5 : 7;
  }
  // What a shape is filled with: a colour, or both colours of its pattern.
  function fillsOf(shape) {
    const fill = getComputedStyle(shape).fill;
    const pattern = fill.match(/url\("#(.+?)"\)/);
    if (!pattern) return [parse(fill).rgb];
    const [ground, line] = document.getElementById(pattern[1]).children;
    return [parse(getComputedStyle(ground).fill).rgb, parse(getComputedStyle(line).stroke).rgb];
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set();
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (seen.has(e) || !walker.currentNode.data.trim() || e.closest("svg, caption, style") || !e.checkVisibility()) continue;
    seen.add(e);
    counted.texts++;
    const style = getComputedStyle(e);
    demand(parse(style.color).rgb, groundOf(e), least(style), walker.currentNode.data.slice(0, 40));
  }
  for (const svg of document.querySelectorAll("figure svg")) {
    if (!svg.checkVisibility()) continue;
    const page = groundOf(svg), under = [];
    const zoom = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    for (const e of svg.querySelectorAll(":scope > rect, :scope > circle, :scope > text")) {
      const box = e.getBBox();
      if (e.tagName !== "text") {
        const fills = fillsOf(e);
        under.push({ box, fills });
        counted.drawn++;
        const edge = parse(getComputedStyle(e).stroke === "none" ? "rgba(0,0,0,0)" : getComputedStyle(e).stroke);
        const best = Math.max(...fills.map((f) => contrast(f, page)), edge.alpha ? contrast(edge.rgb, page) : 0);
        if (best < 3) faults.push(`${best.toFixed(2)} < 3: a ${e.tagName} of ${svg.id || svg.closest("figure").id}`);
        continue;
      }
      counted.texts++;
      const what = `${svg.closest("figure").id}: ${e.textContent}`;
      const touched = under.filter((u) => u.box.x < box.x + box.width - 1 && u.box.x + u.box.width > box.x + 1
        && u.box.y < box.y + box.height - 4 && u.box.y + u.box.height > box.y + 4);
      const behind = touched.at(-1);
      if (behind && !(behind.box.x <= box.x + 1 && behind.box.x + behind.box.width >= box.x + box.width - 1)) faults.push(`half on a bar: ${what}`);
      const style = getComputedStyle(e);
      const enough = parseFloat(style.fontSize) * zoom < 18.66 && !behind ? 7 : 4.5;
      for (const ground of behind?.fills ?? [page]) demand(parse(style.fill).rgb, ground, enough, what);
    }
  }
  return { ...counted, faults: [...new Set(faults)].slice(0, 12) };
}
