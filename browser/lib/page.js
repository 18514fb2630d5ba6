// A report opened in a page of its own, with everything that it asks for and says written down.

/**
 * Opens a report. Options are the browser's own (viewport, colorScheme, forcedColors,
 * reducedMotion, javaScriptEnabled); `tables: true` opens every table that is folded away.
 * Nothing but the report itself is let through; asked holds what else was asked for.
 */
export async function openReport(browser, report, { tables = false, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const asked = [], said = [];
  await context.route("**", (route) => {
    if (route.request().url() === report.address) return route.continue();
    asked.push(route.request().url());
    return route.abort();
  });
  page.on("console", (m) => said.push(`${m.type()}: ${m.text()}`));
  page.on("pageerror", (e) => said.push(`error: ${e.message}`));
  await page.goto(report.address);
  if (tables) await openTables(page);
  return { page, asked, said, close: () => context.close() };
}

export function openTables(page) {
  return page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
}

/** Looks at an open report in another way: width and height, colour scheme, medium, forced colours. */
export async function lookAs(page, { width = 1280, height = 900, media = "screen", colorScheme = "light", forcedColors = "none" }) {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ media, colorScheme, forcedColors });
}
