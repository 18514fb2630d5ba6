// Takes pictures of the reports for people to look at, into out/browser/pictures, and the
// README's picture. "npm run look" after "npm test"; "node look.js readme" takes only the latter.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBrowser } from "./lib/browser.js";
import { openReport } from "./lib/page.js";
import { out, reportOf, reports } from "./reports.js";

const readmePicture = fileURLToPath(new URL("../docs/images/rapport.png", import.meta.url));

const views = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { viewport: { width: 320, height: 800 } },
  forced: { forcedColors: "active", colorScheme: "dark" },
};

const browser = await startBrowser();
const folder = join(out, "pictures");
mkdirSync(folder, { recursive: true });
for (const report of process.argv[2] === "readme" ? [] : reports) {
  for (const [view, options] of Object.entries(views)) {
    const { page, close } = await openReport(browser, report, options);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const width = page.viewportSize().width;
    for (let y = 0, i = 1; y < Math.min(height, 9000); y += 1800, i++) {
      await page.screenshot({ path: join(folder, `${report.name}-${view}-${i}.png`), fullPage: true, clip: { x: 0, y, width, height: Math.min(1800, height - y) } });
    }
    await close();
  }
}
await takeReadmePicture();
await browser.close();

// The report's beginning, with two of its diagrams beside each other under it.
async function takeReadmePicture() {
  const width = 1240;
  const { page, close } = await openReport(browser, reportOf("internal-sv"), { viewport: { width, height: 900 }, bypassCSP: true });
  await page.addStyleTag({ content: `
    .contents, .summary, .back, details { display: none }
    .sheet { max-inline-size: none; padding-block: 2rem 1.5rem }
    .facts { grid-template-columns: repeat(8, auto) }
    .chapter { margin-block-start: 1.5rem; display: grid; grid-template-columns: 1fr 1fr; column-gap: 3rem }
    .chapter > h2, .chapter > .intro { grid-column: 1 / -1; max-inline-size: none }
    figure { margin-block-start: 1.5rem }
  ` });
  await page.evaluate(() => {
    const chapter = document.querySelector("#d01").parentElement;
    chapter.append(document.querySelector("#d03"));
    document.querySelectorAll(".chapter").forEach((e) => { if (e !== chapter) e.remove(); });
  });
  const end = await page.evaluate(() => document.querySelector(".sheet").getBoundingClientRect().bottom + scrollY);
  await page.screenshot({ path: readmePicture, fullPage: true, clip: { x: 0, y: 0, width, height: end } });
  await close();
}
