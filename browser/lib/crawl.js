// Follows every link and every form that only asks (method get), from where somebody begins, and
// comes once to each page that they can reach. Which addresses there are is read from the
// program's own list.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const list = readFileSync(join(import.meta.dirname, "../../internal/web/routes.go"), "utf8");
const client = readFileSync(join(import.meta.dirname, "../../internal/web/survey/client.go"), "utf8").match(/ClientAddress += "([^"]+)"/)[1];

/** Every address that can be asked for and is no mere way on to another: "/arenden/{id}/{fas}". */
export const templates = [...list.matchAll(/\{"GET ([^"]*)"(?: \+ survey\.ClientAddress(?: \+ "([^"]*)")?)?, (\w+), (\w+[.(]\w*)/g)]
  .filter((m) => !m[4].startsWith("leadTo") && m[3] !== "Program")
  .map((m) => (m[1] || client + (m[2] ?? "")).replace("{$}", ""));

// Parts of an address of which each is a page of its own.
const apart = ["fas", "sprak"];

const patterns = templates.map((template) => ({ template, names: [...template.matchAll(/\{(\w+)/g)].map((m) => m[1]),
  match: new RegExp("^" + template.replace(/\{\w+\.\.\.\}/g, "(.*)").replace(/\{\w+\}/g, "([^/]+)") + "$") }))
  .sort((a, b) => a.names.length - b.names.length);

/** The page that an address is of; undefined where it is of none. */
export function pageOf(path) {
  for (const { template, names, match } of patterns) {
    const found = path.match(match);
    if (found) return { template, name: names.reduce((t, n, i) => apart.includes(n) ? t.replace(`{${n}}`, found[i + 1]) : t, template) };
  }
}

/**
 * Goes from some addresses to every page that can be reached, each once; gives what each is: its
 * page, address, title, headings, and whether it is a file. An odd answer is told in fault.
 */
export async function crawl(context, reader, from) {
  const met = new Map(), waits = [...from], by = new Map();
  while (waits.length > 0) {
    const address = waits.shift();
    const which = pageOf(new URL(address).pathname);
    if (!which || met.has(which.name)) continue;
    const reply = await context.request.get(address);
    const reached = pageOf(new URL(reply.url()).pathname);
    const seen = { ...which, address, status: reply.status(), by: by.get(address) };
    met.set(which.name, seen);
    if (reached && reached.name !== which.name) { // it led on
      seen.ledTo = reached.name;
      waits.unshift(reply.url());
      continue;
    }
    seen.file = !(reply.headers()["content-type"] ?? "").startsWith("text/html");
    if (seen.file) continue;
    const { links, ...said } = await reader.evaluate(readPage, { html: await reply.text(), address });
    Object.assign(seen, said);
    for (const l of links.filter((l) => l.startsWith(new URL(address).origin))) {
      if (!by.has(l)) by.set(l, which.name);
      waits.push(l);
    }
  }
  return [...met.values()];
}

// readPage reads a page where no policy holds: what it is called, and where it leads.
function readPage({ html, address }) {
  const doc = new DOMParser().parseFromString(html, "text/html");
  const links = [...doc.querySelectorAll("a[href]")].map((a) => new URL(a.getAttribute("href"), address).href.replace(/#.*/, ""));
  const asks = [...doc.querySelectorAll("form:not([method]), form[method=get]")].map((f) => {
    for (const e of f.querySelectorAll("[type=radio]")) e.checked ||= !f.elements[e.name].value; // what must be chosen: the first
    const to = new URL(f.getAttribute("action") ?? "", address);
    to.search = new URLSearchParams(new FormData(f)).toString();
    return to.href;
  });
  return { title: doc.title, headings: [...doc.querySelectorAll("h1")].map((h) => h.textContent.trim()), links: [...new Set([...links, ...asks])] };
}
