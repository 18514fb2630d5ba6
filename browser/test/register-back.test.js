// The browser's back, after a form could not be saved and was mended: it leads to pages, never to
// the browser's own question whether to send the form again. With script and without.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { answers, openCase } from "../lib/case.js";
import { beginWith, first, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, nr = 0;

before(async () => {
  [browser, server] = [await startBrowser(), await startEmpty()];
  await beginWith(server);
});
after(async () => {
  await browser.close();
  await server.close();
});

// Sends a form as a browser without script does, also where script would have saved it before.
const send = (page, selector, values = {}) => Promise.all([
  page.waitForNavigation(),
  page.evaluate(([s, v]) => {
    const form = document.querySelector(s);
    for (const [name, value] of Object.entries(v)) {
      const inputs = [...form.querySelectorAll(`[name="${name}"]`)];
      if (inputs[0].type === "radio") inputs.find((e) => e.value === value).checked = true;
      else inputs[0].value = value;
    }
    HTMLFormElement.prototype.submit.call(form);
  }, [selector, values]),
]);

// Where a form is, how it is refused, and how it is mended.
const forms = [
  { name: "a part of a case", at: (a) => `${a}/bakgrund`, form: "form[action$='/bakgrund']", wrong: { "f.15": "tretti" }, right: { "f.15": "34" }, typed: ["f.15", "tretti"] },
  { name: "closing", at: (a) => `${a}/avsluta`, form: "form[action$='/avsluta']", wrong: { "f.256": "i går" }, right: { "f.256": "2026-01-07" }, typed: ["f.256", "i går"] },
  { name: "codes", at: (a) => `${a}/koder`, form: "form[action$='/koder']", wrong: { "f.arende": "19121212-1212" }, right: { "f.arende": "rättad" }, typed: ["f.arende", "19121212-1212"] },
  { name: "not of the target group", at: (a) => `${a}/uteslut`, form: "form[action$='/uteslut']", wrong: {}, right: { "f.uteslut": "5" } },
  { name: "a new case", at: () => "/arenden/nytt", form: "form[action='/arenden/nytt']", wrong: { "f.arende": "19121212-1212", "f.15": "41" }, right: { "f.arende": "ny", "f.4": "K-ny" }, typed: ["f.15", "41"] },
  { name: "a search", at: () => "/arenden", form: "form.find", wrong: { kod: "finns inte" }, right: { kod: "finns inte heller" } },
];

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? "with script" : "without script", () => {
    for (const f of forms) {
      test(f.name, async () => {
        const cookie = await signInAt(server);
        nr++;
        const address = await openCase(server, cookie, { arende: `24-${nr}`, 4: `K-${nr}` }, answers.bakgrund);
        const right = { ...f.right, ...f.right["f.arende"] ? { "f.arende": `${f.right["f.arende"]}-${nr}` } : {} };
        const v = await visit(browser, server, { cookie });
        const page = javaScriptEnabled ? v.page : await withoutScript(v);
        await page.goto("/att-gora");
        await page.goto(f.at(address));
        await send(page, f.form, f.wrong);
        assert.match(page.url(), /[?&]svar=/, "a page of its own asks again");
        await page.reload();
        if (f.typed) assert.equal(await page.inputValue(`[name="${f.typed[0]}"]`), f.typed[1], "what was typed is there after a reload");
        await send(page, f.form, right);
        const there = page.url();
        for (const _ of [1, 2, 3]) {
          await page.goBack();
          assert.ok(await page.locator("main h1").count(), `no page of ours at ${page.url()}`);
          if (new URL(page.url()).pathname === "/att-gora") break;
        }
        assert.equal(new URL(page.url()).pathname, "/att-gora", "three steps back");
        for (const _ of [1, 2, 3]) await page.goForward();
        assert.equal(page.url(), there);
        await v.close();
      });
    }
  });
}

test("signing in", async () => {
  const v = await visit(browser, server, {});
  await v.page.goto("/hjalp");
  await v.page.goto("/logga-in");
  await send(v.page, "main form", { inloggning: first.inloggning, losenord: "fel" });
  assert.equal(await v.page.inputValue("#inloggning"), first.inloggning);
  await send(v.page, "main form", { losenord: first.losenord });
  assert.match(v.page.url(), /konto\/skydd/); // who coordinates is asked for a second factor
  for (const _ of [1, 2, 3]) {
    await v.page.goBack();
    assert.ok(await v.page.locator("main h1").count(), v.page.url());
  }
  assert.match(v.page.url(), /hjalp/);
  await v.close();
});

// The page's scripts are kept from it, and the test's own are not.
async function withoutScript(v) {
  await v.page.route("**/assets/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  return v.page;
}
