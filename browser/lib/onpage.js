// What is asked of every page: it fits a narrow window and text at twice its size, shows where the
// focus is, and comes out on paper without what is for the screen. Each runs in the page and gives
// what is wrong, a line each.

const outside = `function outside() {
  const edge = document.documentElement.clientWidth;
  const hidden = (e) => { const s = getComputedStyle(e); return s.clip !== "auto" || s.clipPath !== "none" || s.position === "fixed"; };
  const scrolls = (e) => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) if (hidden(p) || getComputedStyle(p).overflowX !== "visible") return true; return false; };
  return [...document.querySelectorAll("body *")]
    .filter((e) => !e.closest("svg *") && e.checkVisibility() && !hidden(e) && !scrolls(e))
    .filter((e) => { const r = e.getBoundingClientRect(); return r.width > 1 && (r.right > edge + 1 || r.left < -1); })
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 110));
}`;

/** What stands outside the window, where nothing else scrolls. */
export const sideways = `(() => { ${outside}
  const d = document.documentElement, found = outside();
  if (d.scrollWidth > d.clientWidth) found.push(d.scrollWidth + " px wide in " + d.clientWidth);
  return found; })()`;

/** Makes text so many times as large; 1: as it was. */
export function enlarge(page, times) {
  return page.evaluate((n) => {
    document.adoptedStyleSheets = [];
    if (n === 1) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`html { font-size: ${n * parseFloat(getComputedStyle(document.documentElement).fontSize)}px !important }`);
    document.adoptedStyleSheets = [sheet];
  }, times);
}

/** Kinds of things that take the focus and do not show it; a key must have been pressed last. */
export function unseenFocus() {
  const found = [], kinds = new Set();
  const look = (e) => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join(); };
  for (const e of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
    const kind = `${e.tagName}.${e.className}.${e.type ?? ""}`;
    if (kinds.has(kind) || e.disabled || e.tabIndex < 0 || !e.checkVisibility()) continue;
    kinds.add(kind);
    const shows = [e, e.labels?.[0], e.parentElement].filter(Boolean), before = shows.map(look);
    e.focus();
    if (document.activeElement !== e) continue;
    const s = getComputedStyle(e), ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2;
    if (!ring && shows.every((x, i) => look(x) === before[i])) found.push(`no focus to be seen: ${e.outerHTML.slice(0, 110)}`);
    e.blur();
  }
  return found;
}

/** What is wrong on paper, in a window as wide as a sheet's text. */
export const onPaper = `(() => { ${outside}
  const wrong = outside().map((x) => "beside the paper: " + x);
  const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 1;
  for (const e of document.querySelectorAll("nav:not(.phases, .contents), .skip, header form, footer form, main button:not(.unseen), main input[type=submit]")) if (shown(e)) wrong.push("is for the screen: " + e.outerHTML.slice(0, 110));
  const dark = (colour) => { const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number); return a > 0.5 && 0.2126 * r + 0.7152 * g + 0.0722 * b < 110; };
  const sheets = [...document.querySelectorAll("html, body, body > *, main, main > *, main section, main table, main fieldset, main td, main th")].filter(shown);
  for (const e of sheets) if (dark(getComputedStyle(e).backgroundColor)) { wrong.push("dark on paper: " + e.outerHTML.slice(0, 110)); break; }
  for (const e of document.querySelectorAll("body *")) {
    const s = getComputedStyle(e);
    if (s.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && s.clip === "auto" && s.clipPath === "none" && shown(e) && !e.matches("input, textarea, select")) wrong.push("cut off: " + e.scrollWidth + " in " + e.clientWidth + ": " + e.outerHTML.slice(0, 110));
  }
  const main = document.querySelector("main");
  if (main && shown(main) && !dark(getComputedStyle(main).color.replace("rgb", "rgb"))) wrong.push("pale text on paper");
  return wrong.slice(0, 6); })()`;
