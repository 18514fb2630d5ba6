// The client's survey on a device that was handed over: each language by keyboard, at 320 pixels,
// by what a screen reader meets, and without script; and what is left on the device afterwards.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { openCase } from "../lib/case.js";
import { escape } from "../lib/hands.js";
import { beginWith, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

const languages = { sv: "ltr", en: "ltr", ar: "rtl", so: "ltr" };
const names = { sv: "Svenska", en: "English", ar: "العربية", so: "Soomaali" };

let browser, server, id;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startEmpty()]);
  const cookie = await beginWith(server);
  id = await openCase(server, cookie, { arende: "24-017", 4: "K-17" }, { 5: "2024-05-08" });
  mkdirSync(out, { recursive: true });
  await approveAll(cookie);
});
after(() => Promise.all([browser.close(), server.close()]));

async function approveAll(cookie) {
  const v = await visit(browser, server, { cookie });
  await v.page.goto("/att-gora");
  await beCoordinator(v.page);
  for (const lang of ["ar", "so"]) {
    await v.page.goto(`/enkat/texter/${lang}`);
    assert.ok(await v.page.getByText("ej granskad").first().isVisible());
    await v.page.fill("#vem", "En översättare");
    await v.page.getByRole("button", { name: "Godkänn språket" }).click();
    await v.page.getByText("Godkänd av").first().waitFor();
  }
  await v.close();
}

async function beCoordinator(page) {
  await page.selectOption("#byt-roll", await page.locator("#byt-roll option[value^=samordnare]").getAttribute("value"));
  await Promise.all([page.waitForEvent("load"), page.locator("form.switch button").click()]);
}

/** Signs in, and hands the device over; gives the client's page and the staff's tab. */
async function handOver(options = {}) {
  const v = await visit(browser, server, { cookie: await signInAt(server), reducedMotion: "reduce", ...options });
  await v.page.goto(`${id}/enkat/lamna-over`);
  const opened = v.context.waitForEvent("page");
  await v.page.getByRole("button", { name: /Lås och öppna|Lock and open/ }).click();
  const client = await opened;
  await client.locator("main h1").waitFor();
  return { v, client, staff: v.page };
}

async function neutralOnly({ v, client }) {
  assert.equal(new URL(client.url()).pathname, "/s");
  assert.equal(await client.title(), "Sida");
  assert.ok(await client.getByText("Sidan är stängd.").isVisible());
  assert.deepEqual(await v.context.cookies(), [], "a cookie is left");
  const left = await client.evaluate(async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length]);
  assert.deepEqual(left, [0, 0, 0, 0], "something is kept");
}

// Whatever Back and forward lead to is the neutral page or nothing.
async function backIsNeutral({ client }) {
  const lines = await client.evaluate(() => history.length);
  for (let i = 0; i < lines; i++) {
    await client.goBack({ waitUntil: "load" }).catch(() => null);
    if (client.url() === "about:blank") break;
    assert.equal(new URL(client.url()).pathname, "/s");
    assert.equal(await client.title(), "Sida");
    assert.ok(await client.getByText("Sidan är stängd.").isVisible(), "Back shows more than the neutral page");
  }
}

