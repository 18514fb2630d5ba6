// The handbook in the program: reached by keyboard from the help, read at any width, printed.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server;
before(async () => { [browser, server] = await Promise.all([startBrowser(), startDemo()]); });
after(() => Promise.all([browser.close(), server.close()]));

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of ["/hjalp/handbok/drift"]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await visit(browser, server, { locale, colorScheme, reducedMotion: "reduce", viewport: { width, height: 900 } });
        await v.page.goto(address);
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `handbok-${address.split("/").at(-1)}-${locale}-${width}.png`), fullPage: true });
        assert.deepEqual((await faultsOn(v.page)).faults, []);
        assert.ok(await v.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "wider than the window");
        await v.close();
      });
    }
  }
});

test("by keyboard from the help to a part of a page", async () => {
  const v = await visit(browser, server, { reducedMotion: "reduce" });
  await v.page.goto("/hjalp");
  await v.page.getByRole("link", { name: "Handboken" }).press("Enter");
  await v.page.waitForURL("**/hjalp/handbok");
  await v.page.getByRole("link", { name: "Första dagen" }).first().press("Enter");
  await v.page.waitForURL("**/forsta-dagen");
  const picture = v.page.locator(".manual img").first();
  await picture.scrollIntoViewIfNeeded();
  assert.ok(await picture.evaluate((i) => i.decode().then(() => i.naturalWidth > 100)), "no picture");
  await v.page.getByRole("link", { name: "Registrera ärenden" }).last().press("Enter");
  await v.page.waitForURL("**/registrera**");
  await v.close();
});

test("on paper there is the text, and nothing to press", async () => {
  const v = await visit(browser, server, {});
  await v.page.goto("/hjalp/handbok/registrera");
  await v.page.emulateMedia({ media: "print" });
  assert.ok(await v.page.locator(".manual h2").first().isVisible());
  for (const gone of [".screen", "footer.foot"]) assert.equal(await v.page.locator(gone).first().isVisible(), false, gone);
  await v.close();
});
