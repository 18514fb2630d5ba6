// Every page that the register has, with how to come to it and whom it is for (see house.js).

const at = (path) => (page) => page.goto(path);
const inCase = (which, rest) => (page, cases) => page.goto(cases[which] + rest);

// Posts a form as it stands on the page, past the script that would have saved it field by field.
const post = (page, selector) => Promise.all([
  page.waitForEvent("load"),
  page.evaluate((s) => HTMLFormElement.prototype.submit.call(document.querySelector(s)), selector),
]);

async function wrongSignIn(page) {
  await page.goto("/logga-in");
  await page.fill("#inloggning", "ingen");
  await page.fill("#losenord", "inget");
  await post(page, "main form");
}

async function firstWithFaults(page) {
  await page.goto("/forsta");
  await post(page, "main form");
}

async function newWithFaults(page) {
  await page.goto("/arenden/nytt");
  await page.evaluate(() => { document.querySelector("[name='f.5']").value = "igår"; }); // the page does not know, and lets us go
  await post(page, "main form");
}

async function phaseWithFaults(page, cases) {
  await page.goto(`${cases.whole}/bakgrund`);
  await page.evaluate(() => {
    document.querySelector("[name='f.5']").value = "2024-13-45";
    document.querySelector("[name='f.15']").value = "hundra";
  });
  await post(page, "form[data-autosave]");
}

// The page is taken for an old one: somebody has changed an answer since.
async function conflict(page, cases) {
  await page.goto(`${cases.whole}/bakgrund`);
  await page.evaluate(() => {
    document.querySelector("[name='s.15']").value = "0";
    document.querySelector("[name='f.15']").value = "35";
  });
  await post(page, "form[data-autosave]");
}

async function closeWithFaults(page, cases) {
  await page.goto(`${cases.whole}/avsluta`);
  await post(page, "form[action$='/avsluta']");
}

async function closeOnAnOddDate(page, cases) {
  await page.goto(`${cases.whole}/avsluta`);
  await page.fill("[name='f.256']", "2024-01-01");
  await post(page, "form[action$='/avsluta']");
}

async function excludeWithFaults(page, cases) {
  await page.goto(`${cases.whole}/uteslut`);
  await post(page, "form[action$='/uteslut']");
}

async function nothingUndone(page, cases) {
  await page.goto(`${cases.whole}/historik`);
  await page.evaluate(() => { document.querySelector("form[action$='/angra'] [name=version]").value = "2"; });
  await post(page, "form[action$='/angra']");
}

async function notFound(page) {
  await page.goto("/arenden");
  await page.fill("#sok", "finns-inte");
  await post(page, "form.find");
}

async function warned(page, cases) {
  await page.goto(`${cases.whole}/brukare`);
  await page.locator("[name='f.217']").fill("Ring 070-123 45 67, eller 19121212-1212.");
  await page.locator("#f-212").focus();
  await page.locator("[data-warnings-of='217'] .worth").first().waitFor();
}

async function signedOutBelow(page, cases) {
  await page.goto(`${cases.whole}/under`);
  await page.route("**/falt*", (route) => route.fulfill({ status: 401, contentType: "application/json", body: "{\"logga_in\":\"/logga-in\"}" }));
  await page.locator("[name='f.127'][value='2']").click();
  await page.locator("#larm a").waitFor();
}

async function keysShown(page) {
  await page.goto("/att-gora");
  await page.locator("[popovertarget=tangenter]").first().click();
}

async function walked(page) {
  await page.goto("/genomgang");
}

