// A municipality's key figures: from the counts by keyboard to the evidence, which is the only page that goes on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
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
  leader = await beSomebody(server, (await peopleOf(server)).at(-1));
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options) => visit(browser, server, { cookie: leader, reducedMotion: "reduce", ...options });
const year = new Date().getFullYear() - 1;
const at = `/nyckeltal/${year}`;
const tight = (s) => s.replace(/[\s\u00a0\u202f\u00ad]/g, "");

test("the bar leads to the last whole year", async () => {
  const v = await see({ locale: "sv" });
  await v.page.goto("/att-gora");
  await v.page.getByRole("navigation").getByRole("link", { name: "Nyckeltal" }).click();
  assert.equal(new URL(v.page.url()).pathname, at);
  assert.equal(await v.page.locator("h1").innerText(), `Nyckeltal ${year}`);
  assert.ok(await v.page.getByText("Antal (internt)").first().isVisible());
  await v.close();
});

test("by keyboard from a doubtful case to the evidence, and none of it in an address", async () => {
  const v = await see({ locale: "sv", acceptDownloads: true });
  await v.page.goto(`${at}/tveksamma`);
  const card = v.page.locator("main section.card").first();
  const code = await card.locator("h2 a").innerText();
  await card.getByLabel("Nej, det räknas inte").focus();
  await v.page.keyboard.press("Space");
  await card.getByRole("button", { name: "Spara beslutet" }).press("Enter");
  await v.page.getByText("Beslutet är sparat").waitFor();
  assert.ok(!v.page.url().includes(code));
  await v.page.goto(at);
  await v.page.getByRole("link", { name: "Granska och lämna" }).press("Enter");
  await v.page.getByRole("button", { name: "Visa vad som lämnas" }).press("Enter");
  await v.page.locator("#fel").waitFor();
  assert.ok(await v.page.evaluate(() => document.activeElement?.id === "fel"), "the summary of errors has no focus");
  await v.page.getByLabel("Båda").focus();
  await v.page.keyboard.press("Space");
  await v.page.getByRole("button", { name: "Visa vad som lämnas" }).press("Enter");
  const shown = await v.page.locator("pre").textContent();
  await v.page.getByRole("button", { name: "Fastställ och lämna" }).press("Enter");
  await v.page.waitForURL("**/underlag?**");
  const [file] = await Promise.all([v.page.waitForEvent("download"), v.page.getByRole("link", { name: "Hämta rapporter.csv" }).press("Enter")]);
  assert.match(file.suggestedFilename(), /^rapporter-\d{4}-\d{4}-1\.csv$/);
  const bytes = readFileSync(await file.path(), "utf8");
  assert.equal(bytes.replace(/\r/g, ""), shown.replace(/\r/g, ""));
  assert.ok(!bytes.split("\n").slice(1).some((row) => /^\d+,\d+,\d,[1-4],/.test(row)), bytes);
  await v.close();
});

