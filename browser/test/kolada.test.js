// The nation's own rates beside Kolada's: found by title, confirmed by a person, asked for only when somebody presses.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beginWith } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

// A server that behaves as Kolada: at most 25 ids, pages, and the four ways in which a value is not there.
const asked = [];
const values = { "0114": { value: 17 }, "0115": { value: 9.8 }, "0117": { value: null }, "0120": { value: null, status: "Sekretess" }, "0123": { value: 7, isdeleted: true } };
const kolada = createServer((request, reply) => {
  asked.push(request.url);
  const at = new URL(request.url, "http://127.0.0.1");
  const ids = at.pathname.split("/municipality/")[1]?.split("/")[0].split(",") ?? [];
  const all = [["U00001", "Våldsutsatta vuxna, aktualiserade ärenden"], ["U00002", "Våldsutsatta vuxna, insats"], ["N00001", "Invånare"]];
  let answer = all.filter(([id, title]) => title.includes(at.searchParams.get("title") ?? "") && (at.pathname.endsWith("/kpi") || at.pathname.endsWith(id))).map(([id, title]) => ({ id, title }));
  if (at.pathname.includes("/data/")) {
    answer = ids.filter((id) => values[id]).map((municipality) => ({ kpi: "U00001", municipality, period: 2024, values: [{ gender: "T", count: 1, status: "", isdeleted: false, ...values[municipality] }] }));
  }
  const page = Number(at.searchParams.get("page") ?? 1);
  const next = answer.length > 3 * page ? `http://${request.headers.host}${at.pathname}?${new URLSearchParams({ ...Object.fromEntries(at.searchParams), page: page + 1 })}` : null;
  reply.writeHead(ids.length > 25 ? 422 : 200, { "Content-Type": "application/json" });
  reply.end(JSON.stringify({ count: answer.length, next_url: next, previous_url: null, values: answer.slice(3 * page - 3, 3 * page) }));
});

let browser, server, cookie;
before(async () => {
  kolada.listen(0, "127.0.0.1");
  await once(kolada, "listening");
  [browser, server] = await Promise.all([startBrowser(), startEmpty("--kolada", `http://127.0.0.1:${kolada.address().port}/v3`)]);
  cookie = await beginWith(server, { namn: "Rönn", inloggning: "ronn", losenord: "korrekt häst batteri", register: "Nyckeltal i riket", ansvarig: "SKR", omrade: "00" });
});
after(() => Promise.all([browser.close(), server.close(), kolada.close()]));

test("a key figure is found, confirmed and compared, and only what was asked for is sent", { timeout: 120_000 }, async () => {
  const v = await visit(browser, server, { cookie, locale: "sv", reducedMotion: "reduce" });
  const { page } = v;
  mkdirSync(out, { recursive: true });
  const look = async (name) => { await page.screenshot({ path: join(out, `kolada-${name}.png`), fullPage: true }); await nothingWrongOn(page, 12); };
  const press = (name) => page.getByRole("button", { name }).click();

  await page.goto("/insamlingar");
  await page.locator('[name="ar"]').fill("2024");
  await page.locator('[name="sista_dag"]').fill("2025-04-30");
  await press("Öppna");
  await page.getByText("Insamlingen är öppen").waitFor();
  await page.goto("/kommuner/folkmangd");
  await page.locator("textarea").fill("enhet,ar,vuxna\n0114,2024,10000\n0115,2024,10000\n0117,2024,10000\n0120,2024,10000\n");
  await press("Läs in");
  await page.getByText("4 tal lästes in").waitFor();
  await page.goto("/rapportera/fil");
  await page.locator("textarea").fill("enhet,ar,nyckeltal,antal,sekretess\n0114,2024,1,17,\n0115,2024,1,12,\n0117,2024,1,9,\n0120,2024,1,,1\n0120,2024,2,tolv,\n");
  await press("Läs in");
  await page.getByText("Rad 6, kolumn antal").waitFor();
  await page.goto("/insamlingar/2024");
  await press("Publicera");
  await page.getByText("Alla kan se det nu").waitFor();

  await page.goto("/kommuner");
  await page.getByRole("link", { name: "Jämför med Kolada" }).click();
  assert.deepEqual(asked, []);
  await look("tom");
  await page.locator('[name="titel"]').fill("vå");
  await press("Sök hos Kolada");
  await page.getByText("Skriv minst tre tecken").first().waitFor();
  await look("fel");
  assert.deepEqual(asked, []);
  await page.locator('[name="titel"]').fill("Våldsutsatta");
  await press("Sök hos Kolada");
  await page.getByLabel("U00001 Våldsutsatta vuxna, aktualiserade ärenden").check();
  await look("traffar");
  await press("Bekräfta");
  await page.getByText("Bekräftat av Rönn").waitFor();
  await press("Hämta från Kolada");
  await page.getByText("Källa: Kolada, U00001").waitFor();
  await look("bredvid");
  const row = async (name) => (await page.getByRole("row", { name: new RegExp(`^${name}`) }).innerText()).split(/\s*\t\s*/).slice(1);
  assert.deepEqual(await row("Upplands Väsby"), ["17,00", "17", "samma"]);
  assert.deepEqual(await row("Vallentuna"), ["12,00", "9,8", "2,20 högre här"]);
  assert.deepEqual(await row("Österåker"), ["9,00", "- tomt värde", ". jämförs inte"]);
  assert.deepEqual(await row("Värmdö"), [".. sekretess", ".. märkt ”Sekretess”", ". jämförs inte"]);
  assert.deepEqual(await row("Järfälla"), ["- saknas", "- borttaget", ". jämförs inte"]);
  assert.deepEqual(await row("Ekerö"), ["- saknas", "- ingen rad", ". jämförs inte"]);
  assert.ok(asked.some((x) => x.includes("page=2")) && asked.every((x) => x.startsWith("/v3/")));
  await v.close();

  const dark = await visit(browser, server, { cookie, locale: "en", colorScheme: "dark", viewport: { width: 320, height: 900 }, reducedMotion: "reduce" });
  await dark.page.goto("/kommuner/kolada?hamta=ja&nyckeltal=1&ar=2024&lan=01");
  await dark.page.getByText("Source: Kolada, U00001").waitFor();
  await nothingWrongOn(dark.page, 12);
  assert.ok(await dark.page.locator('[name="titel"]').isVisible());
  await dark.page.screenshot({ path: join(out, "kolada-morkt.png"), fullPage: true });
  await dark.close();
});
