// Signing in with more than a password, in a real browser: one-time codes, recovery codes and
// passkeys (on a device that Chromium makes up), and the pages where one looks after them.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { faultsOn } from "../lib/axe.js";
import { startBrowser } from "../lib/browser.js";
import { beginWith, first } from "../lib/people.js";
import { startEmpty } from "../lib/server.js";
import { visit } from "../lib/visit.js";

let browser, server, cookie;
before(async () => {
  const [b, s] = await Promise.all([startBrowser(), startEmpty()]);
  browser = b;
  server = Object.assign(s, { address: s.address.replace("127.0.0.1", "localhost") }); // passkeys are bound to a name
  cookie = await beginWith(server);
});
after(() => Promise.all([browser.close(), server.close()]));

const see = (options = {}) => visit(browser, server, { cookie, reducedMotion: "reduce", ...options });

// RFC 6238, from the secret as the page writes it.
function codeOf(secret, step) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll("-", "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const at = Buffer.alloc(8);
  at.writeBigUInt64BE(BigInt(step));
  const sum = createHmac("sha1", key).update(at).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
const stepNow = () => Math.floor(Date.now() / 30_000);

const press = (page, name) => page.locator("main").getByRole("button", { name, exact: true }).click();

async function enterPassword(page) {
  await page.goto("/logga-in");
  await page.fill("#inloggning", first.inloggning);
  await page.fill("#losenord", first.losenord);
  await press(page, "Logga in");
}

// A device that keeps passkeys, and whose holder always shows who they are.
async function device(v) {
  const cdp = await v.context.newCDPSession(v.page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { cdp, authenticatorId };
}

const widths = [["sv", 1280, "light"], ["en", 320, "dark"]];

async function fine(v, name) {
  const { faults, looked } = await faultsOn(v.page);
  assert.deepEqual(faults, [], name);
  assert.ok(looked > 15, `${name}: only ${looked} rules had anything to look at`);
  assert.ok(await v.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name} is wider than the window`);
  assert.equal(await v.page.locator("h1").count(), 1);
}

describe("nothing that axe finds, and nothing to scroll sideways", () => {
  for (const [locale, width, colorScheme] of widths) {
    for (const address of ["/konto", "/konto/losenord", "/konto/koder", "/konto/passnycklar", "/konto/reservkoder", "/konto/skydd", "/bekrafta", "/installningar"]) {
      test(`${address}, ${locale}, ${width}, ${colorScheme}`, async () => {
        const v = await see({ locale, colorScheme, viewport: { width, height: 900 } });
        await v.page.goto(address);
        await fine(v, address);
        await v.close();
      });
    }
    test(`/logga-in, ${locale}, ${width}, ${colorScheme}`, async () => {
      const v = await see({ cookie: null, locale, colorScheme, viewport: { width, height: 900 } });
      await v.page.goto("/logga-in");
      await v.page.locator("form[data-passkey]").waitFor();
      await fine(v, "/logga-in");
      await v.close();
    });
  }
});

test("a password that is wrong is told at its field", async () => {
  const v = await see();
  await v.page.goto("/konto/losenord");
  await v.page.fill("#losenord", "fel");
  await v.page.fill("#nytt", "ett nytt långt lösenord");
  await v.page.fill("#nytt2", "ett annat långt lösenord");
  await press(v.page, "Byt lösenord");
  assert.equal(await v.page.locator("#nytt2").getAttribute("aria-invalid"), "true");
  assert.ok(await v.page.locator("#fel").evaluate((e) => e === document.activeElement), "the summary has the focus");
  await fine(v, "wrong password");
  await v.close();
});

test("a passkey: made, used to sign in and to confirm, refused when it may be copied, taken away", async () => {
  const v = await see({ cookie: null });
  const { cdp, authenticatorId } = await device(v);
  await enterPassword(v.page);
  await v.page.waitForURL("**/konto/skydd"); // a coordinator is asked, and may wait
  await v.page.getByRole("link", { name: "Inte nu" }).waitFor();
  await v.page.getByRole("link", { name: /^Passnyckel/ }).click();
  await v.page.fill("#namn", "Arbetsdatorn");
  await press(v.page, "Gör en passnyckel");
  await v.page.getByText("Passnyckeln är gjord").waitFor();
  await v.page.waitForLoadState("load");
  assert.equal(await v.page.locator(".recovery code").count(), 10);
  await v.page.goto("/konto/passnycklar");
  await v.page.getByText("Arbetsdatorn").waitFor();
  await fine(v, "passkeys");
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  assert.equal(credentials.length, 1);
  assert.equal(credentials[0].rpId, "localhost");
  assert.equal(credentials[0].isResidentCredential, true);

  const enter = async () => {
    await v.page.getByRole("button", { name: "Logga ut" }).click();
    await v.page.goto("/logga-in?ater=%2Fkonto");
    await press(v.page, "Logga in med passnyckel");
  };
  await enter();
  await v.page.waitForURL("**/konto");
  await v.page.goto("/bekrafta?ater=%2Fkonto%2Fpassnycklar");
  await fine(v, "confirm");
  await press(v.page, "Bekräfta med passnyckel");
  await v.page.waitForURL("**/konto/passnycklar");

  // What a copy would do: the device's count goes back.
  await cdp.send("WebAuthn.clearCredentials", { authenticatorId });
  await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: { ...credentials[0], signCount: 0 } });
  await enter();
  await v.page.locator("main").getByText("tyder på att den är kopierad").first().waitFor();
  await fine(v, "a copied passkey");

  // Nobody shows who they are: the browser asks in vain, and the page says what to do.
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await v.page.goto("/logga-in");
  await press(v.page, "Logga in med passnyckel");
  await v.page.getByText("Passnyckeln användes inte").waitFor();
  await fine(v, "a passkey that was stopped");
  await v.close();

  const w = await see();
  await w.page.goto("/konto/passnycklar");
  await w.page.getByRole("button", { name: "Ta bort passnyckeln Arbetsdatorn" }).click();
  await w.page.getByText("Passnyckeln är borttagen här").waitFor();
  await w.page.getByText("Du har ingen passnyckel.").waitFor();
  await w.close();
});

test("one-time codes: from the picture to the second step, and a recovery code instead", async () => {
  const v = await see();
  await v.page.goto("/konto");
  await v.page.getByRole("link", { name: "Ställ in koder i telefonen" }).click();
  await press(v.page, "Börja");
  const secret = await v.page.locator(".photographed code").textContent();
  assert.ok(await v.page.locator("svg.qr path").evaluate((e) => e.getBBox().width > 25), "the picture is drawn");
  await fine(v, "the secret");
  const step = stepNow();
  await v.page.fill("#kod", "123");
  await press(v.page, "Slå på koderna");
  assert.equal(await v.page.locator(".photographed code").textContent(), secret, "the same secret still");
  assert.equal(await v.page.locator("#kod").getAttribute("aria-invalid"), "true");
  await v.page.fill("#kod", codeOf(secret, step));
  await press(v.page, "Slå på koderna");
  const recovery = await v.page.locator(".recovery code").allTextContents();
  assert.equal(recovery.length, 10);
  await fine(v, "recovery codes");
  await v.page.getByRole("link", { name: "Jag har sparat koderna" }).click();
  await v.page.getByText("10 koder kvar.").waitFor();
  await v.close();

  const w = await see({ cookie: null });
  await enterPassword(w.page);
  await w.page.waitForURL("**/logga-in/kod");
  await fine(w, "the second step");
  assert.ok(await w.page.locator("#kod").evaluate((e) => e === document.activeElement), "one may type at once");
  await w.page.goto("/konto");
  assert.match(w.page.url(), /\/logga-in\?/, "half signed in is not signed in");
  await w.page.goto("/logga-in/kod");
  await w.page.fill("#kod", codeOf(secret, step));
  await press(w.page, "Logga in");
  await w.page.locator("main").getByText("Koden är redan använd").last().waitFor();
  await fine(w, "a code that is used");
  await w.page.fill("#kod", codeOf(secret, step + 1));
  await w.page.keyboard.press("Enter");
  await w.page.waitForURL(/att-gora/);
  await w.page.getByRole("button", { name: "Logga ut" }).click();
  await enterPassword(w.page);
  await w.page.fill("#kod", recovery[3].toLowerCase());
  await press(w.page, "Logga in");
  await w.page.waitForURL(/att-gora/);
  await w.page.goto("/konto");
  await w.page.getByText("9 koder kvar.").waitFor();
  await fine(w, "the account with all of it");
  await w.close();
});

test("sessions: this one is marked, the others are ended", async () => {
  const v = await see();
  await v.page.goto("/konto");
  assert.equal(await v.page.getByText("Den här", { exact: true }).count(), 1);
  const before = await v.page.locator("tbody tr").count();
  assert.ok(before > 1);
  await v.page.getByRole("button", { name: /^Avsluta inloggningen från/ }).first().click();
  await v.page.getByText("Inloggningen är avslutad.").waitFor();
  await v.page.waitForLoadState("load"); // what is said stands above the table
  assert.equal(await v.page.locator("tbody tr").count(), before - 1);
  if (before > 2) await press(v.page, "Avsluta alla andra");
  assert.equal(await v.page.locator("tbody tr").count(), 1);
  await v.close();
});

test("without a script the page says that passkeys need one; at another name where they work", async () => {
  const v = await see({ cookie: null, javaScriptEnabled: false });
  await v.page.goto("/logga-in");
  assert.match(await v.page.locator("main").innerText(), /Passnycklar kräver JavaScript/);
  assert.equal(await v.page.locator("form[data-passkey]").isVisible(), false);
  await v.close();
  const elsewhere = { ...server, address: server.address.replace("localhost", "127.0.0.1") };
  const w = await visit(browser, elsewhere, {});
  await w.page.goto("/logga-in");
  await w.page.getByText("Passnycklar fungerar bara på adressen").waitFor();
  await w.close();
});

test("on paper: recovery codes are printed whole", async () => {
  const v = await see();
  await v.page.goto("/konto/reservkoder");
  await press(v.page, "Gör nya reservkoder");
  await v.page.emulateMedia({ media: "print" });
  assert.equal(await v.page.locator(".recovery code").count(), 10);
  for (const code of await v.page.locator(".recovery code").all()) assert.ok(await code.isVisible());
  await v.close();
});