/** Asserts that nothing is wider than the window, and that what one presses is large enough to. */
async function fits(client, what) {
  await client.waitForLoadState("load"); // its style too
  const wide = await client.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what} is ${wide} wider than the window`);
  const small = await client.evaluate(() => [...document.querySelectorAll("button, label.option, main a")].map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
    .filter(([, box]) => box.height > 0 && (box.height < 44 || box.x < 0 || box.right > innerWidth + 0.5)).map(([text, box]) => `${text}: ${JSON.stringify(box)}`));
  assert.deepEqual(small, [], what);
}

/** Makes every text 40 % longer; gives how many. */
const longer = (client) => client.evaluate(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let n = 0;
  while (walk.nextNode()) {
    const words = walk.currentNode.textContent.trim();
    if (!words) continue;
    walk.currentNode.textContent = `${words} ${words.slice(0, Math.ceil(words.length * 0.4))}`;
    n++;
  }
  return n;
});

for (const [lang, dir] of Object.entries(languages)) {
  describe(lang, () => {
    test("all of it by keyboard, and nothing is left", async () => {
      const at = await handOver();
      const { client } = at;
      const button = client.getByRole("button", { name: names[lang], exact: true });
      await button.focus();
      await client.keyboard.press("Enter");
      await client.locator(`html[lang="${lang}"][dir="${dir}"]`).waitFor();
      await client.locator("[name=gor][value=borja]").waitFor(); // the page before is in Swedish too
      assert.deepEqual((await faultsOn(client)).faults, []);
      await client.screenshot({ path: join(out, `enkat-fore-${lang}.png`), fullPage: true });
      for (const what of lang === "ar" ? ["h1", "p strong", "header .leave", "main .button"] : []) {
        assert.match(await client.locator(what).first().evaluate((e) => getComputedStyle(e).fontFamily), /^"Noto Sans Arabic"/, what);
      }
      assert.equal(await client.evaluate(() => [...document.fonts].some((f) => f.status === "loaded")), lang === "ar", "the font");
      await client.locator("[name=gor][value=borja]").press("Enter");
      for (let nr = 1; nr <= 4; nr++) {
        await client.locator(`input[name=nr][value="${nr}"]`).waitFor({ state: "attached" });
        assert.deepEqual((await faultsOn(client)).faults, [], `question ${nr}`);
        // The order a screen reader meets: the way out, the question, its answers, then what to press.
        const tree = await client.locator("body").ariaSnapshot();
        const order = ["button", "group", "radio", "button"].map((role, i) => i === 3 ? tree.lastIndexOf("- button") : tree.indexOf(`- ${role}`));
        assert.deepEqual(order, order.toSorted((a, b) => a - b), tree);
        for (let i = 0; i < 20 && await client.evaluate(() => document.activeElement?.name) !== "val"; i++) await client.keyboard.press("Tab");
        await client.keyboard.press("Space");
        await client.keyboard.press("ArrowDown");
        if (nr === 1) await client.screenshot({ path: join(out, `enkat-fraga-${lang}.png`), fullPage: true });
        await client.keyboard.press("Enter");
      }
      await client.locator("input[name=nr][value=\"5\"]").waitFor({ state: "attached" });
      await client.locator("#text").fill(lang === "ar" ? "شكراً Anna" : "Tack");
      assert.deepEqual((await faultsOn(client)).faults, []);
      await client.screenshot({ path: join(out, `enkat-fritext-${lang}.png`), fullPage: true });
      await client.locator("[value=nasta]").press("Enter");
      await client.locator("main [value=lamna]").waitFor();
      assert.equal(await client.evaluate(() => history.length), 1, "the tab's history is more than one line");
      assert.deepEqual((await faultsOn(client)).faults, []);
      await client.locator("main [value=lamna]").press("Enter");
      await client.getByText("Sidan är stängd.").waitFor();
      await neutralOnly(at);
      await backIsNeutral(at);
      assert.deepEqual((await faultsOn(client)).faults, []);
      await at.v.close();
    });

    for (const colorScheme of ["light", "dark"]) {
      test(`every question at 320 pixels, by touch, with longer words, ${colorScheme}`, async () => {
        const { v, client } = await handOver({ viewport: { width: 320, height: 640 }, hasTouch: true, colorScheme });
        const looked = async (what) => {
          await fits(client, what);
          assert.deepEqual((await faultsOn(client)).faults, [], what);
          await client.screenshot({ path: join(out, `enkat-320-${what}-${lang}-${colorScheme}.png`), fullPage: true });
          const words = await longer(client);
          await fits(client, `${what}, longer`);
          await client.screenshot({ path: join(out, `enkat-320-${what}-${lang}-${colorScheme}-langre.png`), fullPage: true });
          assert.ok(words > 3, "nothing was made longer");
          await client.reload(); // the words as they are
        };
        await looked("sprak");
        await client.getByRole("button", { name: names[lang], exact: true }).tap();
        await client.locator(`html[lang="${lang}"] [value=borja]`).waitFor();
        await looked("fore");
        await client.locator("[value=borja]").tap();
        for (let nr = 1; nr <= 5; nr++) {
          await client.locator(`input[name=nr][value="${nr}"]`).waitFor({ state: "attached" });
          await looked(`fraga${nr}`);
          if (nr < 5) await client.locator("label.option").nth(nr % 3).tap();
          else await client.locator("#text").fill("Tack");
          await client.locator("header .leave").scrollIntoViewIfNeeded();
          await client.mouse.wheel(0, 5000);
          const leave = await client.locator("header .leave").boundingBox();
          assert.ok(leave.y >= 0 && leave.y < 640, "the way out is not in view");
          await client.locator("[value=nasta]").tap();
        }
        await client.locator("main [value=lamna]").waitFor();
        await looked("slut");
        await client.locator("main [value=lamna]").tap();
        await client.getByText("Sidan är stängd.").waitFor();
        await fits(client, "the neutral page");
        await v.close();
      });
    }

    test("without script", async () => {
      const at = await handOver({ javaScriptEnabled: false });
      const { client } = at;
      await client.getByRole("button", { name: names[lang], exact: true }).click();
      await client.locator("[value=borja]").click();
      for (let nr = 1; nr <= 5; nr++) {
        await client.locator(`input[name=nr][value="${nr}"]`).waitFor({ state: "attached" });
        if (nr === 2) { await client.locator("[value=hoppa]").click(); continue; }
        if (nr < 5) await client.locator("input[name=val]").nth(1).check();
        else await client.locator("#text").fill("Tack");
        await client.locator("[value=nasta]").click();
      }
      await client.locator("main [value=lamna]").click();
      assert.equal(new URL(client.url()).pathname, "/s");
      assert.ok(await client.getByText("Sidan är stängd.").isVisible());
      assert.deepEqual(await at.v.context.cookies(), [], "a cookie is left");
      for (let i = 0; i < 9; i++) {
        await client.goBack().catch(() => null);
        if (client.url() === "about:blank") break;
        assert.equal(await client.title(), "Sida");
        assert.ok(await client.getByText("Sidan är stängd.").isVisible(), "Back shows more than the neutral page");
      }
      await at.v.close();
    });
  });
}

test("Escape takes the page away at any step, and the staff's tabs are blank", async () => {
  const at = await handOver();
  const { v, client, staff } = at;
  await staff.waitForURL("**/logga-in?ater=**");
  assert.ok(!(await staff.content()).includes("24-017"));
  await client.getByRole("button", { name: "Svenska" }).click();
  await client.locator("[value=borja]").click();
  await client.locator("input[name=val]").first().check();
  await escape(client);
  await client.getByText("Sidan är stängd.").waitFor();
  await neutralOnly(at);
  await backIsNeutral(at);
  for (const address of ["/att-gora", id, `${id}/brukare`]) {
    await client.goto(address);
    assert.match(client.url(), /\/logga-in\?ater=/, "the staff's session is reached");
  }
  await staff.goBack().catch(() => null);
  assert.ok(!(await staff.content()).includes("24-017"), "Back in the staff's tab shows the case");
  await v.close();
});

test("an answer that cannot be sent is kept on the page, and what came before is saved", async () => {
  const { v, client } = await handOver();
  await client.getByRole("button", { name: "Svenska" }).click();
  await client.locator("[value=borja]").click();
  for (let nr = 1; nr <= 5; nr++) {
    await client.locator(`input[name=nr][value="${nr}"]`).waitFor({ state: "attached" });
    await v.context.setOffline(true);
    if (nr < 5) await client.locator("input[name=val]").nth(2).check();
    else await client.locator("#text").fill("Det här ska vara kvar");
    await client.locator("[value=nasta]").click();
    await client.getByText("Svaret är inte sparat").waitFor();
    if (nr < 5) assert.ok(await client.locator("input[name=val]").nth(2).isChecked());
    else assert.equal(await client.locator("#text").inputValue(), "Det här ska vara kvar");
    await v.context.setOffline(false);
    await client.locator("[value=nasta]").click();
  }
  await client.getByText("Dina svar är sparade").waitFor();
  await v.context.setOffline(true);
  await escape(client);
  assert.equal((await client.locator("body").innerText()).trim(), "", "the page stays when the connection is cut");
  await v.context.setOffline(false);
  await client.getByText("Sidan är stängd.").waitFor();
  await v.close();
});

test("the pages of staff: nothing that axe finds, nothing to scroll sideways", async () => {
  for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
    const v = await visit(browser, server, { cookie: await signInAt(server), locale, colorScheme, reducedMotion: "reduce", viewport: { width, height: 900 } });
    await v.page.goto("/att-gora");
    const look = async (name) => {
      await v.page.screenshot({ path: join(out, `enkat-${name}-${locale}.png`), fullPage: true });
      assert.deepEqual((await faultsOn(v.page)).faults, [], name);
      assert.ok(await v.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is wider than the window`);
    };
    await v.page.goto(`${id}/enkat`);
    await look("arende");
    await v.page.locator("input[name=sprak][value=ar]").first().check();
    await v.page.locator("[value=tolk]").click();
    await look("tolk");
    await v.page.goto(`${id}/enkat`);
    await v.page.locator("form:has([value=papper]) input[value=ar]").check();
    await v.page.locator("[value=papper]").click();
    await look("blankett");
    await beCoordinator(v.page);
    for (const name of ["", "/texter", "/texter/ar", "/fritext", "/resultat"]) {
      await v.page.goto(`/enkat${name}`);
      assert.equal(await v.page.locator("main h1").count(), 1);
      assert.equal(new URL(v.page.url()).pathname, `/enkat${name}`);
      assert.ok(!/inte|not/.test(await v.page.locator("main h1").innerText()), "the page is refused");
      await look(`samordnare${name.replaceAll("/", "-")}`);
    }
    await v.close();
  }
});
