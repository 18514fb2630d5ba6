// Coding exercises, thoughts beside a figure and ordered figures: by keyboard, without script, by two at once.
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

let browser, server, leader, worker, mate, chief;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  [worker, mate, leader] = [await beSomebody(server, people[0]), await beSomebody(server, people[1]), await beSomebody(server, people.at(-1))];
  chief = await beSomebody(server, people.find((p) => p.endsWith("-chef")));
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (cookie, options) => visit(browser, server, { cookie, locale: "sv", reducedMotion: "reduce", ...options });

test("a coordinator sets an exercise by keyboard, and a caseworker answers it without script", async () => {
  const v = await see(leader);
  await v.page.goto("/kodning/ny");
  await v.page.getByLabel("Övningens namn").focus();
  await v.page.keyboard.type("Från tangenterna");
  const made = v.page.getByLabel("Alla fall är påhittade", { exact: false });
  await made.focus();
  await v.page.keyboard.press("Space");
  for (const unit of await v.page.locator("input[name=enhet]").all()) await unit.check();
  await v.page.getByRole("button", { name: "Sätt övningen" }).press("Enter");
  await v.page.waitForURL("**gjort=satt");
  const at = new URL(v.page.url()).pathname;
  await v.close();

  const w = await see(worker, { javaScriptEnabled: false });
  await w.page.goto("/att-gora");
  await w.page.getByRole("link", { name: "Från tangenterna" }).click();
  await w.page.getByRole("button", { name: "Lämna in" }).click();
  assert.ok(await w.page.locator("#fel").isVisible(), "what is missing is said");
  for (const field of await w.page.locator("fieldset").all()) await field.locator("input").first().check();
  await w.page.getByRole("button", { name: "Lämna in" }).click();
  assert.match(w.page.url(), /gjort=svarat/);
  assert.ok(!(await w.page.locator("main").innerText()).includes("alfa"));
  await w.page.goto("/att-gora");
  assert.equal(await w.page.getByRole("link", { name: "Från tangenterna" }).count(), 0);
  await w.close();

  const [one, two] = [await see(leader), await see(leader)]; // two tabs, one of them stale
  await Promise.all([one.page.goto(at), two.page.goto(at)]);
  for (const x of [one, two]) await x.page.getByLabel("Jag vet att övningen inte kan öppnas igen.").check();
  await one.page.getByRole("button", { name: "Stäng övningen" }).click();
  assert.ok(await one.page.getByText("Resultatet visas inte").first().isVisible());
  await two.page.getByRole("button", { name: "Stäng övningen" }).click();
  assert.match(await two.page.locator("main").innerText(), /Övningen är stängd/);
  await Promise.all([one.close(), two.close()]);
});

test("the result of a closed exercise leads to the help text", async () => {
  const v = await see(leader);
  await v.page.goto("/kodning");
  await v.page.getByRole("link", { name: "Våldets grad, förra omgången" }).click();
  assert.match(await v.page.locator("main").innerText(), /8 handläggare har kodat 6 påhittade fall/);
  await v.page.getByRole("link", { name: /Ändra hjälptexten till/ }).first().click();
  assert.match(v.page.url(), /\/variabler#v\d+/);
  await v.close();
});

test("a thought by keyboard comes up on its day, and is done by one of two", async () => {
  const v = await see(worker);
  await v.page.goto("/resultat/d/d05");
  await v.page.getByLabel("Skriv vad ni tänker göra").focus();
  await v.page.keyboard.type("Vi frågar <b>oftare</b>");
  await v.page.getByLabel("Titta igen den").fill(new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Stockholm" }));
  await v.page.locator("form:has(#tanke-text) button").press("Enter");
  await v.page.waitForURL("**sparat=ja");
  const m = await see(mate);
  await Promise.all([v.page.goto("/att-gora"), m.page.goto("/resultat/d/d05")]);
  await v.page.getByRole("link", { name: /Vi frågar <b>oftare/ }).click();
  await v.page.getByRole("button", { name: /^Klar/ }).click();
  await v.page.waitForURL("**sparat=klar");
  await m.page.getByRole("button", { name: /^Klar/ }).click();
  assert.match(await m.page.locator("body").innerText(), /finns inte, eller är redan klar/);
  await Promise.all([v.close(), m.close()]);
});

test("a view without script", async () => {
  const v = await see(worker, { javaScriptEnabled: false });
  await v.page.goto("/resultat/korstabell?kolumner=alder&rader=v14");
  await v.page.getByLabel("Spara det här urvalet som").fill("Ålder och kön");
  await v.page.getByRole("button", { name: "Spara vyn" }).click();
  await v.page.goto("/resultat");
  await v.page.getByRole("link", { name: "Ålder och kön" }).click();
  assert.match(v.page.url(), /rader=v14/);
  assert.ok(!v.page.url().includes("sparat"));
  await v.close();
});

test("a manager orders a figure, and the coordinator answers", async () => {
  const c = await see(chief);
  await c.page.goto("/resultat/d/d05");
  await c.page.locator("summary", { hasText: "Beställ en siffra" }).press("Enter");
  await c.page.getByLabel("Vad vill du veta?").fill("Hur många unga?");
  await c.page.getByRole("button", { name: "Beställ", exact: true }).click();
  assert.ok(await c.page.locator("#fel").isVisible(), "no day");
  assert.equal(await c.page.getByLabel("Vad vill du veta?").inputValue(), "Hur många unga?");
  await c.page.getByLabel("Senast den").fill(`${new Date().getFullYear() + 1}-05-01`);
  await c.page.getByRole("button", { name: "Beställ", exact: true }).click();
  await c.page.waitForURL("**bestalld=ja");
  const v = await see(leader);
  await v.page.goto("/att-gora");
  await v.page.getByRole("link", { name: /Hur många unga/ }).click();
  await v.page.locator("summary", { hasText: "Svara" }).click();
  await v.page.getByLabel("Figurens adress").fill(`${server.address}/resultat/d/d05?ar=2025`);
  await v.page.getByLabel("Ditt svar").fill("Fler än förra året.");
  await v.page.getByRole("button", { name: "Skicka svaret" }).click();
  await v.page.waitForURL("**gjort=svarat");
  await c.page.goto("/bestallningar");
  assert.match(await c.page.locator("main").innerText(), /Fler än förra året/);
  await c.page.getByRole("link", { name: "Se figuren" }).first().click();
  assert.match(c.page.url(), /\/resultat\/d\/d05\?ar=2025/);
  await Promise.all([c.close(), v.close()]);
});

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  const pages = { list: "/kodning", new: "/kodning/ny", orders: "/bestallningar", figure: "/resultat/d/d05", closed: "förra omgången", open: "den här omgången", sheet: "den här omgången" };
  for (const [name, address] of Object.entries(pages)) {
    for (const [locale, width, colorScheme] of [["sv", 320, "dark"], ["en", 1280, "light"]]) {
      test(`${name}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see(name === "sheet" ? mate : leader, { locale, colorScheme, viewport: { width, height: 900 } });
        if (address.startsWith("/")) await v.page.goto(address);
        else {
          await v.page.goto("/kodning");
          await v.page.getByRole("link", { name: new RegExp(address) }).click();
        }
        mkdirSync(out, { recursive: true });
        await v.page.screenshot({ path: join(out, `kodning-${name}-${locale}-${width}.png`), fullPage: true });
        await nothingWrongOn(v.page, 10);
        await v.close();
      });
    }
  }
});
