// On paper: which municipality, when it was read, that it is internal, and page of pages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openHouse } from "../lib/house.js";
import { pages } from "../lib/pages.js";
import { out } from "../reports.js";

const folder = join(out, "paper-register");
let browser, house;
before(async () => {
  mkdirSync(folder, { recursive: true });
  browser = await startBrowser();
  house = await openHouse(browser);
});
after(async () => {
  await house.close();
  await browser.close();
});

// The text of each sheet of A4.
async function print(name) {
  const v = await house.see(pages.find((p) => p.name === name));
  const path = join(folder, `${name.replaceAll(" ", "-")}.pdf`);
  await v.page.pdf({ path, format: "A4", preferCSSPageSize: true });
  await v.close();
  const text = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
  return text.split("\f").slice(0, -1);
}

for (const name of ["part bakgrund", "part fore", "cases", "history", "walk-through", "closed"]) {
  test(name, async () => {
    const sheets = await print(name);
    assert.match(sheets[0], /Norrtälje/);
    assert.match(sheets[0], /läst \d{1,2} \S+ \d{4} kl\. \d\d\.\d\d/);
    assert.match(sheets[0], /internt/);
    assert.match(sheets[0], /SYNTETISKA DATA/);
    sheets.forEach((text, i) => assert.match(text, new RegExp(`${i + 1} (\\(|av |/ ?)${sheets.length}|${i + 1}\\s*/\\s*${sheets.length}`), `sheet ${i + 1}: ${text.slice(-300)}`));
    assert.doesNotMatch(sheets.join("\n"), /Logga ut|Spara och gå vidare|Tangenter/, "what is for the screen only");
  });
}
