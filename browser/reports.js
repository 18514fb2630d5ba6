// The reports that the tests look at: every audience and split, in both languages, made by
// the program itself (FOLJSAM) out of its own synthetic packages.
//
// "node reports.js" makes them; "npm test" does so first.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Where everything that is made here goes; git ignores it. */
export const out = fileURLToPath(new URL("../out/browser", import.meta.url));

const kinds = [
  { kind: "internal", flags: [] },
  { kind: "masked", flags: ["--mask"] },
  { kind: "county", flags: ["--by", "lan"] },
];

export const reports = ["sv", "en"].flatMap((lang) =>
  kinds.map(({ kind, flags }) => ({
    name: `${kind}-${lang}`, kind, lang, flags,
    address: pathToFileURL(join(out, `${kind}-${lang}`, "report.html")).href,
  })),
);

/** One report by its name: "masked-sv". */
export function reportOf(name) {
  return reports.find((r) => r.name === name);
}

function foljsam(...args) {
  execFileSync(process.env.FOLJSAM ?? "foljsam", args, { stdio: ["ignore", "ignore", "inherit"] });
}

function make() {
  rmSync(out, { recursive: true, force: true });
  const demo = join(out, "demo");
  foljsam("demo", "report", "--lang", "sv", "--out", demo);
  const packed = join(demo, "paket");
  const packages = readdirSync(packed, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => join(packed, e.name));
  for (const r of reports) {
    foljsam("compile", "--lang", r.lang, ...r.flags, "--out", join(out, r.name), ...packages);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) make();
