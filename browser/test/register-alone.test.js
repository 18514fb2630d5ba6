// The pages keep to themselves: the policy is in force and never broken, nothing is asked for
// elsewhere, nothing is kept on the device, and no page is heavy.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { allSaved, answers, codes, fillIn } from "../lib/case.js";
import { openHouse } from "../lib/house.js";
import { casePages, pages } from "../lib/pages.js";
import { beginWith } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit, weigh } from "../lib/visit.js";

let browser, house;
before(async () => {
  browser = await startBrowser();
  house = await openHouse(browser);
});
after(async () => {
  await house.close();
  await browser.close();
});

const named = (name) => pages.find((p) => p.name === name);

describe("every page", () => {
  const weights = [];
  after(() => console.table(weights.toSorted((a, b) => b.bytes - a.bytes).slice(0, 5)));
  const most = 100 * 1024; // bytes, without fonts

  // visit tells, when it is closed, of what was asked for elsewhere and of every breach of the policy.
  for (const what of pages) {
    test(what.name, async () => {
      const v = await house.see(what);
      const page = v.answers.findLast((r) => r.request().isNavigationRequest());
      const headers = await page.allHeaders();
      assert.match(headers["content-security-policy"], /default-src 'none'.*require-trusted-types-for 'script'/);
      assert.equal(headers["cache-control"], "no-store");
      assert.match(headers["referrer-policy"], /^(no-referrer|same-origin)$/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["x-frame-options"], "DENY");
      assert.equal((await v.page.evaluate(() => document.querySelectorAll("[style], [onclick], style, script:not([src])").length)), 0);
      const { bytes } = await weigh(v.answers.slice(v.answers.indexOf(page)));
      assert.ok(bytes > 1000 && bytes < most, `${bytes} bytes for the page with all that it loads`);
      assert.ok((await page.body()).length < most, `${(await page.body()).length} bytes of markup, not compressed`);
      weights.push({ page: what.name, bytes, markup: (await page.body()).length });
      await v.close();
    });
  }
});

test("the policy stops what is put into a page", async () => {
  const v = await house.see(casePages[0]);
  await v.page.evaluate(() => {
    document.body.setAttribute("style", "color: red");
    document.body.append(Object.assign(new Image(), { src: "https://example.invalid/x.png" }));
    try { document.body.innerHTML += "<p>text</p>"; } catch { window.refused = true; }
    document.body.append(Object.assign(document.createElement("form"), { action: "https://example.invalid/", id: "away" }));
  });
  assert.equal(await v.page.evaluate(() => window.refused), true, "markup from a string");
  assert.equal(await v.page.evaluate(() => getComputedStyle(document.body).color === "rgb(255, 0, 0)"), false);
  assert.ok(v.said.filter((s) => /Content Security Policy|TrustedHTML/.test(s)).length >= 2, v.said.join("\n"));
  await v.context.close();
});

test("cookies: the session's is for this server alone, and no script reads it", async () => {
  const v = await house.see(named("to do"));
  const cookies = await v.context.cookies();
  assert.deepEqual(cookies.map((c) => [c.name, c.httpOnly, c.sameSite, c.expires]), [["foljsam-demo", true, "Lax", -1]]);
  assert.equal(await v.page.evaluate(() => document.cookie), "");
  await v.close();
});

test("behind a proxy that speaks TLS the cookie travels by TLS only", async () => {
  const server = await startEmpty("--proxy", "127.0.0.1");
  const reply = await fetch(server.address + "/forsta", { method: "POST", redirect: "manual", body: new URLSearchParams({
    kod: server.code, namn: "Alm", inloggning: "alm", losenord: "korrekt häst batteri", losenord2: "korrekt häst batteri",
    register: "Socialnämnden", ansvarig: "Socialnämnden", omrade: "1884", enhet: "Vuxen" }) });
  assert.equal(reply.status, 303);
  assert.match(reply.headers.getSetCookie().join("\n"), /foljsam=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  await server.close();
});

test("a post from another site is refused", async () => {
  const server = await startEmpty();
  const cookie = await beginWith(server);
  const reply = await fetch(server.address + "/arenden/nytt", { method: "POST", redirect: "manual", body: new URLSearchParams({ "f.arende": "x" }),
    headers: { Cookie: `foljsam=${cookie.value}`, Origin: "https://example.invalid", "Sec-Fetch-Site": "cross-site" } });
  assert.equal(reply.status, 403);
  await server.close();
});

test("after a whole part nothing is kept on the device, and nothing after signing out", async () => {
  const server = await startEmpty();
  const v = await visit(browser, server, { cookie: await beginWith(server) });
  await v.page.goto("/arenden/nytt");
  await fillIn(v.page, { ...codes, ...answers.bakgrund });
  await v.page.locator("[name='f.1'][value='3']").focus();
  await allSaved(v.page);
  assert.deepEqual(await kept(v.page), nothing);
  await v.page.getByRole("button", { name: "Logga ut" }).click();
  await v.page.waitForURL("**/logga-in*");
  assert.deepEqual(await kept(v.page), nothing);
  await v.page.goBack();
  await v.page.waitForURL("**/logga-in*"); // the page is not shown out of the browser's memory
  assert.equal(await v.page.locator("[name='f.15']").count(), 0);
  await v.close();
  await server.close();
});

const nothing = { local: 0, session: 0, databases: [], caches: [], workers: 0 };

function kept(page) {
  return page.evaluate(async () => ({
    local: localStorage.length, session: sessionStorage.length, databases: await indexedDB.databases(),
    caches: "caches" in window ? await caches.keys() : [], workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
  }));
}
