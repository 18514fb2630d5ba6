// The log's pages: how they look, what is read aloud, and a spot check by keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { nothingWrongOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, seats, check;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  seats = { administrator: await beSomebody(server, "demo-admin-1"), leader: await beSomebody(server, people.at(-1)) };
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (who, options) => visit(browser, server, { cookie: seats[who], reducedMotion: "reduce", ...options });

test("a spot check by keyboard: drawn, judged, and kept", async () => {
  const v = await see("administrator");
  await v.page.goto("/hantera/logg");
  await v.page.getByLabel("Antal rader").fill("30"); // those that are one's own are somebody else's to judge
  await v.page.getByLabel("Antal rader").press("Enter");
  await v.page.waitForURL("**/urval?**");
  check = new URL(v.page.url()).pathname + new URL(v.page.url()).search;
  const left = parseInt(await v.page.getByText(/är inte bedömd/).textContent());
  await v.page.getByLabel("Anteckning").first().focus();
  await v.page.keyboard.type("Vanligt arbete");
  await v.page.keyboard.press("Tab");
  await v.page.keyboard.press("Enter");
  await v.page.getByText(`${left - 1} rader är inte bedömda`).waitFor();
  assert.equal(await v.page.getByLabel("Anteckning").first().inputValue(), "Vanligt arbete");
  await v.close();
});

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const [what, who, address] of [["the log", "administrator", () => "/hantera/logg"], ["a check", "administrator", () => check], ["look-ups", "leader", () => "/hantera/logg"]]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${what}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see(who, { locale, colorScheme, viewport: { width, height: 900 } });
        assert.equal((await v.page.goto(address())).status(), 200);
        if (process.env.LOOK) await v.page.screenshot({ path: `${process.env.LOOK}/log-${what}-${width}.png`, fullPage: true });
        await nothingWrongOn(v.page, 10);
        await v.close();
      });
    }
  }
});
