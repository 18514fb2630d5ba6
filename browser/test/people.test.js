// The pages about units, people and roles: how they look, by keyboard, and without a second person.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, peopleOf } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, seats, person;
before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const people = await peopleOf(server);
  person = people[0];
  seats = { coordinator: await beSomebody(server, people.at(-1)), administrator: await beSomebody(server, "demo-admin-1"), second: await beSomebody(server, "demo-admin-2") };
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (who, options) => visit(browser, server, { cookie: seats[who], reducedMotion: "reduce", ...options });

test("by keyboard: what is wrong is said at its field, and the focus goes to the summary", async () => {
  const v = await see("administrator");
  await v.page.goto("/anvandare/ny");
  await v.page.locator("[name=inloggning]").focus();
  await v.page.keyboard.type("ny@nora.example");
  await v.page.keyboard.press("Enter");
  await v.page.locator("#fel").waitFor();
  assert.ok(await v.page.locator("#fel").evaluate((e) => e === document.activeElement), "the summary has the focus");
  await v.page.locator("#fel a").press("Enter");
  assert.equal(await v.page.locator("[name=inloggning]").inputValue(), "ny@nora.example");
  await v.close();
});

test("what an administrator proposes a coordinator approves, and it is seen who", async () => {
  const v = await see("administrator");
  await v.page.goto(`/anvandare/${person}`);
  const propose = v.page.locator("details", { hasText: "Föreslå som samordnare" });
  await propose.locator("summary").press("Enter");
  await propose.locator("select").selectOption("demo-0188");
  await propose.getByRole("button").press("Enter");
  await v.page.getByText("väntar på att någon annan godkänner").first().waitFor();
  await v.page.goto("/hantera/forslag");
  assert.equal(await v.page.getByRole("button", { name: "Godkänn" }).count(), 0);
  await v.close();
  const w = await see("coordinator");
  await w.page.goto("/hantera/forslag");
  assert.deepEqual((await faultsOn(w.page)).faults, []);
  await w.page.getByRole("button", { name: "Godkänn" }).press("Enter");
  await w.page.getByText("Förslaget är godkänt").waitFor();
  await w.close();
  const u = await see("coordinator");
  await u.page.goto("/hantera/roller");
  await u.page.getByText("Rönn, godkänd av").first().waitFor();
  await u.close();
});
