// Each way in which staff ask a client, by keyboard alone, on a narrow screen, in both languages
// and without script; axe at every page.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { openCase } from "../lib/case.js";
import { escape } from "../lib/hands.js";
import { beginWith, signInAt } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

const says = {
  sv: { done: "Telefon, Svenska. Klar.", interpreter: "Med tolk, العربية", mark: "Ingen har granskat texten", once: "Blanketten är inmatad en gång", own: "Du matade in blanketten första gången själv", differ: "De två inmatningarna skiljer sig", both: "Samma person matade in båda gångerna.", declined: "Klienten avböjde", unsafe: "Det var inte säkert att fråga", used: "redan inmatad två gånger" },
  en: { done: "Telephone, Svenska. Done.", interpreter: "With an interpreter, العربية", mark: "Nobody has reviewed the text", once: "The form is entered once", own: "You entered this form the first time yourself", differ: "The two entries differ", both: "The same person entered it both times.", declined: "The client declined", unsafe: "It was not safe to ask", used: "already been entered twice" },
};

let browser, server, cookie;
let nr = 0;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startEmpty()]);
  cookie = await beginWith(server);
  mkdirSync(out, { recursive: true });
});
after(() => Promise.all([browser.close(), server.close()]));

const newCase = () => openCase(server, cookie, { arende: `24-0${++nr}`, 4: `K-${nr}` }, { 5: "2024-05-08" });