/** The pages of a case; what is odd stands in the name. */
export const casePages = [
  ...["bakgrund", "fore", "under", "efter", "brukare"].map((phase) => ({ name: `part ${phase}`, who: "worker", open: inCase("whole", `/${phase}`) })),
  { name: "new case", who: "worker", open: at("/arenden/nytt") },
  { name: "new case with faults", who: "worker", open: newWithFaults },
  { name: "new linked case", who: "worker", open: (page, cases) => page.goto(`/arenden/nytt?foregaende=${cases.closed.split("/").at(-1)}`) },
  { name: "part with faults", who: "worker", open: phaseWithFaults },
  { name: "part with a conflict", who: "worker", open: conflict },
  { name: "part with warnings", who: "worker", open: warned },
  { name: "part signed out", who: "worker", open: signedOutBelow },
  { name: "close", who: "worker", open: inCase("whole", "/avsluta") },
  { name: "close with faults", who: "worker", open: closeWithFaults },
  { name: "close on an odd date", who: "worker", open: closeOnAnOddDate },
  { name: "closed", who: "worker", open: inCase("closed", "/avslutat") },
  { name: "reopen", who: "worker", open: inCase("closed", "/avsluta") },
  { name: "exclude", who: "worker", open: inCase("whole", "/uteslut") },
  { name: "exclude with faults", who: "worker", open: excludeWithFaults },
  { name: "excluded", who: "worker", open: inCase("excluded", "/uteslut") },
  { name: "part of an excluded case", who: "worker", open: inCase("excluded", "/fore") },
  { name: "history", who: "worker", open: inCase("whole", "/historik") },
  { name: "history of one question", who: "worker", open: inCase("whole", "/historik?falt=15") },
  { name: "nothing undone", who: "worker", open: nothingUndone },
];

/** All other pages. */
export const otherPages = [
  { name: "first run", who: "stranger", open: at("/forsta") },
  { name: "first run with faults", who: "stranger", open: firstWithFaults },
  { name: "first day", who: "beginner", open: at("/forsta-dagen?valkommen=ja") },
  { name: "welcome", who: "beginner", open: at("/att-gora?valkommen=ja") },
  { name: "no cases", who: "beginner", open: at("/arenden") },
  { name: "nothing to walk through", who: "beginner", open: walked },
  { name: "sign in", who: "guest", open: at("/logga-in") },
  { name: "signed out", who: "guest", open: at("/logga-in?utloggad=ja") },
  { name: "sent while signed out", who: "guest", open: at("/logga-in?ater=/arenden&osparat=ja") },
  { name: "sign in wrong", who: "guest", open: wrongSignIn },
  { name: "sent while signed out of the demonstration", who: "nobody", open: at("/logga-in?ater=/arenden&osparat=ja") },
  { name: "whom to be", who: "nobody", open: at("/demo") },
  { name: "whom to be in a town", who: "nobody", open: at("/demo?kommun=0188") },
  { name: "help, signed out", who: "nobody", open: at("/hjalp") },
  { name: "not found, signed out", who: "nobody", open: at("/finns-inte") },
  { name: "to do", who: "worker", open: at("/att-gora") },
  { name: "to do, of all", who: "coordinator", open: at("/att-gora") },
  { name: "keys", who: "worker", open: keysShown },
  { name: "cases", who: "worker", open: at("/arenden") },
  { name: "cases of all", who: "coordinator", open: at("/arenden?vems=alla&sida=2") },
  { name: "cases, none fit", who: "worker", open: at("/arenden?diskutera=1&lage=avslutat") },
  { name: "cases, code not found", who: "worker", open: notFound },
  { name: "walk-through, which unit", who: "coordinator", open: at("/genomgang") },
  { name: "walk-through", who: "worker", open: walked },
  { name: "help", who: "worker", open: at("/hjalp") },
  { name: "settings", who: "worker", open: at("/installningar?sparat=ja") },
  { name: "not found", who: "worker", open: at("/arenden/finns-inte/bakgrund") },
];

export const pages = [...casePages, ...otherPages];

/** Those that every-page.test.js comes to by itself: nothing that it looks at need be looked at again. */
export const lookedAt = ["part bakgrund", "part fore", "part under", "part efter", "part brukare", "new case", "close", "exclude", "history",
  "whom to be", "to do", "cases", "walk-through", "help", "settings"];
