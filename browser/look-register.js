// Takes pictures of every page of the register for people to look at, into
// out/browser/pictures/register: light, dark and narrow. "npm run look" after "npm test";
// words after it choose pages by the beginning of their name.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./lib/browser.js";
import { openHouse } from "./lib/house.js";
import { pages } from "./lib/pages.js";
import { out } from "./reports.js";

const views = [
  { view: "light", width: 1280, colorScheme: "light" }, { view: "dark", width: 1280, colorScheme: "dark" }, { view: "narrow", width: 320, colorScheme: "light" },
];

const folder = join(out, "pictures", "register");
mkdirSync(folder, { recursive: true });
const chosen = process.argv.slice(2);
const browser = await startBrowser();
const house = await openHouse(browser);
for (const what of pages.filter((p) => chosen.length === 0 || chosen.some((c) => p.name.startsWith(c)))) {
  const v = await house.see(what, { reducedMotion: "reduce" });
  for (const { view, width, colorScheme } of views) {
    await v.page.setViewportSize({ width, height: 900 });
    await v.page.emulateMedia({ colorScheme });
    await v.page.waitForTimeout(200); // colours glide
    await v.page.screenshot({ path: join(folder, `${what.name.replace(/[^a-z]+/g, "-")}-${view}.png`), fullPage: true });
  }
  await v.close();
}
await house.close();
await browser.close();
