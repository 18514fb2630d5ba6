// A group at a shared screen goes from case to case by the arrow keys; and the ways in by Enter.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { beSomebody, beginWith, first, peopleOf } from "../lib/people.js";
import { startDemo, startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, demo, empty;

before(async () => { [browser, demo, empty] = await Promise.all([startBrowser(), startDemo(), startEmpty()]); });
after(async () => {
  await browser.close();
  await Promise.all([demo.close(), empty.close()]);
});

const place = (page) => page.locator(".steps > span").textContent();

test("the arrow keys go from case to case, but not in the note", async () => {
  const [worker] = await peopleOf(demo);
  const v = await visit(browser, demo, { cookie: await beSomebody(demo, worker) });
  await v.page.goto("/genomgang");
  const begin = await place(v.page);
  assert.match(begin, /^Ärende 1 av \d+$/);
  await v.page.keyboard.press("ArrowRight");
  await v.page.getByText(begin.replace(" 1 ", " 2 "), { exact: true }).waitFor();
  await v.page.locator("textarea").fill("Boende");
  await v.page.keyboard.press("ArrowLeft");
  await v.page.keyboard.press("p");
  assert.equal(await place(v.page), begin.replace(" 1 ", " 2 "));
  await v.page.getByRole("button", { name: "Spara anteckningen", exact: true }).click();
  await v.page.getByText(/^Sparat \d\d\.\d\d$/).waitFor();
  assert.equal(await v.page.locator("textarea").inputValue(), "Boendpe");
  await v.page.locator("h1").click();
  await v.page.keyboard.press("ArrowLeft");
  await v.page.getByText(begin, { exact: true }).waitFor();
  await v.close();
});

test("Enter sends the sign-in, and wrong tries keep the way back with its field", async () => {
  await beginWith(empty);
  const v = await visit(browser, empty);
  await v.page.goto("/logga-in?ater=%2Fhjalp%23loggas");
  for (const password of ["fel lösenord", first.losenord]) {
    await v.page.fill("#inloggning", first.inloggning);
    await v.page.fill("#losenord", password);
    await v.page.keyboard.press("Enter");
    if (password !== first.losenord) await v.page.locator(".errors").waitFor();
  }
  await v.page.waitForURL("**/konto/skydd*"); // who coordinates is asked for a second factor
  await v.page.getByRole("link", { name: "Inte nu" }).click();
  await v.page.waitForURL("**/hjalp#loggas");
  await v.close();
});

test("the summary of what is wrong has the focus, and leads to the field", async () => {
  const v = await visit(browser, empty);
  await v.page.goto("/logga-in");
  await v.page.fill("#inloggning", "nobody");
  await v.page.fill("#losenord", "fel lösenord");
  await v.page.keyboard.press("Enter");
  await v.page.locator(".errors:focus").waitFor();
  await v.page.keyboard.press("Tab");
  await v.page.keyboard.press("Enter");
  await v.page.keyboard.press("Tab");
  assert.ok(await v.page.evaluate(() => ["inloggning", "losenord"].includes(document.activeElement.id)));
  await v.close();
});
