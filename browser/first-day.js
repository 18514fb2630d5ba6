// Goes through docs/handbok/forsta-dagen.md as it says, by the links and buttons that it names, from
// an empty register to a newcomer's first saved answer; prints clicks, keys and seconds of each part.
// "FOLJSAM=… node first-day.js". A person reads and thinks meanwhile: the keys and clicks are theirs,
// the seconds the machine's.
import { startBrowser } from "./lib/browser.js";
import { first } from "./lib/people.js";
import { startEmpty } from "./lib/server.js";
import { visit } from "./lib/visit.js";

const own = "en rad som bara jag vet";
const [browser, server] = await Promise.all([startBrowser(), startEmpty()]);
const count = { clicks: 0, keys: 0 };
const parts = [];

const click = async (locator) => { count.clicks++; await locator.click(); };
const leads = async (page, locator) => { await Promise.all([page.waitForEvent("load"), click(locator)]); };
const link = (page, name) => leads(page, page.getByRole("link", { name }).first());
const send = (page) => leads(page, page.locator("main form button.main").first());
const write = async (page, fields) => {
  for (const [name, value] of Object.entries(fields)) {
    await click(page.locator(`main [name="${name}"]`).first());
    count.keys += value.length;
    await page.keyboard.insertText(value);
  }
};
const role = async (page, label) => {
  count.clicks++;
  await page.locator("#byt-roll").selectOption({ label });
  await leads(page, page.locator("form:has(#byt-roll) button"));
};
async function part(name, does) {
  const before = { ...count }, began = performance.now();
  await does();
  parts.push([name, count.clicks - before.clicks, count.keys - before.keys, ((performance.now() - began) / 1000).toFixed(1)]);
}

const boss = await visit(browser, server), newcomer = await visit(browser, server);
let code = "";
await part("1. Registret börjar", async () => {
  await boss.page.goto("/");
  await write(boss.page, { kod: server.code, namn: first.namn, inloggning: first.inloggning, losenord: first.losenord, losenord2: first.losenord, register: first.register, ansvarig: first.ansvarig, enhet: first.enhet });
  const area = boss.page.locator("main [name=omrade]");
  count.clicks++;
  await area.selectOption(first.omrade);
  await send(boss.page);
});
await part("2. En person till", async () => {
  await role(boss.page, "administratör");
  await link(boss.page, "Användare");
  await link(boss.page, "Lägg till en person");
  await write(boss.page, { namn: "Berg", inloggning: "berg@nora.example" });
  await send(boss.page);
  code = (await boss.page.locator("main").innerText()).match(/[A-Z0-9]{4}(?:-[A-Z0-9]{4})+/)[0];
});
await part("3. En roll", async () => {
  await role(boss.page, "samordnare");
  await link(boss.page, "Inställningar");
  await link(boss.page, /^Roller/);
  await link(boss.page, "Ge en roll");
  await write(boss.page, { inloggning: "berg@nora.example" });
  await send(boss.page);
});
await part("4. Den nya väljer lösenord", async () => {
  await newcomer.page.goto("/");
  await link(newcomer.page, /engångskod/);
  await write(newcomer.page, { inloggning: "berg@nora.example", kod: code, losenord: own, losenord2: own });
  await send(newcomer.page);
  await link(newcomer.page, "Logga in");
  await write(newcomer.page, { inloggning: "berg@nora.example", losenord: own });
  await send(newcomer.page);
});
await part("5. Första ärendet", async () => {
  await link(newcomer.page, /Nytt ärende/);
  await write(newcomer.page, { "f.arende": "26-001", "f.4": "K-1" });
  count.keys++;
  await newcomer.page.keyboard.press("Tab");
  await newcomer.page.waitForURL(/arenden\/[0-9a-f-]{36}/);
  await write(newcomer.page, { "f.15": "34" });
  count.keys++;
  await newcomer.page.keyboard.press("Tab");
  await newcomer.page.waitForFunction(() => /^Sparat \d/.test(document.getElementById("sparat").textContent));
});
await Promise.all([boss.close(), newcomer.close()]);
await server.close();
await browser.close();

for (const [name, clicks, keys, seconds] of parts) console.log(`${name.padEnd(28)} ${String(clicks).padStart(3)} klick  ${String(keys).padStart(4)} tecken  ${seconds.padStart(5)} s`);
const sum = (i) => parts.reduce((n, p) => n + Number(p[i]), 0);
console.log(`${"allt".padEnd(28)} ${String(sum(1)).padStart(3)} klick  ${String(sum(2)).padStart(4)} tecken  ${sum(3).toFixed(1).padStart(5)} s`);
