// Two people in one case: what they change apart is merged and seen, what they change both is
// shown with who and when, and one of them decides. With script and without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { allSaved, answers, fillIn, openCase, shown } from "../lib/case.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, cookies;

before(async () => {
  [browser, server] = [await startBrowser(), await startDemo()];
  const [one, other] = await peopleOf(server);
  cookies = [await beSomebody(server, one), await beSomebody(server, other)];
});
after(async () => {
  await browser.close();
  await server.close();
});

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with script" : "without script", () => {
    let a, b, address;
    before(async () => {
      const nr = `99-${javaScriptEnabled ? 1 : 2}`;
      address = await openCase(server, cookies[0], { arende: nr, 4: `K-${nr}` }, answers.bakgrund);
      [a, b] = [await visit(browser, server, { cookie: cookies[0], javaScriptEnabled }), await visit(browser, server, { cookie: cookies[1], javaScriptEnabled })];
    });
    after(async () => {
      await a.close();
      await b.close();
    });

    const bothOpen = () => Promise.all([a, b].map((v) => v.page.goto(`${address}/bakgrund`)));

    // Changes an answer and has it saved: by leaving it, or by the page's button.
    async function change({ page }, name, value) {
      await fillIn(page, { [name]: value });
      if (!javaScriptEnabled) return page.locator("[data-leave]").click();
      await page.locator(`#f-${name}`).focus();
    }

    test("different questions: both are kept, and the second person sees the first one's", async () => {
      await bothOpen();
      await change(a, "20", "3");
      if (javaScriptEnabled) await allSaved(a.page);
      await change(b, "15", "41");
      if (javaScriptEnabled) {
        await b.page.locator("#f-20 .meanwhile").waitFor();
        assert.match(await b.page.locator("#f-20 .meanwhile").innerText(), /har ändrat här nyss/);
        assert.equal((await shown(b.page))["20"], "3");
      }
      await bothOpen();
      for (const { page } of [a, b]) assert.deepEqual(await shown(page), { ...answers.bakgrund, 20: "3", 15: "41" });
    });

    test("the same question: both answers are shown, who and when; mine stands", async () => {
      await conflict("1", "2");
      await decide("mine");
      await bothOpen();
      assert.equal((await shown(a.page))["20"], "2");
    });

    test("the same question: the new one stands, and can be changed again", async () => {
      await conflict("4", "5");
      await decide("theirs");
      await bothOpen();
      assert.equal((await shown(b.page))["20"], "4");
      await change(b, "20", "5");
      if (javaScriptEnabled) await allSaved(b.page);
      await bothOpen();
      assert.equal((await shown(a.page))["20"], "5");
    });

    test("the history has everybody's answers", async () => {
      await a.page.goto(`${address}/historik?falt=20`);
      const told = await a.page.locator("table.history tbody tr:not(.turn)").allInnerTexts();
      assert.equal(told.length, 6, told.join("\n"));
    });

    // Both have the page open; one saves, and then the other.
    async function conflict(theirs, mine) {
      await bothOpen();
      await change(a, "20", theirs);
      if (javaScriptEnabled) await allSaved(a.page);
      await change(b, "20", mine);
      await b.page.locator(".differs").waitFor();
      const text = await b.page.locator(".differs").innerText();
      const name = (await a.page.locator(".who span").first().innerText()).split(",")[0];
      assert.ok(text.includes(name), `who: ${text}`);
      assert.match(text, /\d\d\.\d\d/, "when");
      assert.equal((await shown(b.page))["20"], mine, "mine is on the page still");
      if (javaScriptEnabled) assert.doesNotMatch(await b.page.locator("#sparat").innerText(), /^Sparat/);
    }

    async function decide(whose) {
      const box = b.page.locator(".differs");
      if (javaScriptEnabled) {
        await box.getByRole("button", { name: whose === "mine" ? "Behåll mitt" : "Ta det nya" }).click();
        await box.waitFor({ state: "detached" });
        return whose === "mine" ? allSaved(b.page) : null;
      }
      await box.locator(`input[value=${whose === "mine" ? "mitt" : "nytt"}]`).check();
      await b.page.locator("[data-leave]").click();
      await b.page.waitForURL("**/att-gora");
    }
  });
}