/** Goes with Tab to what matches. */
async function tabTo(page, selector) {
  for (let i = 0; i < 120; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never comes to ${selector} on ${page.url()}`);
}

async function press(page, selector) {
  await tabTo(page, selector);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

for (const lang of ["sv", "en"]) {
  describe(lang, () => {
    const open = async (options = {}) => {
      const v = await visit(browser, server, { cookie: await signInAt(server), locale: lang === "sv" ? "sv-SE" : "en-GB", colorScheme: lang === "sv" ? "light" : "dark", reducedMotion: "reduce", viewport: { width: 320, height: 720 }, ...options });
      return v;
    };
    const looked = async (page, name) => {
      await page.screenshot({ path: join(out, `enkat-personal-${name}-${lang}.png`), fullPage: true });
      await nothingWrongOn(page, 10);
    };
    const stands = async (page, text) => assert.ok((await page.locator("main").innerText()).replaceAll("\u00a0", " ").includes(text), `"${text}" does not stand in: ${await page.locator("main").innerText()}`);

    test("by telephone", async () => {
      const v = await open(), id = await newCase();
      await v.page.goto(`${id}/brukare`);
      await press(v.page, "main p > a.button[href$='/enkat']");
      await looked(v.page, "valj");
      await press(v.page, "[value=telefon]");
      for (let n = 1; n <= 5; n++) {
        await looked(v.page, `telefon${n}`);
        if (n === 3) { await press(v.page, "[value=hoppa]"); continue; }
        await tabTo(v.page, n < 5 ? "input[name=val]" : "#text");
        if (n < 5) await v.page.keyboard.press("Space");
        else await v.page.keyboard.type("Fler tider");
        await press(v.page, "[value=nasta]");
      }
      await stands(v.page, says[lang].done);
      await v.close();
    });

    test("with an interpreter, in a language that nobody has reviewed", async () => {
      const v = await open(), id = await newCase();
      await v.page.goto(`${id}/enkat`);
      await tabTo(v.page, "form:has([value=tolk]) input[name=sprak]");
      await v.page.keyboard.press("ArrowDown");
      while (!await v.page.evaluate(() => document.activeElement.value === "ar")) await v.page.keyboard.press("ArrowDown");
      await press(v.page, "[value=tolk]");
      await stands(v.page, says[lang].mark);
      await looked(v.page, "tolk");
      await press(v.page, "[value=nasta]"); // nothing was chosen
      assert.ok(await v.page.locator("#svar-fel").isVisible());
      await looked(v.page, "tolk-fel");
      await tabTo(v.page, "input[name=val]");
      await v.page.keyboard.press("Space");
      await press(v.page, "[value=nasta]");
      await press(v.page, "[value=lamna]");
      await stands(v.page, says[lang].interpreter);
      await v.close();
    });

    test("on paper, entered twice by the same person", async () => {
      const v = await open(), id = await newCase();
      await v.page.goto(`${id}/enkat`);
      await press(v.page, "[value=papper]");
      await looked(v.page, "blankett");
      const code = await v.page.locator(".code-line b").innerText();
      const find = async () => {
        await v.page.goto("/enkat");
        await tabTo(v.page, "#kod");
        await v.page.keyboard.type(code.toLowerCase().replace("-", " "));
        await Promise.all([v.page.waitForEvent("load"), v.page.keyboard.press("Enter")]);
      };
      const enter = async (arrows) => {
        await tabTo(v.page, "input[name^='val.']");
        await v.page.keyboard.press("Space");
        for (let i = 0; i < arrows; i++) await v.page.keyboard.press("ArrowDown");
        await press(v.page, "main button.main");
      };
      await find();
      await looked(v.page, "inmatning1");
      await enter(0);
      await stands(v.page, says[lang].once);
      await find();
      await stands(v.page, says[lang].own);
      await looked(v.page, "inmatning2");
      await enter(1);
      await stands(v.page, says[lang].differ);
      await looked(v.page, "skiljer");
      await press(v.page, "main button.main");
      await stands(v.page, says[lang].both);
      await looked(v.page, "efter-papper");
      await find();
      await stands(v.page, says[lang].used);
      await v.close();
    });

    for (const [value, said] of [["avbojd", "declined"], ["ej_saker", "unsafe"]]) {
      test(`nobody is asked: ${said}`, async () => {
        const v = await open(), id = await newCase();
        await v.page.goto(`${id}/enkat`);
        await press(v.page, `[value=${value}]`);
        await stands(v.page, says[lang][said]);
        await v.page.goto(`${id}/brukare`);
        await stands(v.page, says[lang][said]);
        await looked(v.page, `arende-${said}`);
        await v.close();
      });
    }

    test("handing the device over", async () => {
      const v = await open(), id = await newCase();
      await v.page.goto(`${id}/enkat`);
      await press(v.page, "a[href$='/lamna-over']");
      await looked(v.page, "lamna-over");
      await tabTo(v.page, "form button.main");
      const opened = v.context.waitForEvent("page");
      await v.page.keyboard.press("Enter");
      const client = await opened;
      await client.waitForLoadState("load");
      await client.locator("main h1").waitFor();
      await escape(client);
      await client.getByText("Sidan är stängd.").waitFor();
      await v.close();
    });

    test("all of it without script", async () => {
      const v = await open({ javaScriptEnabled: false }), id = await newCase();
      await v.page.goto(`${id}/enkat`);
      await v.page.locator("[value=telefon]").click();
      for (let n = 1; n <= 5; n++) {
        if (n < 5) await v.page.locator("input[name=val]").first().check();
        await v.page.locator("[value=nasta]").click();
      }
      await stands(v.page, says[lang].done);
      await v.page.locator("[value=papper]").click();
      const code = await v.page.locator(".code-line b").innerText();
      for (let times = 0; times < 2; times++) {
        await v.page.goto("/enkat");
        await v.page.fill("#kod", code);
        await v.page.locator("form[action='/enkat/kod'] button").click();
        await v.page.locator("input[name^='val.']").first().check();
        await v.page.locator("main button.main").click();
      }
      await stands(v.page, says[lang].both);
      await v.page.locator("[value=ej_saker]").click();
      await stands(v.page, says[lang].unsafe);
      await v.close();
    });

    test("where the day begins, it is said how many wait", async () => {
      const v = await open(), id = await newCase();
      await v.page.goto(`${id}/efter`);
      const reply = await fetch(`${server.address}${id}/efter`, { method: "POST", redirect: "manual", headers: { Cookie: `${cookie.name}=${cookie.value}` }, body: new URLSearchParams({ "s.161": "0", "f.161": "1" }) });
      assert.equal(reply.status, 303);
      await v.page.goto("/att-gora");
      await stands(v.page, lang === "sv" ? "nära avslut saknar enkät" : "near");
      await looked(v.page, "att-gora");
      await press(v.page, "section[aria-labelledby=enkat] a");
      assert.equal(new URL(v.page.url()).pathname, "/enkat");
      await looked(v.page, "nav");
      await v.close();
    });
  });
}