// In the two ways in which every-page.test.js does not look.
describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const address of [at, `/nyckeltal/${year - 9}`, `${at}/arenden/1`, `${at}/arenden/3?mal=avslutsorsak`, `${at}/tveksamma`, `${at}/skicka`, `${at}/skicka?omfattning=3`, `${at}/skicka?granska=ja&utan=1`, `${at}/underlag`]) {
    for (const [locale, width, colorScheme] of [["sv", 320, "light"], ["en", 1280, "dark"]]) {
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

describe("on paper", () => {
  const printed = async (address, name) => {
    const v = await see({ locale: "sv" });
    await v.page.goto(address);
    const folder = join(out, "paper");
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.pdf`);
    await v.page.emulateMedia({ media: "print" });
    await v.page.pdf({ path: file, preferCSSPageSize: true });
    await v.close();
    return { text: tight(execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" })), info: execFileSync("pdfinfo", [file], { encoding: "utf8" }) };
  };

  test("the evidence is whole, and is not marked internal", async () => {
    const { text, info } = await printed(`${at}/underlag`, "underlag");
    for (const words of [`Underlag: nyckeltal ${year}`, "Kontrollsumma", "Utgåva", "Aktualiserade ärenden", "Avslutade där målet nåtts helt eller delvis", "Så räknas de"]) {
      assert.ok(text.toLowerCase().includes(tight(words).toLowerCase()), `"${words}" is not there`);
    }
    for (const words of ["Hämta rapporter.csv", "Inte skickad än", "Internt"]) assert.ok(!text.includes(tight(words)), `"${words}" is there`);
    assert.match(info, /Page size: +59\d\S* x 84\d/);
    assert.ok(Number(info.match(/Pages: +(\d+)/)[1]) <= 2, info);
  });

  test("no true count is", async () => {
    for (const [address, name] of [[at, "aret"], [`${at}/arenden/1`, "arendena"], [`${at}/tveksamma`, "tveksamma"]]) {
      const { text } = await printed(address, name);
      assert.ok(text.includes(tight("bara till för skärmen")), `${address}: ${text}`);
      assert.ok(!/Antal\(internt\)|Handläggare|Inteavgjorda/.test(text), `${address} shows more on paper`);
    }
  });
});

test("without script, from the counts to the evidence", async () => {
  const v = await see({ locale: "sv", javaScriptEnabled: false });
  await v.page.goto(at);
  await v.page.getByRole("link", { name: "Granska och lämna" }).click();
  await v.page.getByLabel("Myndighetsutövning").check();
  await v.page.getByRole("button", { name: "Visa vad som lämnas" }).click();
  await v.page.getByRole("button", { name: "Fastställ och lämna" }).click();
  assert.equal(await v.page.locator("h1").innerText(), `Underlag: nyckeltal ${year}`);
  await v.page.goto("/nyckeltal");
  await v.page.locator("#ar").selectOption(String(year));
  await v.page.getByRole("button", { name: "Visa", exact: true }).click();
  assert.ok(await v.page.getByText(/Utgåva 2 (fastställdes|skickades)/).isVisible());
  await v.close();
});

test("without script, a case that is opened again leads from Att göra to a correction", async () => {
  const v = await see({ locale: "sv", javaScriptEnabled: false });
  await v.page.goto(`${at}/arenden/3`);
  await v.page.goto(`${await v.page.locator("main table a").first().getAttribute("href")}/avsluta`);
  await v.page.locator('form[action$="/oppna"] button').click();
  await v.page.goto("/att-gora");
  await v.page.getByRole("link", { name: new RegExp(`^Nyckeltal ${year}, .*rättelse behövs.*nyckeltal 3`) }).click();
  assert.ok(await v.page.getByRole("heading", { name: `Rättelse behövs för ${year}` }).isVisible());
  await v.page.getByRole("link", { name: "Granska och skicka rättelse" }).first().click();
  await v.page.getByRole("button", { name: "Visa vad som lämnas" }).click();
  await v.page.getByRole("button", { name: "Fastställ och lämna" }).click();
  await v.page.goto(at);
  assert.ok(await v.page.getByText("Läge: Lämnat.").isVisible());
  await v.close();
});

test("a correction that is needed: nothing that axe finds, nothing to scroll sideways, nothing of it on paper", async () => {
  const one = await see({ locale: "sv", javaScriptEnabled: false });
  await one.page.goto(`${at}/arenden/3`);
  await one.page.goto(`${await one.page.locator("main table a").first().getAttribute("href")}/avsluta`);
  await one.page.locator('form[action$="/oppna"] button').click();
  await one.close();
  for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
    const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
    for (const address of [at, "/att-gora"]) {
      await v.page.goto(address);
      await nothingWrongOn(v.page, 15);
    }
    await v.page.goto(at);
    await v.page.emulateMedia({ media: "print" });
    assert.equal(await v.page.getByRole("heading", { level: 2 }).filter({ visible: true }).count(), 0);
    await v.close();
  }
});

test("without script, a return that is not corrected is let stand, waits no more, and can be a warning again", async () => {
  const v = await see({ locale: "sv", javaScriptEnabled: false });
  await v.page.goto("/att-gora");
  await v.page.getByRole("link", { name: new RegExp(`^Nyckeltal ${year}, .*rättelse behövs`) }).click();
  const card = v.page.locator("section:has(> #rattelse)");
  await card.locator("summary").click();
  await card.getByRole("button", { name: "Spara" }).click();
  await v.page.locator("#fel").getByText("Välj varför ni bortser från varningen").waitFor();
  await card.locator("summary").click();
  await card.getByLabel("Året rättas inte").check();
  await card.getByRole("button", { name: "Spara" }).click();
  await v.page.getByText("Läge: Lämnat, rättas inte.").waitFor();
  assert.equal(await v.page.locator("#rattelse").count(), 0);
  await v.page.goto("/att-gora");
  assert.equal(await v.page.getByText("rättelse behövs").count(), 0);
  await v.close();
  for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
    const w = await see({ locale, colorScheme, viewport: { width, height: 900 } });
    await w.page.goto(at);
    await nothingWrongOn(w.page, 15);
    await w.close();
  }
  const again = await see({ locale: "sv" });
  await again.page.goto(at);
  await again.page.getByRole("button", { name: "Ta tillbaka" }).press("Enter");
  await again.page.getByRole("heading", { name: `Rättelse behövs för ${year}` }).waitFor();
  await again.close();
});
