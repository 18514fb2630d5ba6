// The manager's year and the board's paper: the path in clicks, without script, narrow, both themes, on paper, and the files.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, leader, chief;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  [leader, chief] = [await beSomebody(server, people.at(-1)), await beSomebody(server, people.at(-2))];
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", ...options });

for (const javaScriptEnabled of [true, false]) {
  test(`a first-time coordinator comes from sign-in to a finished paper by few clicks${javaScriptEnabled ? "" : ", without script"}`, async () => {
    const v = await visit(browser, server, { reducedMotion: "reduce", locale: "sv", javaScriptEnabled });
    let clicks = 0;
    const click = async (what) => { clicks++; await what.click(); };
    await v.page.goto("/demo?kommun=0188");
    await click(v.page.locator("form", { has: v.page.locator(`[name=person]`) }).last().locator("button").last()); // signs in
    await click(v.page.getByRole("navigation").getByRole("link", { name: "Resultat" }));
    await click(v.page.getByRole("link", { name: "Gör ett underlag till nämnden" }));
    const [file] = await Promise.all([v.page.waitForEvent("download"), click(v.page.getByRole("button", { name: "Word" }))]);
    assert.match(file.suggestedFilename(), /^namndunderlag-\d{4}\.docx$/);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), "PK");
    await click(v.page.getByRole("button", { name: "Visa och skriv ut" }));
    await v.page.waitForURL("**/namndunderlag/papper**");
    assert.match(await v.page.locator("h1").innerText(), /Stöd till våldsutsatta vuxna \d{4}/);
    assert.ok(await v.page.locator("figure .wide svg").count() > 10);
    assert.ok(clicks < 8, `${clicks} clicks`);
    await v.close();
  });
}

test("internal is chosen knowingly, and stands on screen, on paper and in the file's name", async () => {
  const v = await see({ locale: "sv" });
  await v.page.goto("/namndunderlag");
  assert.ok(await v.page.getByLabel("För publicering").isChecked());
  await v.page.getByLabel("Internt", { exact: true }).check();
  const [file] = await Promise.all([v.page.waitForEvent("download"), v.page.getByRole("button", { name: "Excel" }).click()]);
  assert.match(file.suggestedFilename(), /^internt-namndunderlag-\d{4}\.xlsx$/);
  await v.page.getByRole("button", { name: "Visa och skriv ut" }).click();
  await v.page.waitForURL("**for=internt**");
  await v.page.emulateMedia({ media: "print" });
  assert.ok(await v.page.locator(".band-internal").isVisible());
  assert.ok(await v.page.locator("figure table").first().isVisible());
  const said = await v.page.locator("main").innerText();
  await v.page.reload();
  assert.equal(await v.page.locator("main").innerText(), said, "the same address gives other figures");
  await v.close();
});

test("a manager begins with the year, by keyboard to a figure and a reflection on it", async () => {
  const v = await see({ locale: "sv", cookie: chief });
  await v.page.goto("/");
  await v.page.waitForURL("**/ar/*");
  assert.ok(await v.page.getByText("Internt.").first().isVisible());
  assert.equal(await v.page.locator("article.figure-card").count(), 8);
  await v.page.locator("article[aria-labelledby=del-utfall] a").press("Enter");
  await v.page.waitForURL("**/resultat/d/d15**");
  await v.page.fill("#tanke-text", "Vi följer upp målet oftare.");
  await v.page.locator("form.note-form button").first().click();
  await v.page.waitForURL("**sparat=ja**");
  await v.page.goto("/ar");
  assert.ok(await v.page.locator("article[aria-labelledby=del-utfall]").getByText("Vi följer upp målet oftare.").isVisible());
  await v.close();
});

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of ["/ar", "/ar/1999", "/namndunderlag", "/namndunderlag/papper?valt=ja", "/namndunderlag/papper?ar=2026", "/namndunderlag/papper?ar=1999&for=internt"]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["sv", 320, "dark"], ["en", 320, "light"], ["en", 1280, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
        await v.page.goto(address);
        mkdirSync(out, { recursive: true });
        if (!address.includes("papper")) await v.page.screenshot({ path: join(out, `namnd${address.replace(/\W+/g, "-")}-${locale}-${width}.png`), fullPage: true });
        await nothingWrongOn(v.page, 15);
        await v.close();
      });
    }
  }
});
