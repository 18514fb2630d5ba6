// An extract is looked through and taken out: what is shown is what the file holds.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { faultsOn, nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, leader;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  leader = await beSomebody(server, (await peopleOf(server)).at(-1));
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", ...options });
const asked = "/leveranser/granska?mottagare=nationell&fran=2000-01-01&till=2099-12-31&omfattning=3&tackning=4&fritext=ja";

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of ["/leveranser/granska?mottagare=&fran=x&till=", asked]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
        await v.page.goto(address);
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `${address.replace(/\W+/g, "-").slice(1, 40)}-${locale}-${width}.png`), fullPage: true });
        await nothingWrongOn(v.page, 15);
        await v.close();
      });
    }
  }
});

test("by keyboard from the question to the file", async () => {
  const v = await see({ acceptDownloads: true });
  await v.page.goto("/leveranser/nytt");
  await v.page.getByLabel("Från och med").fill("2000-01-01");
  await v.page.getByLabel("Till och med").fill("2099-12-31");
  await v.page.getByLabel("Båda").focus();
  await v.page.keyboard.press("Space");
  await v.page.getByLabel("75–100 procent").focus();
  await v.page.keyboard.press("Space");
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**/granska?**");
  const row = await v.page.locator("table tbody tr").first().locator("td").allTextContents();
  await v.page.getByRole("button", { name: "Ta ut filen" }).press("Enter");
  await v.page.waitForURL("**/uttaget/**");
  assert.deepEqual((await faultsOn(v.page)).faults, []);
  const [file] = await Promise.all([v.page.waitForEvent("download"), v.page.getByRole("link", { name: "Hämta filen" }).press("Enter")]);
  assert.match(file.suggestedFilename(), /^uttag-2000-01-01-2099-12-31\.zip$/);
  const bytes = readFileSync(await file.path());
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  assert.equal(row.length > 20 && row[0].length, 26, "the first cell shown is the case's pseudonym");
  await v.page.goto("/leveranser");
  assert.equal(await v.page.locator("table tbody tr").count(), 1);
  await v.close();
});

test("a recipient is added by keyboard, chosen, and told apart from another spelling", async () => {
  const v = await see();
  await v.page.goto("/leveranser/nytt");
  const open = async (name) => {
    await v.page.getByText("Lägg till en mottagare", { exact: true }).press("Enter");
    await v.page.getByLabel("Mottagarens namn").fill(name);
    await v.page.keyboard.press("Enter");
  };
  await open("Länsstyrelsen");
  await v.page.waitForURL("**/nytt?klart=mottagare**");
  assert.equal(await v.page.getByLabel("Mottagare", { exact: true }).locator("option:checked").textContent(), "Länsstyrelsen");
  await open("läns styrelsen");
  await v.page.getByRole("alert").or(v.page.locator(".summary, [role=group]")).first().waitFor();
  assert.equal(await v.page.getByLabel("Mottagarens namn").getAttribute("aria-invalid"), "true");
  assert.deepEqual((await faultsOn(v.page)).faults, []);
  await v.close();
});
