// Everything that is operated has a name for those who do not see it, and no two different things
// have the same one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startBrowser } from "../lib/browser.js";
import { openHouse } from "../lib/house.js";
import { casePages, pages } from "../lib/pages.js";

let browser, house;
before(async () => {
  browser = await startBrowser();
  house = await openHouse(browser);
});
after(async () => {
  await house.close();
  await browser.close();
});

for (const what of [...casePages, ...pages.filter((p) => ["to do", "cases", "walk-through", "first run"].includes(p.name))]) {
  test(what.name, async () => {
    const w = await house.see(what);
    const { nodes } = await (await w.context.newCDPSession(w.page)).send("Accessibility.getFullAXTree");
    const operated = nodes.filter((n) => !n.ignored && roles.includes(n.role?.value));
    assert.ok(operated.length > 8, `only ${operated.length}`);
    assert.deepEqual(operated.filter((n) => !n.name?.value?.trim()).map((n) => n.role.value), []);
    assert.deepEqual(await twins(w.page), []);
    await w.close();
  });
}

const roles = ["button", "link", "radio", "checkbox", "textbox", "searchbox", "combobox", "DisclosureTriangle"];

// Links and buttons that do different things under one name: "Ta bort" twice says not what is taken away.
function twins(page) {
  return page.evaluate(() => {
    const does = (e) => e.href ?? `${e.name}=${e.value} ${e.form?.action} ${[...e.form?.elements ?? []].filter((i) => i.type === "hidden").map((i) => i.value)}`;
    const by = {};
    for (const e of document.querySelectorAll("main a[href], main button:not([type=button], [hidden])")) {
      if (e.checkVisibility()) (by[e.textContent.replace(/\s+/g, " ").trim()] ??= new Set()).add(does(e));
    }
    return Object.keys(by).filter((name) => by[name].size > 1);
  });
}
