// Takes the pictures of the handbook's page about the nation's key figures, in the demonstration:
// "npm run handbook" after "npm test".
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./lib/browser.js";
import { beSomebody } from "./lib/people.js";
import { startDemo } from "./lib/server.js";
import { visit } from "./lib/visit.js";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "docs", "handbok", "bilder");
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([startBrowser(), startDemo()]);
const looks = { viewport: { width: 960, height: 860 }, reducedMotion: "reduce", colorScheme: "light" };
const picture = (v, name) => v.page.screenshot({ path: join(folder, `nyckeltal-riket-${name}.png`) });
const top = (v, id, above = 60) => v.page.locator(id).evaluate((e, above) => scrollTo(0, e.getBoundingClientRect().top + scrollY - above), above);
const year = new Date().getFullYear() - 1;

const anyone = await visit(browser, server, looks);
await anyone.page.goto("/jamfor");
await top(anyone, "#karta-rubrik", 20);
await picture(anyone, "1-karta");
await anyone.page.goto("/jamfor/1480");
await top(anyone, "main h1", 20);
await picture(anyone, "2-kommun");

const collects = await visit(browser, server, { ...looks, cookie: await beSomebody(server, "demo-riket-1") });
await collects.page.goto(`/insamlingar/${year}`);
await picture(collects, "3-insamling");

const reports = await visit(browser, server, { ...looks, viewport: { width: 960, height: 980 }, cookie: await beSomebody(server, "demo-riket-2") });
await reports.page.goto("/rapportera");
await reports.page.locator("main table a").first().click();
await picture(reports, "4-formular");

await collects.page.getByRole("button", { name: "Publicera" }).click();
await top(collects, "#publicera");
await picture(collects, "5-publicera");
await Promise.all([anyone.close(), collects.close(), reports.close()]);
await server.close();
await browser.close();
