// Takes the pictures of the handbook's page about the board's paper, in the demonstration: "npm run
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
const looks = { viewport: { width: 960, height: 760 }, reducedMotion: "reduce", colorScheme: "light" };
const picture = (v, name) => v.page.screenshot({ path: join(folder, `namndunderlag-${name}.png`) });

const leader = await visit(browser, server, { ...looks, cookie: await beSomebody(server, people.at(-1)) });
await leader.page.goto("/resultat");
await picture(leader, "1-resultat");
await leader.page.goto("/namndunderlag");
await picture(leader, "2-valj");
await leader.page.goto(`/namndunderlag/papper?ar=${new Date().getFullYear()}`);
await picture(leader, "3-underlag");
await leader.page.locator("#kapitel-utfall").evaluate((e) => e.scrollIntoView());
await picture(leader, "4-figur");
const chief = await visit(browser, server, { ...looks, cookie: await beSomebody(server, people.at(-2)) });
await chief.page.goto("/ar");
await picture(chief, "5-aret");
await Promise.all([leader.close(), chief.close()]);
await server.close();
await browser.close();
