// What is left on a device that was handed over, and what of the staff's session can be reached
// from it: each way of its own that somebody who holds the device afterwards may try.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { findChromium, flags, startBrowser, within } from "../lib/browser.js";
import { openCase } from "../lib/case.js";
import { escape } from "../lib/hands.js";
import { beginWith, signInAt } from "../lib/people.js";
import { endWith, restoredIn } from "../lib/restored.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

const names = { sv: "Svenska", en: "English", ar: "العربية", so: "Soomaali" };
const secretCode = "24-017";

let browser, server, id;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startEmpty()]);
  const cookie = await beginWith(server);
  id = await openCase(server, cookie, { arende: secretCode, 4: "K-17" }, { 5: "2024-05-08" });
  const v = await visit(browser, server, { cookie });
  await v.page.goto("/att-gora");
  await v.page.selectOption("#byt-roll", await v.page.locator("#byt-roll option[value^=samordnare]").getAttribute("value"));
  await Promise.all([v.page.waitForEvent("load"), v.page.locator("form.switch button").click()]);
  for (const lang of ["ar", "so"]) {
    await v.page.goto(`/enkat/texter/${lang}`);
    await v.page.fill("#vem", "En översättare");
    await v.page.getByRole("button", { name: "Godkänn språket" }).click();
    await v.page.getByText("Godkänd av").first().waitFor();
  }
  await v.close();
});
after(() => Promise.all([browser.close(), server.close()]));

/** A caseworker who has worked in the case, and hands the device over. */
async function handOver({ clock = false, ...options } = {}) {
  const cookie = await signInAt(server);
  const v = await visit(browser, server, { cookie, ...options });
  if (clock) await v.context.clock.install();
  await v.page.goto(id);
  await v.page.goto(`${id}/brukare`);
  await v.page.goto(`${id}/enkat/lamna-over`);
  const opened = v.context.waitForEvent("page");
  await v.page.getByRole("button", { name: "Lås och öppna sidan" }).click();
  const client = await opened;
  await client.waitForLoadState("load");
  await client.locator("main h1").waitFor();
  return { v, client, staff: v.page, cookie };
}

async function answer(client, lang = "sv", questions = 5) {
  await client.getByRole("button", { name: names[lang], exact: true }).click();
  await client.locator("[value=borja]").click();
  for (let nr = 1; nr <= questions; nr++) {
    await client.locator(`input[name=nr][value="${nr}"]`).waitFor({ state: "attached" });
    if (nr < 5) await client.locator("input[name=val]").first().check();
    else await client.locator("#text").fill("hemligt svar");
    await client.locator("[value=nasta]").click();
  }
}

/** Nothing of the case, and the sign-in at most. */
async function isOutside(page) {
  assert.match(new URL(page.url()).pathname, /^\/(logga-in|s)?$|^blank$/, "something else is open");
  const says = await contentOf(page);
  assert.ok(!says.includes(secretCode) && !says.includes("K-17") && !says.includes("hemligt svar"), "something of the case is shown");
}

// What a page says once it stays: one that is on its way to another has nothing to be asked for.
async function contentOf(page) {
  for (let tries = 0; ; tries++) {
    await page.waitForLoadState("load");
    try {
      return await page.content();
    } catch (wrong) {
      if (tries === 20) throw wrong;
      await new Promise((go) => setTimeout(go, 100));
    }
  }
}

const isNeutral = async (page) => assert.ok(await page.getByText("Sidan är stängd.").isVisible(), "not the neutral page");

// What the device has kept: cookies, storage of every kind, and files in the cache.
async function kept({ v, client }) {
  assert.deepEqual(await v.context.cookies(), [], "a cookie is left");
  const left = await client.evaluate(async () => ({
    storage: [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length, (await navigator.serviceWorker.getRegistrations()).length],
    cached: (await Promise.all(["/s", "/s?1", "/s?2", "/s/1", "/s/2", "/s/3", "/s/4"].map((at) => fetch(at, { cache: "only-if-cached", mode: "same-origin" }).then((r) => r.ok ? at : "", () => "")))).filter(Boolean),
  }));
  assert.deepEqual(left, { storage: [0, 0, 0, 0, 0], cached: [] });
}

