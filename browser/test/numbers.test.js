// The numbers that a diagram shows, in both its widths, are those of the table under it:
// worked out here, from the table's counts and bases.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openReport } from "../lib/page.js";
import { reportOf, reports } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

for (const report of reports.filter((r) => r.kind !== "county")) {
  describe(report.name, () => {
    let opened, figures;
    before(async () => {
      opened = await openReport(browser, report);
      figures = await opened.page.evaluate(readFigures);
    });
    after(() => opened.close());

    test("the narrow diagrams say what the tables say, row by row", () => {
      assert.deepEqual(figures.flatMap((f) => rowFaults(f)), []);
      assert.ok(figures.length >= 40);
    });

    test("the wide diagrams show the same numbers as the narrow ones", () => {
      for (const f of figures) assert.deepEqual([...f.wide].sort(), f.narrow.flatMap((r) => r.numbers).sort(), f.id);
    });

    test("what a diagram says to who does not see it is what it shows", () => {
      for (const f of figures) {
        if (f.description.length === 0) continue;
        for (const number of f.description) assert.ok(number === "0%" || f.wide.includes(number), `${f.id} says ${number}`);
      }
    });

    test("percentages are what the counts make them, and bars as long as their numbers", () => {
      const faults = figures.flatMap((f) => f.rows.flatMap((r) => r.pairs.flatMap((p, i) => percentFaults(f, r, p, i))));
      assert.deepEqual(faults, []);
      assert.deepEqual(figures.flatMap(barFaults), []);
      assert.ok(figures.flatMap((f) => f.bars).length > 100);
    });
  });
}

test("a wrong number and a wrong bar are seen", async () => {
  const { page, close } = await openReport(browser, reportOf("internal-sv"));
  await page.evaluate(() => {
    [...document.querySelectorAll("#d14 .narrow text")].find((t) => t.textContent.endsWith("%")).textContent = "33\u00a0%";
    document.querySelector("#d06 .wide rect.dg-own").setAttribute("width", "100");
  });
  const figures = await page.evaluate(readFigures);
  assert.match(figures.flatMap(rowFaults).join(), /^d14: [^,]+: 33% is not/);
  assert.ok(figures.flatMap(barFaults).every((fault) => fault.startsWith("d06: ")));
  await close();
});

const tight = (s) => s.replace(/[\s\u00a0\u202f]/g, "");
const value = (s) => Number(tight(s).replace("%", "").replace("−", "-").replace(/,(?=\d{3}(\D|$))/g, "").replace(",", "."));

const isFew = (s) => /\p{L}/u.test(s);

// fits tells whether what the diagram writes is the table's count, or its percent or mean.
function fits(f, drawn, { count, share }, base) {
  if (f.measure === "count") return drawn === tight(count);
  if (f.measure === "mean" || !/\d/.test(count)) return drawn === tight(share);
  if (base && value(base) === 0) return drawn === ".";
  if (base) return drawn === percent((100 * value(count)) / value(base));
  // A profile's bases are not in its table, and its percent has been rounded once.
  return [-0.05, 0, 0.05].some((off) => drawn === percent(Math.max(0, value(share.replace("<", "")) + off)));
}

// Some never look like none.
function percent(exact) {
  const whole = Math.floor(exact + 0.5);
  return exact > 0 && whole === 0 ? "<1%" : `${whole}%`;
}

// rowFaults follows the narrow diagram down: after a row's label come its numbers.
function rowFaults(f) {
  const faults = [], left = f.rows.map((r) => ({ key: tight(r.label), pairs: r.pairs.map((p, i) => [p, r.bases[i]]) }));
  for (const { label, numbers } of f.narrow) {
    const found = left.filter((r) => r.pairs.length >= numbers.length && tight(label).endsWith(r.key));
    const row = found.sort((a, b) => b.key.length - a.key.length)[0];
    if (!row) faults.push(`${f.id}: the diagram has "${label}" once more than the table`);
    else row.pairs.splice(0, numbers.length).forEach(([p, base], i) => {
      if (!fits(f, numbers[i], p, base)) faults.push(`${f.id}: ${label}: ${numbers[i]} is not ${p.count} of ${base}, ${p.share}`);
    });
  }
  // A row that nobody is in is in the table only.
  return faults.concat(left.filter((r) => r.pairs.some(([p]) => tight(p.count) !== "0")).map((r) => `${f.id}: the diagram lacks a number of ${r.key}`));
}

// The table's own percent has one decimal.
function percentFaults(f, row, pair, i) {
  if (f.measure === "mean" || !row.bases[i] || !/\d/.test(pair.share) || isFew(pair.share)) return [];
  const right = (100 * value(pair.count)) / value(row.bases[i]);
  if (/^</.test(pair.share)) return right > 0 && right < 0.05 ? [] : [`${f.id}: ${row.label}: ${right} is not ${pair.share}`];
  return Math.abs(value(pair.share) - right) <= 0.0501 ? [] : [`${f.id}: ${row.label}: ${pair.count} of ${row.bases[i]} is not ${pair.share}`];
}

