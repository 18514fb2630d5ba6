// The log's pages: how they look, what is read aloud, and a spot check by keyboard.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
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
  await v.page.getByLabel("Antal rader").fill("1");
  await v.page.getByLabel("Antal rader").press("Enter");
  await v.page.waitForURL("**/urval?**");
  check = new URL(v.page.url()).pathname + new URL(v.page.url()).search;
  await v.page.getByLabel("Anteckning").focus();
  await v.page.keyboard.type("Vanligt arbete");
  await v.page.keyboard.press("Tab");
  await v.page.keyboard.press("Enter");
  await v.page.getByText("0 rader är inte bedömda").waitFor();
  assert.equal(await v.page.getByLabel("Anteckning").inputValue(), "Vanligt arbete");
  await v.close();
});

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const [what, who, address] of [["the log", "administrator", () => "/hantera/logg"], ["a check", "administrator", () => check], ["look-ups", "leader", () => "/hantera/logg"]]) {
    for (const [locale, width, colorScheme] of [["sv", 1280, "light"], ["en", 320, "dark"]]) {
      test(`${what}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see(who, { locale, colorScheme, viewport: { width, height: 900 } });
        assert.equal((await v.page.goto(address())).status(), 200);
        if (process.env.LOOK) await v.page.screenshot({ path: `${process.env.LOOK}/log-${what}-${width}.png`, fullPage: true });
        const { faults, looked } = await faultsOn(v.page);
        assert.deepEqual(faults, []);
        assert.ok(looked > 10, `only ${looked} rules had anything to look at`);
        assert.ok(await v.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "wider than the window");
        await v.close();
      });
    }
  }
});