for (const lang of Object.keys(names)) {
  describe(lang, () => {
    test("after the end, closed by whoever answered: nothing is kept", async () => {
      const at = await handOver();
      await answer(at.client, lang);
      await at.client.locator("main [value=lamna]").click();
      await at.client.getByText("Sidan är stängd.").waitFor();
      await kept(at);
      await at.v.close();
    });
    test("left at the third question: nothing is kept", async () => {
      const at = await handOver();
      await answer(at.client, lang, 2);
      await at.client.locator("input[name=nr][value=\"3\"]").waitFor({ state: "attached" });
      await escape(at.client);
      await at.client.getByText("Sidan är stängd.").waitFor();
      await kept(at);
      await at.v.close();
    });
  });
}

describe("the staff's session, while the client holds the device and afterwards", () => {
  test("Back in the staff's tab", async () => {
    const { v, client, staff } = await handOver();
    await staff.waitForURL("**/logga-in?ater=**");
    for (let i = 0; i < 5; i++) {
      await staff.goBack({ waitUntil: "load" }).catch(() => null);
      await staff.waitForLoadState();
      if (new URL(staff.url()).pathname !== "/logga-in" && staff.url() !== "about:blank") await staff.waitForURL(/logga-in|about:blank/, { timeout: 4000 });
      await isOutside(staff);
    }
    await escape(client);
    await v.close();
  });

  test("the history of the client's tab", async () => {
    const { v, client } = await handOver();
    await answer(client, "sv", 3);
    await client.locator("input[name=nr][value=\"4\"]").waitFor({ state: "attached" });
    assert.equal(await client.evaluate(() => history.length), 1, "the history is more than one line");
    await escape(client);
    await client.getByText("Sidan är stängd.").waitFor();
    for (let i = 0; i < 4; i++) {
      await client.goBack().catch(() => null);
      if (client.url() === "about:blank") break;
      await isNeutral(client);
    }
    await v.close();
  });

  test("other tabs of the same browser, open since before", async () => {
    const cookie = await signInAt(server);
    const v = await visit(browser, server, { cookie });
    const others = [];
    for (const at of [id, `${id}/brukare`, "/att-gora", `${id}/historik`]) {
      const tab = await v.context.newPage();
      await tab.goto(at);
      others.push(tab);
    }
    await v.page.goto(`${id}/enkat/lamna-over`);
    const opened = v.context.waitForEvent("page");
    await v.page.getByRole("button", { name: "Lås och öppna sidan" }).click();
    await (await opened).locator("main h1").waitFor();
    for (const tab of others) {
      await tab.waitForURL("**/logga-in?ater=**");
      await isOutside(tab);
      await tab.reload();
      await isOutside(tab);
    }
    await v.close();
  });

  test("without script, other tabs answer with the sign-in as soon as they are used", async () => {
    const { v, client, staff } = await handOver({ javaScriptEnabled: false });
    await staff.reload();
    await isOutside(staff);
    await staff.goto(`${id}/brukare`);
    await isOutside(staff);
    await client.close();
    await v.close();
  });

  test("a browser that restores its tabs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "foljsam-device-"));
    const begin = () => chromium.launchPersistentContext(folder, { executablePath: findChromium({ asPeople: true }), args: flags, baseURL: server.address, locale: "sv-SE" });
    const context = await begin();
    await context.addCookies([await signInAt(server)]);
    const staff = await context.newPage();
    await staff.goto(`${id}/brukare`);
    const hand = await context.newPage();
    await hand.goto(`${id}/enkat/lamna-over`);
    const opened = context.waitForEvent("page");
    await hand.getByRole("button", { name: "Lås och öppna sidan" }).click();
    const client = await opened;
    await answer(client, "sv", 2);
    await client.locator("input[name=nr][value=\"3\"]").waitFor({ state: "attached" });
    await escape(client);
    await client.getByText("Sidan är stängd.").waitFor();
    await within(10000, context.close());
    endWith(folder);
    const tabs = await restoredIn(folder);
    assert.ok(tabs.some(({ url }) => url.startsWith(server.address)), "nothing was restored");
    for (const { url, title } of tabs) {
      assert.match(new URL(url).pathname, /^\/(logga-in|s)?$|^blank$/, "something else is open");
      assert.ok(!title.includes(secretCode), "a title says something of the case");
    }
    const again = await begin();
    const page = await again.newPage();
    for (const at of ["/att-gora", id, `${id}/brukare`, "/s"]) {
      await page.goto(at);
      await isOutside(page);
    }
    await within(10000, again.close());
    endWith(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  test("a page that the browser keeps in memory and shows again (bfcache)", async () => {
    const cookie = await signInAt(server);
    const v = await visit(browser, server, { cookie });
    const tab = v.page;
    await tab.goto(`${id}/brukare`);
    await tab.goto("/hjalp"); // the case is one step back, in memory where the browser allows it
    const hand = await v.context.newPage();
    await hand.goto(`${id}/enkat/lamna-over`);
    const opened = v.context.waitForEvent("page");
    await hand.getByRole("button", { name: "Lås och öppna sidan" }).click();
    await (await opened).locator("main h1").waitFor();
    await tab.goBack({ waitUntil: "load" }).catch(() => null);
    await tab.waitForURL(/logga-in|about:blank/);
    await isOutside(tab);
    await v.close();
  });

  test("cookies that somebody has saved: the staff's, and the client's own", async () => {
    const { v, client, cookie } = await handOver();
    const saved = await v.context.cookies();
    await escape(client);
    await client.getByText("Sidan är stängd.").waitFor();
    const other = await visit(browser, server, { cookie });
    await other.context.addCookies(saved);
    for (const at of ["/att-gora", id, `${id}/enkat`, "/enkat"]) {
      await other.page.goto(at);
      await isOutside(other.page);
    }
    await other.page.goto("/s");
    await isNeutral(other.page);
    await other.close();
    await v.close();
  });

  test("direct addresses, from the client's own tab", async () => {
    const { v, client } = await handOver();
    for (const at of ["/att-gora", "/arenden", id, `${id}/brukare`, `${id}/enkat`, `${id}/enkat/fragor`, `${id}/enkat/papper`, "/enkat", "/enkat/fritext", "/enkat/texter", "/enkat/resultat", "/resultat", "/konto"]) {
      await client.goto(at);
      await isOutside(client);
    }
    await client.goto("/s"); // and the survey is still where it was
    await client.getByRole("button", { name: "Svenska" }).waitFor();
    await escape(client);
    await v.close();
  });
});

test("after the end, whoever takes the device reads no answer", async () => {
  const { v, client } = await handOver();
  await answer(client);
  await client.locator("main [value=lamna]").waitFor();
  assert.equal(await client.locator("[value=tillbaka]").count(), 0);
  await client.evaluate(() => fetch("/s", { method: "POST", body: new URLSearchParams({ gor: "tillbaka", nr: "5" }) }));
  await client.goto("/s");
  assert.ok(!(await client.content()).includes("hemligt"));
  await escape(client);
  await v.close();
});

test("a page that nobody uses closes by itself, also on the screen", async () => {
  const { v, client } = await handOver({ clock: true });
  await client.getByRole("button", { name: "Svenska" }).click();
  await client.locator("[value=borja]").waitFor();
  await client.clock.runFor(19 * 60 * 1000);
  assert.ok(await client.locator("[value=borja]").isVisible());
  await client.clock.runFor(2 * 60 * 1000);
  await client.getByText("Sidan är stängd.").waitFor();
  await v.close();
});

test("whoever writes slowly keeps the page", async () => {
  const { v, client } = await handOver({ clock: true });
  await answer(client, "sv", 4);
  await client.locator("input[name=nr][value=\"5\"]").waitFor({ state: "attached" }); // the fourth has a #text too
  for (let i = 0; i < 6; i++) {
    const told = client.waitForResponse((r) => r.request().method() === "POST" && /gor=kvar/.test(r.request().postData() ?? ""));
    await client.locator("#text").pressSequentially("långsamt ");
    await client.clock.runFor(5 * 60 * 1000);
    await told;
    await client.waitForTimeout(50);
  }
  assert.match(await client.locator("#text").inputValue(), /^(långsamt ){6}$/, "what was written is gone");
  await v.close();
});
