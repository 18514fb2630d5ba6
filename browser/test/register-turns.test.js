// What can be taken back: an answer, an exclusion, a close, a row; what is linked, set aside, measured
// on another scale, or odd without being stopped.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { addRows, allSaved, answers, caseOf, fillIn, inRow, openCase, risks, save, shown, supports, today } from "../lib/case.js";
import { beginWith } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, cookie, v, page, count = 0;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  cookie = await beginWith(server);
  v = await visit(browser, server, { cookie });
  page = v.page;
});
after(async () => {
  await v.close();
  await browser.close();
  await server.close();
});

const newCase = (more = {}) => openCase(server, cookie, { arende: `24-${++count}`, 4: `K-${count}` }, { ...answers.bakgrund, ...more });
const press = (name) => page.getByRole("button", { name }).first().click();
const field = (name) => page.locator(`.field[data-field="${name}"]`);
async function leave(name) {
  await field(name).focus();
  await allSaved(page);
}

test("an answer is undone from the history, once and only when nobody has changed it since", async () => {
  const address = await newCase();
  await page.goto(`${address}/bakgrund`);
  await fillIn(page, { 15: "61" });
  await leave("20");
  await page.goto(`${address}/historik?falt=15`);
  assert.match(await page.locator("table.history tbody tr:not(.turn)").first().innerText(), /34\s+61/);
  await press(/^Ångra/);
  await page.getByText("Ångrade en ändring").waitFor();
  await page.goto(`${address}/bakgrund`);
  assert.equal((await shown(page))["15"], "34");
  await page.goto(`${address}/historik?falt=15`);
  assert.match(await page.locator("table.history tbody tr:not(.turn)").first().innerText(), /Ångrade/);
});

test("a case is excluded with a reason, said not to count, and taken back", async () => {
  const address = await newCase();
  await page.goto(`${address}/uteslut`);
  await press(/^Hör inte till målgruppen/);
  assert.match(await page.locator("#fel").innerText(), /Välj varför/);
  await page.getByLabel("Dubblett").check();
  await press(/^Hör inte till målgruppen/);
  await page.getByText("Anledning: Dubblett").waitFor();
  await page.goto(`${address}/fore`);
  assert.match(await page.locator("main").innerText(), /räknas inte i resultaten/);
  await page.goto("/arenden");
  assert.equal(await page.locator("table").getByText(`24-${count}`, { exact: true }).count(), 0, "in the ordinary list");
  await page.goto("/arenden?lage=uteslutet");
  assert.equal(await page.locator("table").getByText(`24-${count}`, { exact: true }).count(), 1);
  await page.goto(`${address}/uteslut`);
  await press(/^Ta med ärendet igen/);
  await page.waitForURL((url) => !url.pathname.endsWith("/uteslut"));
  await page.goto(`${address}/bakgrund`);
  assert.deepEqual(await shown(page), answers.bakgrund);
  assert.doesNotMatch(await page.locator("main").innerText(), /räknas inte i resultaten/);
});

test("a mistaken close is opened again; the other answers stand", async () => {
  const address = await newCase();
  await save(server, cookie, address, "efter", answers.efter);
  await page.goto(`${address}/avsluta`);
  await press(/^Öppna ärendet igen/);
  await page.waitForURL(`**${address}/efter*`);
  const { 256: date, ...rest } = answers.efter;
  assert.equal(date, today);
  assert.deepEqual(await shown(page), rest);
});

test("a client who comes back gets a new case, linked to the earlier one", async () => {
  const address = await newCase();
  await save(server, cookie, address, "efter", answers.efter);
  await page.goto(`${address}/avsluta`);
  await page.getByRole("link", { name: /öppna ett nytt ärende/ }).click();
  await page.waitForURL("**/arenden/nytt?foregaende=*");
  assert.match(await page.locator("main").innerText(), new RegExp(`Samma klient som i ärende 24-${count}`));
  await fillIn(page, { arende: `25-${count}`, ...answers.bakgrund });
  await page.locator("[data-onward]").click();
  await page.waitForURL("**/fore");
  await page.getByRole("link", { name: "Klientens tidigare ärende" }).click();
  await page.waitForURL(`**${address}/**`);
});

test("a question that does not concern the case counts as answered, and comes back with an answer", async () => {
  const address = await newCase();
  await page.goto(`${address}/fore`);
  const done = page.locator("[data-phase=fore] [data-done]");
  const count = Number((await done.innerText()).split("/")[0]);
  await field("59").locator("details.states summary").click();
  await field("59").getByLabel("Ej aktuell", { exact: true }).check();
  await leave("67");
  assert.equal(Number((await done.innerText()).split("/")[0]), count + 1);
  await page.reload();
  assert.match(await field("59").locator(".set-aside").innerText(), /Ej aktuell/);
  await field("59").getByLabel("Nej").check();
  await leave("67");
  await page.reload();
  assert.equal((await shown(page))["59"], "2");
  assert.equal(await field("59").locator(".set-aside").count(), 0);
  await field("59").locator("details.states summary").click();
  await field("59").getByLabel("Ta bort svaret").click();
  await leave("67");
  await page.reload();
  assert.equal((await shown(page))["59"], undefined);
});

