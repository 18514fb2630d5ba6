// The pages about the installation and the law: for whom they are, how they look, and on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";
import { out } from "../reports.js";

let browser, server, seats;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  seats = { worker: await beSomebody(server, people[0]), administrator: await beSomebody(server, "demo-admin-1") };
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (who, options) => visit(browser, server, { cookie: seats[who], reducedMotion: "reduce", ...options });
const pages = [["/drift", "administrator"], ["/lagstod", "worker"], ["/lagstod", "administrator"]];

test("by keyboard: from the hub to operation, with the focus in sight", async () => {
  const v = await see("administrator");
  await v.page.goto("/hantera");
  const link = v.page.locator("main").getByRole("link", { name: "Drift", exact: true });
  for (let i = 0; i < 40 && !await link.evaluate((e) => e === document.activeElement); i++) await v.page.keyboard.press("Tab");
  assert.ok(await link.evaluate((e) => e === document.activeElement && e.matches(":focus-visible")), "the link has the focus");
  await v.page.keyboard.press("Enter");
  await v.page.waitForURL("**/drift");
  assert.equal(await v.page.locator("h1").textContent(), "Drift");
  await v.page.getByText("Ingen säkerhetskopia har tagits").waitFor();
  await v.close();
});

test("a caseworker comes to the law from help, and not to operation", async () => {
  const v = await see("worker");
  await v.page.goto("/hjalp");
  await v.page.getByRole("link", { name: "Lagstöd" }).click();
  assert.equal(await v.page.locator("h1").textContent(), "Lagstöd");
  assert.equal((await v.page.goto("/drift")).status(), 403);
  await v.close();
});

test("the law on paper: what it is not, each source, and page of pages", async () => {
  const v = await see("worker");
  await v.page.goto("/lagstod");
  mkdirSync(out, { recursive: true });
  const path = join(out, "lagstod.pdf");
  await v.page.pdf({ path, format: "A4", preferCSSPageSize: true });
  await v.close();
  const sheets = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
  assert.match(sheets[0], /ingen juridisk rådgivning/);
  const all = sheets.join("\n");
  assert.equal(all.match(/Källa:/g).length, 16, "each point has its source");
  assert.match(all, /Förslag\. Granskas av er jurist/);
  assert.doesNotMatch(all, /Logga ut|Tangenter/);
  sheets.forEach((text, i) => assert.match(text, new RegExp(`${i + 1} \\(${sheets.length}\\)`)));
});

test("without a script everything is there", async () => {
  for (const [address, who] of pages) {
    const v = await see(who, { javaScriptEnabled: false });
    await v.page.goto(address);
    assert.ok(await v.page.locator("main h2").count() > 1);
    await v.close();
  }
});
