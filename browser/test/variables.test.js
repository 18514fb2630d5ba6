// Local variables: from an idea to an answer in a case without a restart, and how the pages look.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { inflateRawSync } from "node:zlib";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, worker, coordinator;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  worker = await beSomebody(server, people[0]);
  coordinator = await beSomebody(server, people.at(-1));
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (cookie, options) => visit(browser, server, { cookie, reducedMotion: "reduce", ...options });

test("an idea becomes a question, and the question an answer", async () => {
  const lead = await see(coordinator);
  const { page } = lead;
  await page.goto("/variabler");
  await page.getByRole("link", { name: "Lägg till variabel" }).click();
  await page.getByLabel("Etikett", { exact: true }).fill("Hittade hit");
  await page.getByLabel("Kolumn").fill("hittade");
  await page.getByLabel("Fråga", { exact: true }).fill("Hur hittade klienten hit?");
  await page.getByLabel("Bakgrund").check();
  await page.getByLabel("Ett svar").check();
  await page.getByLabel("Svenska").nth(0).fill("Webben");
  await page.getByRole("button", { name: "Spara i utkastet" }).last().click();
  const errors = page.getByRole("alert").filter({ hasText: "Skriv minst två svar" });
  await errors.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "fel", "the summary has the focus");
  await page.getByLabel("Svenska").nth(1).fill("Grannen");
  await page.keyboard.press("Enter"); // saves, and asks for no more rows
  await page.getByText("Sparat i utkastet.").waitFor();
  const column = await page.locator("td code").first().textContent();
  await page.getByRole("link", { name: "Se utkastet och publicera" }).click();
  await page.getByRole("group", { name: "Hur hittade klienten hit?" }).first().waitFor();
  await page.getByLabel("Vad är nytt?").fill("Vi vill veta hur de som behöver oss hittar hit");
  await page.getByRole("button", { name: "Publicera" }).click();
  await page.getByText("Publicerat.").waitFor();

  const work = await see(worker);
  await work.page.goto("/arenden/nytt");
  const question = work.page.locator(`[data-field="${column}"]`);
  await question.waitFor();
  const field = (name) => work.page.locator(`[name="f.${name}"]`);
  await field("arende").fill("24-lokal-1");
  await field("4").fill("K-lokal-1");
  await field("5").fill("2026-11-02");
  await work.page.waitForURL((u) => !u.pathname.endsWith("/nytt")); // which the case's codes and day are enough for
  await Promise.all([work.page.waitForResponse((r) => new URL(r.url()).pathname.endsWith("/falt") && r.ok()), question.getByLabel("Grannen").check()]);
  await work.page.locator("#sparat").filter({ hasText: /\d/ }).waitFor();
  await work.page.goto(new URL(work.page.url()).pathname.split("/").slice(0, 3).join("/") + "/bakgrund");
  assert.ok(await question.getByLabel("Grannen").isChecked(), "the answer is kept");
  await Promise.all([work.page.waitForResponse((r) => new URL(r.url()).pathname.endsWith("/falt") && r.ok()), question.getByLabel("Webben").check()]);
  await work.page.reload();
  assert.ok(await question.getByLabel("Webben").isChecked(), "the changed answer is kept");
  await work.close();

  await page.goto("/leveranser/granska?" + new URLSearchParams({ mottagare: "nationell", fran: "2026-11-01", till: "2026-11-30", omfattning: "1", tackning: "4" }));
  await page.getByRole("columnheader", { name: column, exact: true }).waitFor();
  await page.locator('form[action="/leveranser/ta-ut"] button.main').click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Hämta filen" }).click()]);
  const path = await download.path();
  const [head, ...rows] = fileIn(path, "lokala.csv").trim().split(/\r?\n/);
  const at = head.split(",").indexOf(column);
  assert.ok(at > 0, head);
  assert.equal(rows.filter((r) => r.split(",")[at] === "1").length, 1, "the answer is in its column");
  const out = mkdtempSync(join(tmpdir(), "foljsam-lokala-"));
  copyFileSync(path, join(out, "uttag.zip"));
  execFileSync(process.env.FOLJSAM ?? "foljsam", ["compile", "--out", join(out, "ut"), join(out, "uttag.zip")]);
  assert.ok(!readFileSync(join(out, "ut", "problems.csv"), "utf8").includes("lokala.csv"), "a compilation reads the column");
  rmSync(out, { recursive: true });
  await lead.close();
});

// The text of a file in a zip: by the central directory, which knows the sizes.
function fileIn(zip, name) {
  const b = readFileSync(zip);
  for (let i = b.indexOf("PK\x01\x02", 0, "latin1"); i >= 0; i = b.indexOf("PK\x01\x02", i + 4, "latin1")) {
    const [method, packed, length, at] = [b.readUInt16LE(i + 10), b.readUInt32LE(i + 20), b.readUInt16LE(i + 28), b.readUInt32LE(i + 42)];
    if (b.toString("utf8", i + 46, i + 46 + length) !== name) continue;
    const from = at + 30 + b.readUInt16LE(at + 26) + b.readUInt16LE(at + 28);
    const body = b.subarray(from, from + packed);
    return (method === 8 ? inflateRawSync(body) : body).toString("utf8");
  }
  throw new Error(`${name} is not in the file`);
}

test("a proposal is one press away", async () => {
  const { page, close } = await see(coordinator);
  await page.goto("/variabler");
  await page.getByRole("button", { name: /Lägg i utkastet.*Polisanmälan/ }).click();
  await page.getByText("Förslaget ligger i utkastet").waitFor();
  assert.ok(await page.getByRole("link", { name: "Polisanmälan" }).isVisible());
  await close();
});

test("a file goes out and comes in again", async () => {
  const { page, close } = await see(coordinator);
  await page.goto("/variabler/fil");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /YAML/ }).click()]);
  const path = await download.path();
  await page.getByLabel("Fil", { exact: true }).setInputFiles({ name: "lokala.yaml", mimeType: "application/yaml", buffer: readFileSync(path) });
  await page.getByRole("button", { name: "Ta in i utkastet" }).click();
  await page.getByText("fanns redan och säger samma sak").waitFor();
  await page.getByLabel("Eller klistra in innehållet").fill("added_to: su-kvinnofrid\nprefix: fel\nvariables:\n  - {column: fel}\n");
  await page.getByRole("button", { name: "Ta in i utkastet" }).click();
  assert.ok(await page.getByRole("cell", { name: "variables[1].column" }).first().isVisible());
  await close();
});

const pages = [["the list", "/variabler"], ["one that is published", null], ["the draft", "/variabler/utkast"], ["a version", "/variabler/version/1"]];

describe("axe finds nothing", () => {
  for (const [lang, width, colorScheme] of [["sv-SE", 1280, "light"], ["en-GB", 320, "dark"]]) {
    for (const [name, address] of pages) {
      test(`${name}, ${lang}, ${width}, ${colorScheme}`, async () => {
        const { page, close } = await see(coordinator, { locale: lang, colorScheme, viewport: { width, height: 900 } });
        await page.goto(address ?? "/variabler");
        if (!address) await page.locator("main tbody th a").first().click();
        await page.locator("h1").waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "no scrolling sideways");
        await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
        if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/${name.replaceAll(" ", "-")}-${lang}-${width}.png`, fullPage: true });
        assert.deepEqual((await faultsOn(page)).faults, []);
        await close();
      });
    }
  }
});
