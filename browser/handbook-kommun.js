// Takes the pictures of the handbook's page about a municipality's key figures, in the
// demonstration: "npm run handbook" after "npm test".
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./lib/browser.js";
import { beSomebody, peopleOf } from "./lib/people.js";
import { startDemo } from "./lib/server.js";
import { visit } from "./lib/visit.js";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "docs", "handbok", "bilder");
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([startBrowser(), startDemo()]);
const cookie = await beSomebody(server, (await peopleOf(server)).at(-1));
const v = await visit(browser, server, { cookie, viewport: { width: 960, height: 760 }, reducedMotion: "reduce", colorScheme: "light" });
const picture = (name) => v.page.screenshot({ path: join(folder, `nyckeltal-${name}.png`) });
const at = `/nyckeltal/${new Date().getFullYear() - 1}`;

await v.page.goto(at);
await picture("1-aret");
await v.page.goto(`${at}/tveksamma`);
await picture("2-tveksamma");
await v.page.goto(`${at}/skicka?omfattning=3`);
await v.page.locator("#lamnar").evaluate((e) => scrollTo(0, e.offsetTop - 60));
await picture("3-lamna");
await v.page.getByRole("button", { name: "Fastställ och lämna" }).click();
await v.page.waitForURL("**/underlag?**");
await picture("4-underlag");
await v.page.goto(`${at}/arenden/3`); // a case that is opened again: the return needs a correction
await v.page.goto(`${await v.page.locator("main table a").first().getAttribute("href")}/avsluta`);
await v.page.locator('form[action$="/oppna"] button').click();
await v.page.waitForURL("**/efter**");
await v.page.goto(at);
await v.page.locator("#rattelse").evaluate((e) => scrollTo(0, e.offsetTop - 60));
await picture("5-rattelse");
await v.close();
await server.close();
await browser.close();
