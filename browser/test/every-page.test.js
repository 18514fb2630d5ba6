// Every page that anybody in the demonstration can come to, each once: whole, found right by axe,
// narrow, with large text, by keyboard and on paper. What a page needs somebody to have done
// before (a form sent, a fault made) is looked at where it is tested.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { crawl, templates } from "../lib/crawl.js";
import { enlarge, onPaper, sideways, unseenFocus } from "../lib/onpage.js";
import { beSomebody } from "../lib/people.js";
import { startDemo } from "../lib/server.js";
import { visit } from "../lib/visit.js";

// No link leads there from a demonstration as it begins, and why.
const notReached = {
  "/forsta": "before there is a register",
  "/logga-in/kod": "after a password", "/bekrafta": "before something grave", "/konto/skydd": "where a second step is asked for",
  "/konto/reservkoder": "who has a second step", "/arenden/{id}/avslutat": "after closing",
  "/s": "for a client", "/s/{del}": "for a client", "/arenden/{id}/enkat/fragor": "after choosing a way", "/arenden/{id}/enkat/papper": "after choosing a way",
  "/leveranser/uttaget/{uttag}": "after taking out", "/leveranser/uttaget/{uttag}/fil": "after taking out",
  "/nyckeltal/{ar}/underlag": "after figures are set", "/nyckeltal/{ar}/underlag/fil": "after figures are set",
  "/variabler/andra/{kolumn}": "after a first variable", "/variabler/utkast": "after a first variable", "/variabler/version/{nr}": "after a first version", "/variabler/version/{nr}/{fil}": "after a first version",
  "/hantera/logg/urval": "after a sample", "/kodning/{ovning}/fil/{slag}": "after an exercise", "/hjalp/handbok/bild/{bild}": "a picture",
};
// To where only other days lead, and who goes there.
const alsoFrom = { "demo-admin-1": ["/forsta-dagen"], "demo-0188-5": ["/resultat/tid"] };

let browser, server, people = [], reader;
const looked = new Map(); // name of a page → who it was looked at as
const began = performance.now();

before(async () => {
  [browser, server] = await Promise.all([startBrowser(), startDemo()]);
  const page = await (await fetch(`${server.address}/demo`)).text();
  people = [null, ...new Set([...page.matchAll(/name="person" value="([^"]+)"/g)].map((m) => m[1]))];
  reader = await browser.newPage();
});
after(async () => {
  await server?.close();
  await browser?.close();
});

test("every page that somebody can come to", { timeout: 300_000 }, async (t) => {
  const work = [...people], wrong = [];
  await Promise.all([1, 2].map(async () => {
    while (work.length > 0) wrong.push(...await lookAround(t, work.shift()));
  }));
  t.diagnostic(`${looked.size} pages in ${Math.round((performance.now() - began) / 1000)} s`);
  assert.equal(wrong.join("\n"), "");
  const known = new Set([...looked.values()].map((x) => x.template));
  assert.deepEqual(templates.filter((x) => !known.has(x) && !notReached[x]), [], "no link leads there");
});

// Looks at what one person can come to and nobody before them could.
async function lookAround(t, person) {
  const v = await visit(browser, server, { cookie: person && await beSomebody(server, person), reducedMotion: "reduce" });
  v.context.setDefaultTimeout(30_000);
  v.english = await v.context.newPage();
  await v.page.setExtraHTTPHeaders({ "Accept-Language": "sv" });
  await v.english.setExtraHTTPHeaders({ "Accept-Language": "en" });
  await v.english.setViewportSize({ width: 320, height: 900 });
  await v.english.emulateMedia({ colorScheme: "dark" });
  const from = person ? ["/", "/installningar", ...alsoFrom[person] ?? []] : ["/", "/demo", "/logga-in", "/valkommen", "/jamfor", "/halsa", "/halsa/redo"];
  const all = await crawl(v.context, reader, from.map((path) => server.address + path));
  const wrong = [];
  let n = 0;
  for (const what of all) {
    const first = !looked.has(what.name);
    if (first) looked.set(what.name, what);
    const said = await look(v, what, first).catch((e) => [`could not be looked at: ${e.message.split("\n")[0]}`]);
    if (process.env.SAY) console.error(what.name, Math.round((performance.now() - began) / 1000), said.join("\n   "));
    wrong.push(...said.map((x) => `${what.name} (${person ?? "nobody"}): ${x.replace(/\s+/g, " ")}`));
    n += first;
  }
  t.diagnostic(`${person ?? "nobody"}: ${all.length} addresses, ${n} of them new`);
  await v.close();
  return wrong;
}

async function look(v, what, first) {
  if (what.ledTo || what.file) return what.status === 200 ? [] : [`answered ${what.status}, a link on ${what.by} leads there`];
  const wrong = [];
  if (what.status !== 200) wrong.push(`answered ${what.status}, a link on ${what.by} leads there`);
  if (what.headings.length !== 1 || !what.headings[0]) wrong.push(`${what.headings.length} headings: ${what.headings}`);
  if (!/^.+ – Följsam$/.test(what.title) && what.name !== "/namndunderlag/papper") // a document of its own
     wrong.push(`is called "${what.title}"`);
  return first ? [...wrong, ...await inSwedish(v.page, what), ...await inEnglish(v.english, what)] : wrong;
}

async function inSwedish(page, what) {
  await page.goto(what.address);
  await page.keyboard.press("Tab");
  const wrong = await page.evaluate(unseenFocus);
  await enlarge(page, 2);
  wrong.push(...(await page.evaluate(sideways)).map((x) => `at 200 %: ${x}`));
  await enlarge(page, 1);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: 680, height: 900 }); // A4 between its margins
  wrong.push(...(await page.evaluate(onPaper)).map((x) => `on paper: ${x}`));
  await page.emulateMedia({ media: "screen", colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  await shorten(page);
  return [...wrong, ...(await faultsOn(page)).faults.map((x) => `Swedish, light, 1280: ${x}`)];
}

async function inEnglish(page, what) {
  await page.goto(what.address);
  const wrong = (await page.evaluate(sideways)).map((x) => `at 320 px: ${x}`);
  await shorten(page);
  return [...wrong, ...(await faultsOn(page)).faults.map((x) => `English, dark, 320: ${x}`)];
}

// axe takes a second for each thousand elements; what is taken away looks as what is left.
function shorten(page) {
  return page.evaluate(() => document.querySelectorAll("tbody tr:nth-of-type(n+9), section[id]:nth-of-type(n+9), main li:nth-of-type(n+9), article:nth-of-type(n+7), details.variable:nth-of-type(n+7), option:nth-of-type(n+9), svg > :not(title, desc)").forEach((e) => e.remove()));
}
