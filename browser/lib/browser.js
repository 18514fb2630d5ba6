// The browser that the tests look through: the machine's own Chromium, never a downloaded one.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const whole = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
// The same browser without windows of its own: the same pages for half the work.
const bare = ["chromium-headless-shell"];

// No sandbox: build machines run as root in a container, and the only page is our own.
export const flags = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** The path of the lightest Chromium there is; of one that keeps tabs and history as a person's does, when asked. */
export function findChromium({ asPeople = false } = {}) {
  const names = asPeople ? whole : [...bare, ...whole];
  if (process.env.CHROMIUM && !asPeople) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) {
      if (existsSync(join(folder, name))) return join(folder, name);
    }
  }
  throw new Error("No Chromium found: run scripts/setup, or set CHROMIUM to its path.");
}

/** Waits for what may never come, as a whole Chromium that is asked to close; no longer than ms. */
export function within(ms, what) {
  let clock;
  return Promise.race([what, new Promise((go) => { clock = setTimeout(go, ms); })]).finally(() => clearTimeout(clock));
}

/** A browser that ends with the file's process, should it not close when it is asked. */
export async function startBrowser() {
  const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
  const close = browser.close.bind(browser);
  browser.close = () => within(10000, close());
  return browser;
}
