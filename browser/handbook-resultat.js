// Takes the pictures of the handbook's page about results, in the demonstration: "npm run
// handbook" after "npm test".
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startBrowser } from "./lib/browser.js";
import { beSomebody, peopleOf } from "./lib/people.js";
import { startDemo } from "./lib/server.js";
import { visit } from "./lib/visit.js";

const folder = process.argv[2] ?? join(import.meta.dirname, "..", "docs", "handbok", "bilder");
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([startBrowser(), startDemo()]);
const people = await peopleOf(server);
const leader = await visit(browser, server, { viewport: { width: 960, height: 700 }, reducedMotion: "reduce", colorScheme: "light", cookie: await beSomebody(server, people.at(-1)) });

/** From a heading or a form on, one picture. */
async function picture(name, address, from) {
  await leader.page.goto(address);
  await leader.page.locator(from).first().evaluate((e) => e.scrollIntoView());
  await leader.page.screenshot({ path: join(folder, `resultat-${name}.png`) });
}

await picture("1-oversikt", "/resultat", "h1");
await picture("2-figur", "/resultat/d/d05?ar=2025", "h1");
await picture("3-korstabell", "/resultat/korstabell?rader=v59&kolumner=alder", ".figure-card");
await picture("4-tid", "/resultat/tid", ".figure-card");
await picture("5-fordjupning", "/resultat/fordjupning/heder", ".stamp");
await picture("6-risk", "/resultat/risk", ".lead");
await picture("7-taggar", "/resultat/taggar", ".stamp");
await leader.close();
await server.close();
await browser.close();
