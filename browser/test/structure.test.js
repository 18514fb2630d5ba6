// What a screen reader is given: names, descriptions, headings, landmarks, tables.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openReport } from "../lib/page.js";
import { reports } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports) {
  describe(report.name, () => {
    let opened, tree;
    before(async () => {
      opened = await openReport(browser, report, { tables: true });
      tree = await readTree(opened.page);
    });
    after(() => opened.close());

    test("every diagram is a picture with the figure's name, and says what it shows", () => {
      const pictures = tree.filter((n) => n.role === "image" || n.role === "img");
      const faults = pictures.filter((n) => !n.name || n.description.length < 30 || !/\d|[.…]$/.test(n.description));
      assert.deepEqual(faults, []);
      const figures = tree.filter((n) => n.role === "figure");
      assert.deepEqual(figures.filter((n) => !n.name), []);
      if (report.kind === "county") return;
      assert.ok(pictures.length >= 27, `${pictures.length} diagrams`);
      for (const p of pictures) assert.ok(figures.some((f) => p.name.startsWith(f.name)), `no figure is called ${p.name}`);
    });

    test("headings go down one step at a time", () => {
      const levels = tree.filter((n) => n.role === "heading").map((n) => n.level);
      assert.equal(levels.filter((l) => l === 1).length, 1);
      assert.equal(levels[0], 1);
      assert.deepEqual(levels.filter((l, i) => i > 0 && l > levels[i - 1] + 1), []);
      assert.ok(levels.length > 30);
    });

    test("each landmark is there once, and those that may be several have names", () => {
      const once = ["banner", "main", "navigation", "complementary"];
      assert.deepEqual(once.map((role) => tree.filter((n) => n.role === role).length), [1, 1, 1, 1]);
      const regions = tree.filter((n) => n.role === "region").map((n) => n.name);
      assert.ok(regions.every(Boolean), "a region has no name");
      assert.equal(new Set(regions).size, regions.length, "two regions have the same name");
    });

    test("the language is the report's", async () => {
      const { lang, dir, others, title } = await opened.page.evaluate(() => ({
        lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title,
        others: [...document.querySelectorAll("[lang]")].map((e) => e.getAttribute("lang")),
      }));
      assert.equal(lang, report.lang);
      assert.equal(dir, "ltr");
      assert.deepEqual(new Set(others), new Set([report.lang]));
      assert.match(title, report.lang === "sv" ? /^Syntetiska data: / : /^Synthetic data: /);
    });

    test("every cell of a table has a head of its row and of its column", async () => {
      assert.deepEqual(await opened.page.evaluate(tableFaults), []);
    });

    test("every id is used once, and every link leads somewhere", async () => {
      assert.deepEqual(await opened.page.evaluate(() => {
        const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
        const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
        const named = [...document.querySelectorAll("[aria-labelledby], [aria-describedby]")]
          .flatMap((e) => `${e.getAttribute("aria-labelledby") ?? ""} ${e.getAttribute("aria-describedby") ?? ""}`.trim().split(/\s+/));
        const linked = [...document.querySelectorAll("a[href]")].map((a) => a.getAttribute("href").slice(1));
        return { twice, gone: [...named, ...linked].filter((id) => !document.getElementById(id)) };
      }), { twice: [], gone: [] });
    });
  });
}

async function readTree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  return nodes.filter((n) => !n.ignored).map((n) => ({
    role: n.role?.value, name: n.name?.value ?? "", description: n.description?.value ?? "",
    level: n.properties?.find((p) => p.name === "level")?.value.value,
  }));
}

// tableFaults lays every table out as a grid and looks for the heads of each cell.
function tableFaults() {
  const faults = [];
  for (const table of document.querySelectorAll("table")) {
    const name = table.caption?.textContent.trim() || table.closest("[role=region]")?.id || table.className;
    if (!table.caption?.textContent.trim()) faults.push(`no caption: ${table.textContent.trim().slice(0, 60)}`);
    const grid = [];
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y]?.[x]) x++;
        for (let i = 0; i < cell.rowSpan; i++) {
          for (let j = 0; j < cell.colSpan; j++) (grid[y + i] ??= [])[x + j] = cell;
        }
        if (cell.tagName === "TH" && !cell.scope) faults.push(`${name}: no scope: ${cell.textContent}`);
      }
    });
    const width = Math.max(...grid.map((row) => row.length));
    if (grid.some((row) => row.length !== width)) faults.push(`${name}: rows of different width`);
    grid.forEach((row, y) => row.forEach((cell, x) => {
      if (!cell || cell.tagName !== "TD" || !cell.textContent.trim()) return;
      const rowHead = row.some((c) => c.tagName === "TH" && /^row/.test(c.scope));
      const columnHead = grid.slice(0, y).some((r) => r[x]?.tagName === "TH" && /^col/.test(r[x].scope));
      if (!rowHead || !columnHead) faults.push(`${name}: a cell without heads: ${cell.textContent}`);
    }));
  }
  return faults.slice(0, 10);
}
