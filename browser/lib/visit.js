// A person at a browser of their own, with everything that the pages ask for and say written down.
import assert from "node:assert/strict";
import { within } from "./browser.js";

/**
 * Opens a browser window. Options are the browser's own (viewport, colorScheme, forcedColors,
 * reducedMotion, javaScriptEnabled, locale), and the cookie of whoever is signed in.
 */
export async function visit(browser, server, { cookie, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "sv-SE", timezoneId: "Europe/Stockholm", baseURL: server.address, ...options });
  if (cookie) await context.addCookies([cookie]);
  const seen = { elsewhere: [], said: [], answers: [] };
  context.on("request", (r) => { if (!r.url().startsWith(server.address + "/")) seen.elsewhere.push(r.url()); });
  context.on("response", (r) => seen.answers.push(r));
  context.on("console", (m) => { if (isComplaint(m)) seen.said.push(`${m.type()}: ${m.text()}`); });
  context.on("weberror", (e) => seen.said.push(`error: ${e.error().message}`));
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  return { context, page, ...seen, close: () => close(context, seen) };
}

// A status that we meant to get, or a server that we have stopped, is no complaint of the page's.
function isComplaint(message) {
  return message.type() !== "info" && !/^Failed to load resource|net::ERR_/.test(message.text());
}

// Nobody leaves without the page having kept to itself.
async function close(context, { elsewhere, said }) {
  await within(10000, context.close());
  assert.deepEqual(elsewhere, [], "something was asked for elsewhere");
  assert.deepEqual(said, [], "the pages said something in the console");
}

/** Bytes of the answers on the wire without fonts and headers, and how many of them were pages. */
export async function weigh(answers) {
  let bytes = 0, pages = 0;
  for (const answer of answers) {
    const request = answer.request();
    if (request.isNavigationRequest() && answer.status() < 300) pages++;
    if (request.resourceType() === "font" || answer.status() >= 300 && answer.status() < 400) continue;
    bytes += Math.max(0, (await request.sizes().catch(() => ({ responseBodySize: 0 }))).responseBodySize);
  }
  return { bytes, pages };
}
