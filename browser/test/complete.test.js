// How complete the registration is, and the start page of whoever coordinates.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, leader;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  leader = await beSomebody(server, people.at(-1));
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", ...options });

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of ["/komplett?ar=alla", "/komplett?ar=1999"]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
        assert.equal((await v.page.goto(address)).status(), 200);
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `${address.replace(/\W+/g, "-").slice(1)}-${locale}-${width}.png`), fullPage: true });
        await nothingWrongOn(v.page, 15);
        await v.close();
      });
    }
  }
});

test("by keyboard: another year, and on to the list of a unit", async () => {
  const v = await see();
  await v.page.goto("/komplett");
  await v.page.getByLabel("År", { exact: true }).focus();
  await v.page.keyboard.press("Home");
  await v.page.keyboard.press("Tab");
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**ar=alla**");
  const link = v.page.getByRole("link", { name: /^Det som saknas i / }).first();
  await link.focus();
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**saknas=ja**");
  assert.equal(await v.page.locator("h1").textContent(), "Ärenden");
  await v.close();
});

test("a survey that will not come is said with its reason by keyboard", async () => {
  const v = await see();
  await v.page.goto("/att-gora");
  const say = v.page.getByRole("link", { name: /^Enkäten kommer inte/ });
  const before = await say.count();
  assert.ok(before > 0, "no closed case waits for its survey");
  await say.first().focus();
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**/enkat#ingen");
  await v.page.getByRole("button", { name: "Klienten gick inte att nå" }).focus();
  await v.page.keyboard.press("Enter");
  await v.page.getByRole("listitem").filter({ hasText: "Klienten gick inte att nå" }).waitFor();
  await v.page.goto("/att-gora");
  assert.ok(await say.count() <= before);
  await v.close();
});
