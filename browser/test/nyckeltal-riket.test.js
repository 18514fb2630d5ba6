// The nation's key figures: what anyone may see, the map by keyboard, the form with and without script, and publishing.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, seats;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  seats = { nobody: undefined, national: await beSomebody(server, "demo-riket-1"), reporter: await beSomebody(server, "demo-riket-2") };
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (who, options) => visit(browser, server, { cookie: seats[who], reducedMotion: "reduce", ...options });
const year = new Date().getFullYear() - 1;
const pages = [["nobody", "/jamfor/1480?nyckeltal=1"], ["nobody", "/jamfor/1884?med=valda&valda=0180,1480"], ["national", `/insamlingar/${year}?visa=udda`]];

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const [who, address] of pages) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see(who, { locale, colorScheme, viewport: { width, height: 900 } });
        await v.page.goto(address);
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `riket-${address.replace(/\W+/g, "-").slice(1, 30)}-${locale}-${width}.png`) });
        await nothingWrongOn(v.page, 12);
        await v.close();
      });
    }
  }
});

const formOf = async (page) => {
  await page.goto("/rapportera");
  return page.locator("main table a").first().getAttribute("href");
};

const everyWay = ["sv", "en"].flatMap((locale) => ["light", "dark"].map((colorScheme) => ({ locale, colorScheme, viewport: { width: locale === "sv" ? 1280 : 320, height: 900 } })));

describe("the whole of the long pages", () => {
  for (const address of [`/insamlingar/${year}`, "/kommuner"]) {
    for (const way of everyWay.filter((w) => (w.locale === "sv") === (w.colorScheme === "dark"))) { // every-page.test.js looks in the others
      test(`${address}, ${way.locale}, ${way.colorScheme}`, { timeout: 120_000 }, async () => {
        const v = await see("national", way);
        v.context.setDefaultTimeout(60_000);
        await v.page.goto(address);
        assert.ok(await v.page.locator("main tbody tr").count() > 280);
        await nothingWrongOn(v.page, 12);
        await v.close();
      });
    }
  }
});

describe("the form in all its states, in both languages and themes", () => {
  for (const way of everyWay) {
    test(`${way.locale}, ${way.colorScheme}`, async () => {
      const v = await see("reporter", way);
      const [tick, send] = [v.page.locator('[name="sekretess3"]'), v.page.locator("main form button.main")];
      const look = async (name) => { await v.page.screenshot({ path: join(out, `riket-form-${name}-${way.locale}-${way.colorScheme}.png`), fullPage: true }); await nothingWrongOn(v.page, 12); };
      const address = await formOf(v.page);
      await v.page.goto(address);
      await look("tomt");
      await v.page.locator('[name="antal1"]').fill("tolv");
      await tick.check();
      await send.click();
      await v.page.locator("#fel").waitFor();
      await look("fel");
      await v.page.locator('[name="antal1"]').fill("900");
      await v.page.locator('[name="antal2"]').fill("0");
      await send.click();
      await v.page.waitForURL("**klart=rapport");
      await v.page.locator("#udda").waitFor();
      await look("skickat");
      await v.page.locator('[name="antal1"]').fill("");
      await v.page.locator('[name="antal2"]').fill("");
      await tick.uncheck();
      await send.click();
      await v.page.waitForURL("**klart=tomt");
      await look("inget");
      await v.page.goto(address.replace(String(year), String(year - 1)));
      assert.equal(await v.page.locator("main input:visible").count(), 0);
      await look("stangt");
      await v.close();
    });
  }
});

test("the map is one stop for Tab, arrows move in it, and a tile leads to its municipality", async () => {
  const v = await see("nobody", { locale: "sv" });
  await v.page.goto("/jamfor");
  const tiles = v.page.locator("a[data-tile]");
  assert.equal(await tiles.count(), 290);
  assert.equal(await v.page.locator('a[data-tile][tabindex="0"]').count(), 1);
  await v.page.locator('a[data-tile][tabindex="0"]').focus();
  const here = () => v.page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const first = await here();
  await v.page.keyboard.press("ArrowRight");
  const second = await here();
  assert.notEqual(first, second);
  await v.page.keyboard.press("ArrowLeft");
  assert.equal(await here(), first);
  await v.page.keyboard.press("ArrowDown");
  const name = (await here()).split(":")[0];
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**/jamfor/*?nyckeltal=1");
  assert.equal(await v.page.locator("h1").textContent(), name);
  await v.close();
});

test("without script all tiles are links, and the list says the same", async () => {
  const v = await see("nobody", { locale: "sv", javaScriptEnabled: false });
  await v.page.goto("/jamfor?lan=09");
  assert.equal(await v.page.locator("a[data-tile]").count(), 290);
  assert.equal(await v.page.locator("#listan ~ .scroll tbody tr").count(), 1);
  await v.close();
});

test("without script a typed 3 becomes the mark, and is nowhere on the page", async () => {
  const v = await see("reporter", { locale: "sv", javaScriptEnabled: false });
  await v.page.goto(await formOf(v.page));
  await v.page.locator('[name="antal1"]').fill("17");
  await v.page.locator('[name="antal2"]').fill("3");
  await v.page.getByLabel("Båda").check();
  await v.page.getByRole("button", { name: "Skicka" }).click();
  await v.page.getByText("uppgifterna är mottagna").waitFor();
  assert.equal(await v.page.locator('[name="antal1"]').inputValue(), "17");
  assert.equal(await v.page.locator('[name="antal2"]').inputValue(), "");
  assert.ok(await v.page.locator('[name="sekretess2"]').isChecked());
  await v.close();
});

test("with script a typed 3 is never sent", async () => {
  const v = await see("reporter", { locale: "sv" });
  await v.page.goto(await formOf(v.page));
  await v.page.locator('[name="antal3"]').fill(" 3");
  const [sent] = await Promise.all([v.page.waitForRequest((r) => r.method() === "POST"), v.page.locator('[name="antal3"]').press("Enter")]);
  const posted = new URLSearchParams(sent.postData());
  assert.equal(posted.get("antal3"), "");
  assert.equal(posted.get("sekretess3"), "ja");
  await v.page.getByText("uppgifterna är mottagna").waitFor();
  await v.close();
});

test("a year is published by keyboard, and anyone sees it", async () => {
  const v = await see("national", { locale: "sv" });
  await v.page.goto(`/insamlingar/${year}`);
  await v.page.getByRole("button", { name: "Publicera" }).press("Enter");
  await v.page.getByText("Alla kan se det nu").waitFor();
  await v.page.getByRole("button", { name: "Publicera ny utgåva" }).press("Enter");
  assert.match(await v.page.locator("#fel").textContent(), /Skriv varför/);
  await v.close();
  const anyone = await see("nobody", { locale: "sv" });
  await anyone.page.goto(`/jamfor?ar=${year}`);
  await anyone.page.getByText(`Uppgifter för ${year}, utgåva 1`).waitFor();
  await anyone.close();
});
