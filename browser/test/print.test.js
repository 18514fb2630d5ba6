// On paper: A4, every diagram and every table, nothing cut, the marks on every page. The
// text of each page is read by pdftotext, so this looks at what a printer would get.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openReport } from "../lib/page.js";
import { out, reports } from "../reports.js";

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const words = {
  sv: { synthetic: "Syntetiska data", internal: "Internt", masked: "Får inte publiceras", county: "Internt", page: "Sida" },
  en: { synthetic: "Synthetic data", internal: "Internal", masked: "May not be published", county: "Internal", page: "Page" },
};
const tight = (s) => s.replace(/[\s\u00a0\u202f\u00ad]/g, "");

for (const report of reports) {
  describe(report.name, () => {
    let info, pages, figures;
    before(async () => {
      const { page, close } = await openReport(browser, report);
      await page.emulateMedia({ media: "print" });
      figures = await page.evaluate(readFigures);
      const folder = join(out, "paper");
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${report.name}.pdf`);
      await page.pdf({ path: file, tagged: true, outline: true, preferCSSPageSize: true });
      await close();
      info = execFileSync("pdfinfo", ["-l", "999", file], { encoding: "utf8" });
      pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    });

    test("A4, tagged, and no more pages than anyone would print", () => {
      const sizes = [...info.matchAll(/Page +\d+ size: +([\d.]+) x ([\d.]+)/g)].map((m) => [m[1], m[2]].map(Number).sort((a, b) => a - b));
      assert.equal(sizes.length, pages.length);
      for (const [short, long] of sizes) assert.ok(Math.abs(short - 595) < 2 && Math.abs(long - 842) < 2, `${short} × ${long}`);
      assert.match(info, /Tagged: +yes/);
      assert.match(info, /Title: +Synt/);
      assert.ok(pages.length < (report.kind === "county" ? 110 : 70), `${pages.length} pages`);
    });

    test("every page says what it is of, that it is synthetic, who may see it, and its number", () => {
      const w = words[report.lang];
      pages.forEach((text, i) => {
        for (const mark of [w.synthetic, w[report.kind], `${w.page} ${i + 1} / ${pages.length}`]) {
          assert.ok(tight(text).includes(tight(mark)), `page ${i + 1} lacks "${mark}"`);
        }
        assert.ok(text.trim().split(/\s+/).length > 25, `page ${i + 1} is all but empty`);
      });
    });

    test("every diagram is there, whole on one page with its title", () => {
      const all = pages.map(tight);
      const cut = figures.filter((f) => f.drawn.length > 0 && !all.some((p) => p.includes(tight(f.title)) && f.drawn.every((t) => p.includes(tight(t)))));
      assert.deepEqual(cut.map((f) => f.id), []);
    });

    test("every row of every table is there", () => {
      const all = tight(pages.join(""));
      for (const f of figures) if (f.tooBroad) assert.ok(all.includes(tight(f.tooBroad)), `${f.id} does not say why its table is not there`);
      const gone = figures.flatMap((f) => f.rows.filter((r) => !all.includes(tight(r))).map((r) => `${f.id}: ${r}`));
      assert.deepEqual(gone.slice(0, 10), []);
      assert.ok(figures.flatMap((f) => f.rows).length > 300);
    });
  });
}

// readFigures reads what must come out: the wide diagrams' texts, and the tables' numbers row by row.
function readFigures() {
  return [...document.querySelectorAll("figure")].map((figure) => ({
    id: figure.id,
    title: figure.querySelector("h3").textContent,
    tooBroad: figure.querySelector(".on-paper")?.textContent,
    // Where the table says the same and more, it stands for the diagram.
    drawn: [...figure.querySelectorAll(".wide svg text")].filter((t) => t.checkVisibility()).map((t) => t.textContent),
    rows: [...figure.querySelectorAll("tbody tr")].filter((r) => r.checkVisibility()).map((r) => [...r.cells].filter((c) => c.tagName === "TD").map((c) => c.textContent).join(" ")),
  }));
}