test("a support row is taken away and put back with all that it held", async () => {
  const address = await newCase();
  await addRows(server, cookie, address, "under", "insats", supports);
  const all = Object.assign({}, ...supports.map((r, i) => inRow("insats", i + 1, r)));
  await page.goto(`${address}/under`);
  assert.deepEqual(await shown(page), all);
  await page.locator("#r-insats-1 summary").first().click();
  await page.locator("button[value='insats-1']").click();
  await page.locator(".removed").waitFor();
  assert.deepEqual(await shown(page), inRow("insats", 2, supports[1]));
  await press(/^Lägg tillbaka/);
  await page.locator("#r-insats-1").waitFor();
  assert.deepEqual(await shown(page), all);
});

test("the scale follows the instrument at once: points, three words, or a number with its ends", async () => {
  const address = await newCase();
  await save(server, cookie, address, "fore", {}, { rad: "risk+" });
  await page.goto(`${address}/fore`);
  const asked = async () => ({
    words: await field("risk.1.skattning").getByLabel("Medel").isVisible(), number: await field("risk.1.skattning").locator("input[type=text]").isVisible(),
    ends: await field("risk.1.skala_fran").isVisible(),
  });
  await fillIn(page, { "risk.1.90": "1" });
  assert.deepEqual(await asked(), { words: false, number: true, ends: false }, "FREDA");
  await fillIn(page, { "risk.1.90": "2" });
  assert.deepEqual(await asked(), { words: true, number: false, ends: false }, "SARA");
  await fillIn(page, { "risk.1.90": "5" });
  assert.deepEqual(await asked(), { words: false, number: true, ends: true }, "another method");
  await fillIn(page, inRow("risk", 1, risks[2]));
  await leave("110");
  await page.reload();
  assert.deepEqual(await shown(page), inRow("risk", 1, risks[2]));
});

test("FREDA twice is said not to be made for repetition, and is saved", async () => {
  const address = await newCase();
  await addRows(server, cookie, address, "fore", "risk", [risks[0], { ...risks[0], datum: "2024-09-01" }]);
  await page.goto(`${address}/fore`);
  assert.match(await page.locator("#risk").innerText(), /inte konstruerat för upprepad/);
});

describe("odd, and not stopped", () => {
  // The person of Skatteverket's own test series, the date twelve times.
  for (const [what, text, word] of [
    ["a personnummer", "Ring 19121212-1212 om tiden.", "ett personnummer"], ["a phone number", "Nås på 070-174 06 05.", "ett telefonnummer"],
    ["an e-mail address", "Skriv till någon@exempel.se.", "en e-postadress"],
  ]) {
    test(`${what} in a text is warned about and saved; the warning does not repeat it`, async () => {
      const address = await newCase();
      await page.goto(`${address}/brukare`);
      await fillIn(page, { 217: text });
      await leave("212");
      const warning = await page.locator("[data-warnings-of='217']").innerText();
      assert.ok(warning.includes(word), warning);
      assert.ok(!warning.includes(text.slice(5, 15)));
      await page.reload();
      assert.equal((await shown(page))["217"], text);
      assert.ok((await page.locator("[data-warnings-of='217']").innerText()).includes(word));
    });
  }

  test("twelve digits whose check digit is wrong are no personnummer", async () => {
    const address = await newCase();
    await page.goto(`${address}/brukare`);
    await fillIn(page, { 217: "Diarienummer 19121212-1213." });
    await leave("212");
    assert.doesNotMatch(await page.locator("[data-warnings-of='217']").innerText(), /personnummer/);
  });

  test("a closing before the intake and a client under 18 are pointed out, and saved", async () => {
    const address = await newCase({ 15: "17" });
    await page.goto(`${address}/bakgrund`);
    assert.match(await field("15").innerText(), /under 18 år/);
    await page.goto(`${address}/efter`);
    await fillIn(page, { 256: "2024-01-01" });
    await leave("257");
    assert.match(await page.locator("main").innerText(), /avslutat före aktualiseringen/);
    assert.equal((await shown(page))["256"], "2024-01-01");
  });

  test("a day that does not exist is refused at the question, and what was typed stands", async () => {
    const address = await newCase();
    await page.goto(`${address}/efter`);
    await fillIn(page, { 256: "2024-02-30" });
    await field("257").focus();
    await field("256").locator(".fault").waitFor();
    assert.equal(await page.locator("[name='f.256']").getAttribute("aria-invalid"), "true");
    assert.equal((await shown(page))["256"], "2024-02-30");
    assert.doesNotMatch(await page.locator("#sparat").innerText(), /^Sparat/);
    await fillIn(page, { 256: "20240229" });
    await leave("257");
    assert.equal(await field("256").locator(".fault").count(), 0);
    assert.equal((await shown(page))["256"], "2024-02-29");
    assert.equal(caseOf(page), address);
  });
});
