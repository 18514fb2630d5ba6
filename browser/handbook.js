// Takes the pictures of the handbook's page about the first day, by going through it: from an
// empty register to a newcomer's first saved case. "npm run handbook" after "npm test".
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./lib/browser.js";
import { first } from "./lib/people.js";
import { startEmpty } from "./lib/server.js";
import { visit } from "./lib/visit.js";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "docs", "handbok", "bilder");
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([startBrowser(), startEmpty()]);
const looks = { viewport: { width: 960, height: 700 }, reducedMotion: "reduce", colorScheme: "light" };
const picture = (page, name, fullPage = false) => page.screenshot({ path: join(folder, `${name}.png`), fullPage });
const fill = async (page, fields) => { for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).first().fill(value); };
const send = (page) => Promise.all([page.waitForEvent("load"), page.locator("main form button.main").first().click()]);

const boss = await visit(browser, server, looks);
await boss.page.goto("/forsta");
await fill(boss.page, { kod: server.code, namn: first.namn, inloggning: first.inloggning, losenord: first.losenord, losenord2: first.losenord, register: first.register, ansvarig: first.ansvarig, enhet: first.enhet });
const area = boss.page.locator("main [name=omrade]");
if ((await area.evaluate((e) => e.tagName)) === "SELECT") await area.selectOption(first.omrade);
else await area.fill("Nora");
await picture(boss.page, "1-forsta");
await send(boss.page);
await picture(boss.page, "2-valkommen");

const work = async (role) => {
  await boss.page.locator("#byt-roll").selectOption({ label: role });
  await Promise.all([boss.page.waitForEvent("load"), boss.page.locator("form:has(#byt-roll) button").click()]);
};
await work("administratör");
await boss.page.goto("/anvandare/ny");
await fill(boss.page, { namn: "Berg", inloggning: "berg@nora.example" });
await picture(boss.page, "3-ny-person");
await send(boss.page);
await picture(boss.page, "4-kod");
const code = (await boss.page.locator("main").innerText()).match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4})+/)[0];
await work("samordnare");
await boss.page.goto("/hantera/roller/ny");
await fill(boss.page, { inloggning: "berg@nora.example" });
await picture(boss.page, "5-roll");
await send(boss.page);

const newcomer = await visit(browser, server, looks);
const began = performance.now();
await newcomer.page.goto("/valkommen");
await fill(newcomer.page, { inloggning: "berg@nora.example", kod: code, losenord: "ett riktigt långt lösenord", losenord2: "ett riktigt långt lösenord" });
await picture(newcomer.page, "6-eget-losenord");
await send(newcomer.page);
await Promise.all([newcomer.page.waitForURL("**/logga-in*"), newcomer.page.locator("main a", { hasText: "Logga in" }).click()]);
await fill(newcomer.page, { inloggning: "berg@nora.example", losenord: "ett riktigt långt lösenord" });
await send(newcomer.page);
await picture(newcomer.page, "7-att-gora");
await newcomer.page.goto("/arenden/nytt");
await newcomer.page.locator("[name='f.arende']").fill("26-001");
await newcomer.page.locator("[name='f.4']").fill("K-1");
await newcomer.page.keyboard.press("Tab");
await newcomer.page.waitForURL(/arenden\/[0-9a-f-]{36}/);
await newcomer.page.locator("[name='f.15']").fill("34");
await newcomer.page.keyboard.press("Tab");
await newcomer.page.getByText(/Sparat/).first().waitFor();
await newcomer.page.evaluate(() => scrollTo(0, 0));
await picture(newcomer.page, "8-arende");
console.log(`from the newcomer's first page to the first saved answer: ${Math.round(performance.now() - began)} ms by script`);
await newcomer.close();
await boss.close();
await server.close();
await browser.close();