// barFaults compares the lengths of bars with the numbers written at their ends.
function barFaults(f) {
  const known = f.bars.filter((b) => /^\d/.test(b.number) && value(b.number) > 0);
  if (known.length < 2) return [];
  const longest = known.reduce((a, b) => (a.length > b.length ? a : b));
  const slack = 0.6 / value(longest.number) + 0.01; // numbers are rounded, bars are not
  return known.filter((b) => Math.abs(b.length / longest.length - value(b.number) / value(longest.number)) > slack)
    .map((b) => `${f.id}: ${b.number} is ${b.length} long, ${longest.number} is ${longest.length}`);
}

// readFigures reads the diagrams and their tables in the page.
function readFigures() {
  const tight = (s) => s.replace(/[\s\u00a0\u202f]/g, "");
  const isNumber = (s) => /^(<?-?[\d.,]+%?|\.{1,2}|[–—:])$/.test(tight(s));
  return [...document.querySelectorAll("figure")].map((figure) => {
    const wide = figure.querySelector(".wide svg"), narrow = figure.querySelector(".narrow svg");
    const table = readTable(figure.querySelector("details table"));
    const numbers = textsOf(wide).filter((t) => isNumber(t.textContent)).map((t) => tight(t.textContent));
    return {
      id: figure.id, ...table, wide: numbers, narrow: readNarrow(narrow), bars: readBars(wide),
      description: wide.querySelector("desc").textContent.split(/[;:.] |;|\. /).map((s) => s.match(/ ([\d,.\s]+ ?%)$/)?.[1]).filter(Boolean).map(tight),
      measure: table.means ? "mean" : numbers.some((n) => n.endsWith("%")) || !numbers.some((n) => /\d/.test(n)) ? "percent" : "count",
    };
  });

  // All texts but the scale's.
  function textsOf(svg) {
    return [...svg.querySelectorAll("text")].filter((t) => !(t.matches(".dg-mute[text-anchor=middle]") && isNumber(t.textContent)));
  }

  function readTable(table) {
    const heads = [...table.tHead.rows].at(-1), means = table.tHead.rows.length === 1 && !table.tFoot;
    const first = table.tHead.rows[0];
    const baseColumn = table.tHead.rows.length === 2 && first.cells[1].rowSpan === 2;
    const groups = table.tHead.rows.length === 1 ? 1 : [...first.cells].filter((c) => c.colSpan > 1).length;
    const step = table.tHead.rows.length === 1 ? 2 : heads.cells.length / groups;
    const foot = table.tFoot ? [...table.tFoot.rows[0].cells].slice(1).filter((c) => c.textContent) : [];
    const rows = [...table.tBodies].flatMap((b) => [...b.rows]).filter((r) => r.cells.length > 1).map((r) => {
      const cells = [...r.cells].map((c) => c.textContent);
      const from = baseColumn ? 2 : 1, pairs = [];
      for (let g = 0; g < groups; g++) pairs.push({ count: cells[from + g * step], share: cells[from + 1 + g * step] });
      return { label: cells[0], pairs, bases: pairs.map((_, g) => (baseColumn ? cells[1] : foot[g]?.textContent)) };
    });
    return { means, rows };
  }

  function readNarrow(svg) {
    const all = [];
    let label = "", numbers = [];
    const end = () => {
      if (numbers.length) all.push({ label, numbers: numbers.sort((a, b) => a.y - b.y || a.x - b.x).map((n) => n.text) });
      if (numbers.length) [label, numbers] = ["", []];
    };
    for (const t of textsOf(svg)) {
      const parts = t.textContent.match(/^\D+? ([\d\s.,]+), \D+? ([\d\s.,]+)$/); // two parts of one bar
      const [x, y] = ["x", "y"].map((name) => Number(t.getAttribute(name)));
      if (parts) numbers.push(...parts.slice(1).map((part, i) => ({ text: tight(part), x: x + i, y })));
      else if (isNumber(t.textContent)) numbers.push({ text: tight(t.textContent), x, y });
      else { end(); label += t.textContent; }
    }
    end();
    return all;
  }

  // Bars that lie, each with the number at its end.
  function readBars(svg) {
    return [...svg.querySelectorAll("rect.dg-own")].map((bar) => {
      const text = bar.nextElementSibling;
      return text?.tagName === "text" && Math.abs(+text.getAttribute("x") - +bar.getAttribute("x") - +bar.getAttribute("width") - 7) < 1
        ? { length: +bar.getAttribute("width"), number: tight(text.textContent) } : null;
    }).filter(Boolean);
  }
}
