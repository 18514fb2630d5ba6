// Going deeper into results: risk, a part beside the rest, words on free text, and a cross table
// with a question of one's own; by keyboard, without script, narrow, dark and on paper.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { enlarge, onPaper, sideways, unseenFocus } from "../lib/onpage.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, leader, own;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  leader = await beSomebody(server, (await peopleOf(server)).at(-1));
  own = await askQuestion();
  mkdirSync(out, { recursive: true });
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", locale: "sv", ...options });

// Publishes a question of the register's own, and gives the name of its column.
async function askQuestion() {
  const v = await see();
  const { page } = v;
  await page.goto("/variabler");
  await page.getByRole("link", { name: "Lägg till variabel" }).click();
  await page.getByLabel("Etikett", { exact: true }).fill("Hittade hit");
  await page.getByLabel("Kolumn").fill("hittade");
  await page.getByLabel("Fråga", { exact: true }).fill("Hur hittade klienten hit?");
  await page.getByLabel("Bakgrund").check();
  await page.getByLabel("Ett svar").check();
  await page.getByLabel("Svenska").nth(0).fill("Webben");
  await page.getByLabel("Svenska").nth(1).fill("Grannen");
  await page.getByRole("button", { name: "Spara i utkastet" }).last().click();
  await page.getByText("Sparat i utkastet.").waitFor();
  const column = await page.locator("td code").first().textContent();
  await page.getByRole("link", { name: "Se utkastet och publicera" }).click();
  await page.getByLabel("Vad är nytt?").fill("Vi vill veta hur de hittar hit");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByText("Publicerat.").waitFor();
  await v.close();
  return column;
}

const kinds = { risk: () => "/resultat/risk", dive: () => "/resultat/fordjupning/heder", tags: () => "/resultat/taggar", own: () => `/resultat/korstabell?rader=${own}&kolumner=alder` };

for (const [name, address] of Object.entries(kinds)) {
  test(`${name}: by keyboard, narrow, large, dark, on paper, and nothing that axe finds`, async () => {
    const v = await see();
    await v.page.goto(address());
    assert.equal(await v.page.locator("h1").count(), 1);
    assert.ok(await v.page.getByText("Internt.").first().isVisible());
    await nothingWrongOn(v.page, 15);
    await v.page.keyboard.press("Tab");
    assert.deepEqual(await v.page.evaluate(unseenFocus), []);
    await enlarge(v.page, 2);
    assert.deepEqual(await v.page.evaluate(sideways), []);
    await enlarge(v.page, 1);
    await v.page.setViewportSize({ width: 680, height: 900 });
    await v.page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.deepEqual(await v.page.evaluate(onPaper), []);
    assert.ok(await v.page.locator(".on-paper").getByText("Internt", { exact: false }).first().isVisible());
    await v.page.screenshot({ path: join(out, `deep-${name}-print.png`), fullPage: true });
    await v.close();
    const n = await see({ locale: "en", colorScheme: "dark", viewport: { width: 320, height: 900 } });
    await n.page.goto(address());
    assert.deepEqual(await n.page.evaluate(sideways), []);
    await n.page.screenshot({ path: join(out, `deep-${name}-320-dark.png`), fullPage: true });
    await nothingWrongOn(n.page, 15);
    await n.close();
  });

  test(`${name}: every value of a diagram stands in a table that keys reach, also without script`, async () => {
    const v = await see({ javaScriptEnabled: false });
    await v.page.goto(address());
    const drawn = await v.page.locator("main .figure-card svg:visible").count(); // each is drawn wide and narrow
    const tables = await v.page.locator("main table").count();
    assert.ok(tables >= Math.max(1, drawn), `${drawn} diagrams, ${tables} tables`);
    for (const svg of await v.page.locator("main .figure-card svg").all()) {
      assert.ok(await svg.getAttribute("aria-labelledby") ?? await svg.getAttribute("aria-label") ?? await svg.getAttribute("aria-hidden"), "a diagram without a name");
    }
    for (const summary of await v.page.locator("main details > summary").all()) {
      if (!await summary.isVisible() || await summary.evaluate((e) => e.parentElement.open)) continue;
      await summary.focus();
      await v.page.keyboard.press("Enter");
      assert.ok(await summary.evaluate((e) => e.parentElement.open), "a key opens nothing");
    }
    for (const table of await v.page.locator("main table").all()) {
      assert.ok(await table.isVisible(), "a table that nobody comes to");
      assert.ok(await table.locator("caption").count() || await table.getAttribute("aria-labelledby"), "a table without a caption");
      assert.ok(await table.locator("th[scope=row], tbody th").count(), "rows without a heading");
    }
    await v.close();
  });
}

test("a card takes its figure home as a picture", async () => {
  const v = await see();
  await v.page.goto("/resultat/d/d05");
  const address = await v.page.locator("a[href*='png']").first().getAttribute("href");
  const reply = await v.context.request.get(server.address + address);
  assert.equal(reply.headers()["content-type"], "image/png");
  assert.deepEqual([...(await reply.body()).subarray(1, 4)].map((c) => String.fromCharCode(c)).join(""), "PNG");
  await v.close();
});

test("a condition goes along from a part to its questions and back", async () => {
  const v = await see();
  await v.page.goto(`/resultat/fordjupning/heder?ar=${new Date().getFullYear() - 1}`);
  const links = await v.page.locator("main section a[href*='/resultat/fordjupning/heder']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(links.length > 3 && links.every((a) => a.includes("ar=")), links.filter((a) => !a.includes("ar=")).join());
  await v.close();
});
